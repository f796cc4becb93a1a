import type { GRPCRoute, GRPCRouteMatch, HTTPRoute, HTTPRouteMatch, HTTPRouteRule } from '../gateway/types.ts';

/** Of an HTTPRoute whose rules have words in a GRPCRoute. */
export function grpcRoute({ metadata, spec }: HTTPRoute): GRPCRoute {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GRPCRoute',
    metadata,
    spec: { ...spec, rules: spec.rules.map(ruleOf) },
  };
}

/** A rule without matches takes everything. */
function ruleOf({ matches = [], filters, backendRefs }: HTTPRouteRule): GRPCRoute['spec']['rules'][number] {
  const written = matches.flatMap((match) => grpcMatch(match) ?? []);
  return {
    ...(written.some((match) => Object.keys(match).length === 0) ? {} : { matches: written }),
    ...(filters === undefined ? {} : { filters }),
    ...(backendRefs === undefined ? {} : { backendRefs }),
  };
}

/**
 * The calls that a match takes: `/Service/Method`, `/Service` and what is below it, or everything. null for anything else, and for
 * conditions on what calls do not have.
 */
export function grpcMatch({ path, headers = [], method, queryParams }: HTTPRouteMatch): GRPCRouteMatch | null {
  if (method !== undefined || queryParams !== undefined) return null;
  const [, service, name] = /^\/(\.?[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?:\/([A-Za-z_]\w*)?)?$/.exec(path?.value ?? '/') ?? [];
  const conditions = headers.length === 0 ? {} : { headers };
  if (path?.type === 'Exact')
    return service === undefined || name === undefined ? null : { method: { type: 'Exact', service, method: name }, ...conditions };
  if (path !== undefined && path.type !== 'PathPrefix') return null;
  if ((path?.value ?? '/') === '/') return conditions;
  return service === undefined || name !== undefined ? null : { method: { type: 'Exact', service }, ...conditions };
}
