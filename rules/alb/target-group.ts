import type { AwsBackend } from '../../src/intent/aws.ts';
import type { Entry } from '../../src/model/entry.ts';
import type { Service } from '../../src/model/objects.ts';
import type { Read } from '../../src/rule/codec.ts';
import type { AnnotationRead } from '../../src/rule/rule.ts';
import type { Member } from './group.ts';
import { type Found, found, readFrom } from './setting.ts';

/** The target group of one Service port as one Ingress uses it: annotations of the Service beat those of the Ingress. */
export interface TargetGroup {
  readonly member: Member;
  readonly backend: AwsBackend;
  /** null when it is not in the input. */
  readonly service: Service | null;
}

export function settingOf<T>(read: AnnotationRead<T>, { member, service }: TargetGroup): Found<T> | null {
  return found(readSetting(read, member, service));
}

export function readSetting<T>(read: AnnotationRead<T>, member: Member, service: Service | null): Read<T> {
  return readFrom(read, service?.annotations ?? [], member.annotations);
}

export function entriesOf(...settings: readonly (Found<unknown> | null)[]): readonly Entry[] {
  return settings.flatMap((setting) => setting?.entries ?? []);
}
