import type { Dialect } from '../dialect.ts';

/** What NGINX Gateway Fabric refuses in a match, and with it the whole rule. */
export const dialect: Dialect = {
  streamsNeed:
    'NGINX Gateway Fabric reads TCPRoutes and UDPRoutes where it is installed with nginxGateway.gwAPIExperimentalFeatures.enable=true, and nowhere else',
  match(match) {
    const { path, method } = match;
    if (path !== undefined && /[\s{};]/.test(path.value))
      return { kind: 'refused', why: 'NGINX Gateway Fabric takes no path with blanks, braces or semicolons' };
    if (method === 'TRACE' || method === 'CONNECT') return { kind: 'refused', why: `NGINX does not serve the method ${method}` };
    return { kind: 'written', written: match };
  },
};
