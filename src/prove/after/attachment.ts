import type { Gateway, HTTPRoute, Listener, OutputObject, ParentRef, ReferenceGrant } from '../../gateway/types.ts';
import { hostnameTakes } from './hostnames.ts';

/** The objects of one manifest set, by kind. Unknown kinds are left aside. */
export interface World {
  readonly gateways: readonly Gateway[];
  /** By the `namespace/name` of a Gateway they refer to. */
  readonly routesOf: ReadonlyMap<string, readonly HTTPRoute[]>;
  readonly grants: readonly ReferenceGrant[];
  /** Namespace → labels, with `kubernetes.io/metadata.name` filled in. */
  readonly namespaceLabels: (namespace: string) => Readonly<Record<string, string>>;
}

export function worldOf(objects: readonly OutputObject[], labels: ReadonlyMap<string, Readonly<Record<string, string>>>): World {
  const routes = objects.filter((object): object is HTTPRoute => object.kind === 'HTTPRoute');
  const routesOf = new Map<string, HTTPRoute[]>();
  for (const route of routes) {
    const parents = new Set(route.spec.parentRefs.map((parent) => `${parent.namespace ?? namespaceOf(route)}/${parent.name}`));
    for (const parent of parents) routesOf.set(parent, [...(routesOf.get(parent) ?? []), route]);
  }
  return {
    gateways: objects.filter((object): object is Gateway => object.kind === 'Gateway'),
    routesOf,
    grants: objects.filter((object): object is ReferenceGrant => object.kind === 'ReferenceGrant'),
    namespaceLabels: (namespace) => ({ ...labels.get(namespace), 'kubernetes.io/metadata.name': namespace }),
  };
}

/** A route bound to a listener: allowed by both sides, with a hostname in common. */
export interface Attachment {
  readonly route: HTTPRoute;
  readonly listener: Listener;
}

/** Kept per listener: the same for every request. */
const bound = new WeakMap<Listener, { readonly world: World; readonly attached: readonly Attachment[] }>();

export function attachments(world: World, gateway: Gateway, listener: Listener): readonly Attachment[] {
  const kept = bound.get(listener);
  if (kept?.world === world) return kept.attached;
  const routes = world.routesOf.get(`${gateway.metadata.namespace}/${gateway.metadata.name}`) ?? [];
  const attached = routes.filter((route) => binds(world, route, gateway, listener)).map((route) => ({ route, listener }));
  bound.set(listener, { world, attached });
  return attached;
}

function namespaceOf(route: HTTPRoute): string {
  return route.metadata.namespace ?? 'default';
}

function binds(world: World, route: HTTPRoute, gateway: Gateway, listener: Listener): boolean {
  const namespace = namespaceOf(route);
  return (
    route.spec.parentRefs.some((parent) => refersTo(parent, namespace, gateway, listener)) && admits(world, gateway, listener, namespace)
  );
}

function refersTo(parent: ParentRef, namespace: string, gateway: Gateway, listener: Listener): boolean {
  return (
    (parent.kind ?? 'Gateway') === 'Gateway' &&
    parent.name === gateway.metadata.name &&
    (parent.namespace ?? namespace) === gateway.metadata.namespace &&
    (parent.sectionName === undefined || parent.sectionName === listener.name) &&
    (parent.port === undefined || parent.port === listener.port)
  );
}

function admits(world: World, gateway: Gateway, listener: Listener, namespace: string): boolean {
  const kinds = listener.allowedRoutes?.kinds;
  if (kinds !== undefined && !kinds.some((allowed) => allowed.kind === 'HTTPRoute')) return false;
  const namespaces = listener.allowedRoutes?.namespaces ?? { from: 'Same' };
  switch (namespaces.from) {
    case 'All':
      return true;
    case 'None':
      return false;
    case 'Same':
      return namespace === gateway.metadata.namespace;
    case 'Selector': {
      const labels = world.namespaceLabels(namespace);
      const { matchLabels = {}, matchExpressions = [] } = namespaces.selector;
      return (
        Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
        matchExpressions.every(({ key, operator, values = [] }) => {
          const value = labels[key];
          if (operator === 'In') return value !== undefined && values.includes(value);
          if (operator === 'NotIn') return value === undefined || !values.includes(value);
          return operator === 'Exists' ? value !== undefined : value === undefined;
        })
      );
    }
    default:
      return namespaces satisfies never;
  }
}

/** The hostname through which a route takes a host on a listener; null when it does not. */
export function takenBy(route: HTTPRoute, listener: Listener, host: string): string | null {
  if (!hostnameTakes(listener.hostname, host)) return null;
  const hostnames = route.spec.hostnames ?? [];
  if (hostnames.length === 0) return listener.hostname ?? '';
  const taking = hostnames.filter((hostname) => hostnameTakes(hostname, host)).sort((a, b) => b.length - a.length);
  return taking[0] ?? null;
}

/** Whether the owner of `namespace` lets objects of `from` refer to this one. */
export function isGranted(
  world: World,
  from: { kind: string; namespace: string },
  to: { kind: string; namespace: string; name: string },
): boolean {
  if (from.namespace === to.namespace) return true;
  return world.grants.some(
    (grant) =>
      grant.metadata.namespace === to.namespace &&
      grant.spec.from.some((item) => item.kind === from.kind && item.namespace === from.namespace) &&
      grant.spec.to.some((item) => item.kind === to.kind && (item.name === undefined || item.name === to.name)),
  );
}
