import type { ExtensionObject, GRPCRoute, HTTPRoute, Listener, OutputObject } from '../../gateway/types.ts';
import { defineFindings, type Finding } from '../../ledger/finding.ts';
import { type Json, type JsonObject, member } from '../../model/json.ts';
import { compareText } from '../../model/position.ts';
import type { WrittenTable } from '../contract.ts';
import { GROUP } from './kinds.ts';

type Route = HTTPRoute | GRPCRoute;

const find = defineFindings('nginx-gateway-fabric/policies', {
  'path-of-two-routes': {
    level: 'error',
    message: (a: { policy: string; route: string; other: string; path: string }) =>
      `${a.policy} will not be accepted: ${a.other} has the path ${a.path} of ${a.route} on the same host and port, and a policy has to hold for both`,
    help: () =>
      'Put the rules of the path into one route, or name both routes in the policy (targetRefs, where its kind takes several) if both may have it. Until then none of what it says is in force.',
    differs: ['status'],
  },
});

/** NGINX has one location for a path, so that a policy of one route would reach another (`checkTargetRoutesForOverlap`, 2.6). */
export function review({ objects, listeners }: WrittenTable): readonly Finding[] {
  const routes = objects.filter((object): object is Route => object.kind === 'HTTPRoute' || object.kind === 'GRPCRoute');
  return objects
    .filter((object): object is ExtensionObject => object.apiVersion.startsWith(`${GROUP}/`))
    .flatMap((policy) => {
      const targeted = routes.filter((route) => targets(policy, route));
      const others = routes.filter((route) => !targeted.includes(route));
      return targeted.flatMap((route) => {
        const own = new Map(locationsOf(route, listeners).map((location) => [location.key, location.path]));
        const [first] = others.flatMap((other) =>
          locationsOf(other, listeners).flatMap(({ key, path }) => (own.has(key) ? [{ other, path }] : [])),
        );
        if (first === undefined) return [];
        const args = { policy: nameOf(policy), route: nameOf(route), other: nameOf(first.other), path: first.path };
        return [find['path-of-two-routes'](args)];
      });
    })
    .sort((a, b) => compareText(a.message, b.message));
}

function targets(policy: ExtensionObject, route: Route): boolean {
  const spec = (policy.spec ?? {}) as JsonObject;
  const several = member(spec, 'targetRefs');
  const refs: readonly (Json | undefined)[] = [...(Array.isArray(several) ? several : []), member(spec, 'targetRef')];
  return (
    policy.metadata.namespace === route.metadata.namespace &&
    refs.some((ref) => member(ref, 'kind') === route.kind && member(ref, 'name') === route.metadata.name)
  );
}

/** Whatever the type of the path: `Exact` and `PathPrefix` of one value count as one. */
function locationsOf(route: Route, listeners: readonly Listener[]): readonly { readonly key: string; readonly path: string }[] {
  const { spec } = route;
  const ports = new Set(
    (spec.parentRefs ?? []).flatMap(({ sectionName }) => listeners.filter(({ name }) => name === sectionName).map(({ port }) => port)),
  );
  const paths =
    route.kind === 'GRPCRoute'
      ? callsOf(route)
      : route.spec.rules.flatMap(({ matches = [] }) => matches.flatMap(({ path }) => path?.value ?? []));
  return [...ports].flatMap((port) =>
    (spec.hostnames ?? ['']).flatMap((host) => paths.map((path) => ({ key: `${host}:${port}${path}`, path }))),
  );
}

function callsOf({ spec }: GRPCRoute): readonly string[] {
  return spec.rules.flatMap(({ matches = [{}] }) =>
    matches.map(({ method }) => (method === undefined ? '/' : `/${method.service ?? ''}/${method.method ?? ''}`)),
  );
}

function nameOf({ kind, metadata }: OutputObject): string {
  return `${kind} ${metadata.namespace ?? 'default'}/${metadata.name}`;
}
