import { apiVersionOf, GATEWAY_API_GROUP } from '../gateway/fields.ts';
import { LIMITS } from '../gateway/limits.ts';
import type { Release } from '../gateway/release.ts';
import type { BackendObjectRef, GRPCRoute, HTTPRoute, ReferenceGrant } from '../gateway/types.ts';
import type { IngressRef } from '../model/entry.ts';
import { compareText } from '../model/position.ts';
import { shortened } from './names.ts';
import { byPosition } from './places.ts';
import type { PlannedObject } from './plan.ts';

/** A reference from one namespace into another that needs the owner's consent. */
export interface CrossReference {
  readonly fromGroup: string;
  readonly fromKind: string;
  readonly fromNamespace: string;
  /** '' where it is left out: Secrets, Services, ConfigMaps. */
  readonly toGroup?: string;
  readonly toKind: string;
  readonly toNamespace: string;
  readonly toName: string;
  /** The Ingresses that asked for it. */
  readonly origin: readonly IngressRef[];
}

/** What a route sends requests, copies of them, and questions about them to. */
export function routeReferences(
  { kind: fromKind, metadata, spec }: HTTPRoute | GRPCRoute,
  origin: readonly IngressRef[],
): readonly CrossReference[] {
  const fromNamespace = metadata.namespace ?? '';
  const services = spec.rules.flatMap(({ filters = [], backendRefs = [] }): readonly BackendObjectRef[] => [
    ...backendRefs,
    ...filters.flatMap((filter) =>
      filter.type === 'RequestMirror'
        ? [filter.requestMirror.backendRef]
        : filter.type === 'ExternalAuth'
          ? [filter.externalAuth.backendRef]
          : [],
    ),
  ]);
  return services.map(({ group = '', kind = 'Service', name, namespace = fromNamespace }) => ({
    fromGroup: GATEWAY_API_GROUP,
    fromKind,
    fromNamespace,
    toGroup: group,
    toKind: kind,
    toNamespace: namespace,
    toName: name,
    origin,
  }));
}

/**
 * One grant per pair of namespaces and kinds, naming exactly the objects referenced; more than fit go to further grants. All
 * references of a run at once: a second grant of the same name would replace the first.
 */
export function writeGrants(references: readonly CrossReference[], release: Release): readonly PlannedObject[] {
  const groups = new Map<string, CrossReference[]>();
  for (const reference of references) {
    if (reference.fromNamespace === reference.toNamespace) continue;
    const key = [reference.toNamespace, reference.fromNamespace, reference.fromKind, reference.toKind].join('/');
    groups.set(key, [...(groups.get(key) ?? []), reference]);
  }
  return [...groups].sort(([a], [b]) => compareText(a, b)).flatMap(([, group]) => grantsFor(group, release));
}

/** What the grant is for, in its name. */
function whatFor({ fromKind, toKind }: CrossReference): string {
  return fromKind === 'Gateway' && toKind === 'Secret' ? 'certificates' : `${toKind.toLowerCase()}s`;
}

function grantsFor(group: readonly CrossReference[], release: Release): readonly PlannedObject[] {
  const [reference] = group;
  const apiVersion = apiVersionOf(release, 'ReferenceGrant');
  if (reference === undefined || apiVersion === null) return [];
  const names = [...new Set(group.map(({ toName }) => toName))].sort(compareText);
  const stem = `${reference.fromNamespace}-${reference.fromKind.toLowerCase()}-${whatFor(reference)}`;
  const chunks = Array.from({ length: Math.ceil(names.length / LIMITS.grantsPerList) }, (_, index) =>
    names.slice(index * LIMITS.grantsPerList, (index + 1) * LIMITS.grantsPerList),
  );
  return chunks.map((chunk, index): PlannedObject => {
    const part = index === 0 ? '' : `-part${String(index + 1).padStart(2, '0')}`;
    const object: ReferenceGrant = {
      apiVersion,
      kind: 'ReferenceGrant',
      metadata: { name: shortened(`${stem}${part}`, LIMITS.label), namespace: reference.toNamespace },
      spec: {
        from: [{ group: reference.fromGroup, kind: reference.fromKind, namespace: reference.fromNamespace }],
        to: chunk.map((name) => ({ group: reference.toGroup ?? '', kind: reference.toKind, name })),
      },
    };
    const origin = group.filter(({ toName }) => chunk.includes(toName)).flatMap((each) => each.origin);
    return { object, role: 'gateways', origin: byPosition(origin), notes: [] };
  });
}
