import type { PlannedObject } from '../plan/plan.ts';
import { fileName } from './file-name.ts';

/**
 * The folder of an object by who owns it: `infrastructure`, `gateways/NAMESPACE`, `routes/NAMESPACE`. Consent to a reference is given
 * by whoever owns what is referred to: in a namespace with routes that is its team, whatever the role of the object is elsewhere.
 */
export function foldersOf(objects: readonly PlannedObject[]): (planned: PlannedObject) => string {
  const teams = new Set(objects.flatMap(({ role, object }) => (role === 'routes' ? (object.metadata.namespace ?? []) : [])));
  return ({ object, role }) => {
    const { namespace } = object.metadata;
    if (namespace === undefined) return role;
    const owner = object.kind === 'ReferenceGrant' && teams.has(namespace) ? 'routes' : role;
    return `${owner}/${fileName(namespace)}`;
  };
}
