import type { Backend } from '../../route/table.ts';
import type { Dialect } from '../dialect.ts';

export const TARGET_GROUP = 'TargetGroupName';

/** A target group made outside the cluster, by its name: an ARN has it, but is too long for a reference. */
export const outsideBackend: NonNullable<Dialect['outsideBackend']> = ({ service }: Backend) =>
  isTargetGroupName(service) ? { group: '', kind: TARGET_GROUP, name: service } : null;

export function isTargetGroupName(name: string): boolean {
  return /^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/i.test(name);
}
