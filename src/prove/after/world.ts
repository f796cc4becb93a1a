import type {
  Gateway,
  GRPCRoute,
  HTTPRoute,
  ListenerSet,
  OutputObject,
  ReferenceGrant,
  TCPRoute,
  TLSRoute,
  UDPRoute,
} from '../../gateway/types.ts';
import { type Implementation, PORTABLE, type ReadEffects, type Reading } from '../../targets/effects.ts';
import { type Grants, grantsOf } from './grants.ts';
import type { Labels } from './namespaces.ts';
import { PATTERN_RANKS, type PatternRank } from './pattern-rank.ts';
import { byPaths, type ReadRoute } from './read-route.ts';

export type StreamRoute = TCPRoute | UDPRoute;

/** The objects of one manifest set, by what they hang on. Kinds that have no say in routing are left aside. */
export interface World {
  readonly objects: readonly OutputObject[];
  readonly gateways: readonly Gateway[];
  readonly listenerSets: readonly ListenerSet[];
  /** By the `Kind namespace/name` and section of a parent they name (`#` alone: every section), in the order given. */
  readonly httpRoutes: ReadonlyMap<string, readonly ReadRoute[]>;
  readonly tlsRoutes: ReadonlyMap<string, readonly TLSRoute[]>;
  readonly streamRoutes: ReadonlyMap<string, readonly StreamRoute[]>;
  readonly isGranted: Grants;
  /** Where patterns may be ranked, the commonest first. */
  readonly patternRanks: readonly PatternRank[];
  /** What the implementation's own objects do. */
  readonly effects: ReturnType<ReadEffects>;
  /** Where the implementation reads Gateway API in its own way. */
  readonly reading: Reading;
  /** Of a namespace, with `kubernetes.io/metadata.name` filled in. */
  readonly labelsOf: (namespace: string) => Labels;
}

export function worldOf(
  objects: readonly OutputObject[],
  labels: ReadonlyMap<string, Labels>,
  implementation: Implementation = PORTABLE,
): World {
  return {
    objects,
    gateways: objects.filter((object): object is Gateway => object.kind === 'Gateway'),
    listenerSets: objects.filter((object): object is ListenerSet => object.kind === 'ListenerSet'),
    httpRoutes: byParent([
      ...objects.filter((object): object is HTTPRoute => object.kind === 'HTTPRoute'),
      ...objects.filter((object): object is GRPCRoute => object.kind === 'GRPCRoute').map(byPaths),
    ]),
    tlsRoutes: byParent(objects.filter((object): object is TLSRoute => object.kind === 'TLSRoute')),
    streamRoutes: byParent(objects.filter((object): object is StreamRoute => object.kind === 'TCPRoute' || object.kind === 'UDPRoute')),
    isGranted: grantsOf(objects.filter((object): object is ReferenceGrant => object.kind === 'ReferenceGrant')),
    effects: implementation.effects(objects),
    patternRanks: PATTERN_RANKS[implementation.regexPaths],
    reading: implementation.reading ?? {},
    labelsOf: (namespace) => ({ ...labels.get(namespace), 'kubernetes.io/metadata.name': namespace }),
  };
}

export function namespaceOf({ metadata }: OutputObject): string {
  return metadata.namespace ?? 'default';
}

/** `namespace/name`. */
export function nameOf(object: OutputObject): string {
  return `${namespaceOf(object)}/${object.metadata.name}`;
}

/** `kind` is that of the parent; '' for every section. */
export function parentKey(kind: string, name: string, section: string): string {
  return `${kind} ${name}#${section}`;
}

function byParent<R extends ReadRoute | TLSRoute | StreamRoute>(routes: readonly R[]): ReadonlyMap<string, readonly R[]> {
  const found = new Map<string, R[]>();
  for (const route of routes) {
    const keys = route.spec.parentRefs.map((parent) =>
      parentKey(parent.kind ?? 'Gateway', `${parent.namespace ?? namespaceOf(route)}/${parent.name}`, parent.sectionName ?? ''),
    );
    for (const key of new Set(keys)) {
      const known = found.get(key);
      if (known === undefined) found.set(key, [route]);
      else known.push(route);
    }
  }
  return found;
}
