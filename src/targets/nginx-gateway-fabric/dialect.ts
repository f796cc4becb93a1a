import { defineFindings } from '../../ledger/finding.ts';
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

const find = defineFindings('nginx-gateway-fabric/backends', {
  'external-name': {
    level: 'warning',
    message: (a: { service: string }) =>
      `Service ${a.service} is of type ExternalName, whose name NGINX looks up where it is told by which server`,
    help: () =>
      "Until then its requests are answered with an error. In the NginxProxy of the Gateway or of its class: spec.dnsResolver.addresses: [{type: IPAddress, value: ADDRESS}], with the cluster's own (kubectl get service kube-dns -n kube-system -o jsonpath='{.spec.clusterIP}').",
    differs: ['status', 'unreachable'],
  },
});

/** What NGINX Gateway Fabric refuses in a match, and with it the whole rule. */
export const dialect: Dialect = {
  grpcRoutes,
  // A port that the Service does not name is none (`getServicePort`).
  externalName({ namespace, service, port }, { estate }, place) {
    const named = estate.serviceByName.get(`${namespace}/${service}`)?.ports.some((each) => each.port === port);
    return named === true ? find['external-name']({ service: `${namespace}/${service}` }, place) : null;
  },
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
