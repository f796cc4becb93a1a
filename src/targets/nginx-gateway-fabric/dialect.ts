import type { Dialect, GrpcRoutes } from '../dialect.ts';

/**
 * A listener takes both kinds of routes of a host, and each location of NGINX is of one kind (2.4 to 2.6, `upsertRoute`). A method match
 * without a service or without a method drops the rule (`validateGRPCMethodMatch`).
 */
const grpcRoutes: GrpcRoutes = {
  use: 'needed',
  beside: 'other-paths',
  filters: ['RequestHeaderModifier', 'ResponseHeaderModifier', 'RequestMirror'],
  refuses: ({ method }) =>
    method === undefined || (method.service !== undefined && method.method !== undefined)
      ? null
      : `NGINX Gateway Fabric takes single methods or everything, and not all methods of ${method.service ?? 'a service'}`,
};

/** What NGINX Gateway Fabric refuses in a match, and with it the whole rule. */
export const dialect: Dialect = {
  grpcRoutes,
  match(match) {
    const { path, method } = match;
    if (path !== undefined && /[\s{};]/.test(path.value))
      return { kind: 'refused', why: 'NGINX Gateway Fabric takes no path with blanks, braces or semicolons' };
    if (method === 'TRACE' || method === 'CONNECT') return { kind: 'refused', why: `NGINX does not serve the method ${method}` };
    return { kind: 'written', written: match };
  },
};
