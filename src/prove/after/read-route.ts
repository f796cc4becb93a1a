import type { GRPCRoute, GRPCRouteMatch, HTTPRoute, HTTPRouteMatch } from '../../gateway/types.ts';
import { routeKind } from '../../targets/effects.ts';

/** An HTTPRoute, or a GRPCRoute by the paths of its requests. */
export interface ReadRoute extends HTTPRoute {
  readonly grpc?: true;
}

export function kindOf(route: ReadRoute): 'HTTPRoute' | 'GRPCRoute' {
  return routeKind({ route });
}

/** Calls are requests for `/Service/Method`. */
export function byPaths({ apiVersion, metadata, spec }: GRPCRoute): ReadRoute {
  return {
    apiVersion,
    kind: 'HTTPRoute',
    grpc: true,
    metadata,
    spec: {
      ...spec,
      rules: spec.rules.map(({ matches, ...rule }) => ({ ...rule, ...(matches === undefined ? {} : { matches: matches.map(matchOf) }) })),
    },
  };
}

function matchOf({ method, headers }: GRPCRouteMatch): HTTPRouteMatch {
  const path = pathOf(method);
  return { ...(path === undefined ? {} : { path }), ...(headers === undefined ? {} : { headers }) };
}

function pathOf(method: GRPCRouteMatch['method']): HTTPRouteMatch['path'] {
  if (method === undefined || (method.service === undefined && method.method === undefined)) return undefined;
  const { type = 'Exact', service = '[^/]+', method: name = '[^/]+' } = method;
  if (type === 'RegularExpression' || method.service === undefined) return { type: 'RegularExpression', value: `^/${service}/${name}$` };
  return method.method === undefined ? { type: 'PathPrefix', value: `/${service}` } : { type: 'Exact', value: `/${service}/${name}` };
}
