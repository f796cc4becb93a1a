import { apiVersionOf, GATEWAY_API_GROUP } from '../gateway/fields.ts';
import { LIMITS } from '../gateway/limits.ts';
import type { Release } from '../gateway/release.ts';
import type { ReferenceGrant } from '../gateway/types.ts';
import { compareText } from '../model/position.ts';
import { fit } from './names.ts';

/** A reference from one namespace into another that needs the owner's consent. */
export interface CrossReference {
  readonly fromKind: 'Gateway' | 'HTTPRoute' | 'GRPCRoute' | 'TLSRoute';
  readonly fromNamespace: string;
  readonly toKind: 'Secret' | 'Service' | 'ConfigMap';
  readonly toNamespace: string;
  readonly toName: string;
}

/** One grant per pair of namespaces and kinds, naming exactly the objects referenced; more than fit go to further grants. */
export function writeGrants(references: readonly CrossReference[], release: Release): readonly ReferenceGrant[] {
  const groups = new Map<string, { reference: CrossReference; names: Set<string> }>();
  for (const reference of references) {
    if (reference.fromNamespace === reference.toNamespace) continue;
    const key = [reference.toNamespace, reference.fromNamespace, reference.fromKind, reference.toKind].join('/');
    const group = groups.get(key) ?? { reference, names: new Set<string>() };
    group.names.add(reference.toName);
    groups.set(key, group);
  }
  const apiVersion = apiVersionOf(release, 'ReferenceGrant');
  if (apiVersion === null) return [];
  return [...groups]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([, { reference, names }]) => {
      const sorted = [...names].sort(compareText);
      const grants: ReferenceGrant[] = [];
      for (let start = 0; start < sorted.length; start += LIMITS.grantsPerList) {
        const part = start === 0 ? '' : `-part${String(start / LIMITS.grantsPerList + 1).padStart(2, '0')}`;
        const what = reference.toKind === 'Secret' ? 'certificates' : `${reference.toKind.toLowerCase()}s`;
        grants.push({
          apiVersion,
          kind: 'ReferenceGrant',
          metadata: {
            name: fit(`${reference.fromNamespace}-${reference.fromKind.toLowerCase()}-${what}${part}`, LIMITS.label),
            namespace: reference.toNamespace,
          },
          spec: {
            from: [{ group: GATEWAY_API_GROUP, kind: reference.fromKind, namespace: reference.fromNamespace }],
            to: sorted.slice(start, start + LIMITS.grantsPerList).map((name) => ({ group: '', kind: reference.toKind, name })),
          },
        });
      }
      return grants;
    });
}
