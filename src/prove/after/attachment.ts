import type { Listener, ParentRef, TLSRoute } from '../../gateway/types.ts';
import { hostnameTakes } from './hostnames.ts';
import type { Listening } from './listeners.ts';
import { admits } from './namespaces.ts';
import { byAgeAndName } from './precedence.ts';
import { kindOf, type ReadRoute } from './read-route.ts';
import { nameOf, namespaceOf, parentKey, type StreamRoute, type World } from './world.ts';

type Route = ReadRoute | TLSRoute | StreamRoute;

/** The routes bound to a listener, by the hostname through which they take requests ('' for any). */
export type RoutesByHostname<R extends Route> = ReadonlyMap<string, readonly R[]>;

/**
 * A route binds where its parentRef names the listener, the listener admits its kind and namespace, and a hostname of the
 * one takes one of the other. A route without hostnames has the listener's.
 */
export function boundRoutes<R extends Route>(
  world: World,
  { listener, owner }: Listening,
  routes: ReadonlyMap<string, readonly R[]>,
): RoutesByHostname<R> {
  const found = new Map<string, R[]>();
  const kinds = listener.allowedRoutes?.kinds ?? [];
  const isAllowed = (route: R) => {
    const kind = route.kind === 'HTTPRoute' ? kindOf(route) : route.kind;
    return kinds.length === 0 || kinds.some((allowed) => allowed.kind === kind && (allowed.group ?? GROUP) === GROUP);
  };
  const parent = (section: string) => routes.get(parentKey(owner.kind, nameOf(owner), section)) ?? [];
  const namespaces = listener.allowedRoutes?.namespaces ?? { from: 'Same' };
  const hostnamesOf = ({ spec: { hostnames = [] } }: R) =>
    (hostnames.length === 0 ? [listener.hostname ?? ''] : hostnames).filter((hostname) => intersects(listener.hostname ?? '', hostname));
  const attached = [...new Set([...parent(''), ...parent(listener.name)])].filter((route) => {
    const namespace = namespaceOf(route);
    return (
      isAllowed(route) &&
      route.spec.parentRefs.some((ref) => refersTo(ref, namespace, owner, listener)) &&
      admits(namespaces, namespaceOf(owner), namespace, world.labelsOf)
    );
  });
  for (const route of world.reading.besideGrpc === true ? attached : ofOneKind(attached, hostnamesOf)) {
    for (const hostname of hostnamesOf(route)) {
      const known = found.get(hostname);
      if (known === undefined) found.set(hostname, [route]);
      else known.push(route);
    }
  }
  return found;
}

/** Of an HTTPRoute and a GRPCRoute whose hostnames have some host in common, the older is accepted, or the first by name. */
function ofOneKind<R extends Route>(routes: readonly R[], hostnamesOf: (route: R) => readonly string[]): readonly R[] {
  const isGrpc = (route: R) => route.kind === 'HTTPRoute' && kindOf(route) === 'GRPCRoute';
  if (!routes.some(isGrpc)) return routes;
  const accepted: R[] = [];
  for (const route of routes.toSorted(byAgeAndName)) {
    const meets = (other: R) => hostnamesOf(other).some((one) => hostnamesOf(route).some((own) => intersects(one, own)));
    if (!accepted.some((other) => isGrpc(other) !== isGrpc(route) && meets(other))) accepted.push(route);
  }
  return routes.filter((route) => accepted.includes(route));
}

const GROUP = 'gateway.networking.k8s.io';

function refersTo(parent: ParentRef, namespace: string, owner: Listening['owner'], listener: Listener): boolean {
  return (
    (parent.group ?? GROUP) === GROUP &&
    (parent.kind ?? 'Gateway') === owner.kind &&
    `${parent.namespace ?? namespace}/${parent.name}` === nameOf(owner) &&
    (parent.sectionName === undefined || parent.sectionName === listener.name) &&
    (parent.port === undefined || parent.port === listener.port)
  );
}

/** Whether some host is taken by both. Two wildcards have hosts in common when one lies within the other. */
export function intersects(a: string, b: string): boolean {
  const lies = (inner: string, outer: string) => hostnameTakes(outer, inner.startsWith('*.') ? `x${inner.slice(1)}` : inner);
  return a === '' || b === '' || lies(a, b) || lies(b, a);
}
