import type { IntentOf } from '../../intent/intent.ts';
import type { Lowering, LoweringContext } from '../contract.ts';
import { backendNames, forwardedBackends } from '../envoy/forwarded-backends.ts';
import { lost } from '../lacking/lacking.ts';
import type { Lower } from '../lowering.ts';
import { lower as portable } from '../standard/standard.ts';

/**
 * NGINX speaks HTTP/1.1 to the backends of an HTTPRoute, and refuses those whose port says `kubernetes.io/h2c` (2.6,
 * `validateRouteBackendRefAppProtocol`): gRPC takes a GRPCRoute.
 */
export const backendProtocol: Lower<'backendProtocol'> = (intent, context) => {
  switch (intent.protocol) {
    case 'GRPC':
    case 'GRPCS':
      return grpc(intent, context);
    case 'HTTP2':
      return lost('nginx-gateway-fabric', intent, context, {
        why: 'NGINX speaks HTTP/1.1 to backends, and HTTP/2 for gRPC alone',
        nearest: 'Let the backend take HTTP/1.1 as well, and leave the appProtocol kubernetes.io/h2c out of its Service.',
      });
    case 'HTTP':
    case 'HTTPS':
    case 'FCGI':
    case 'AUTO_HTTP':
      return portable(intent, context);
    default:
      return intent.protocol satisfies never;
  }
};

function grpc(intent: IntentOf<'backendProtocol'>, context: LoweringContext): Lowering {
  const backends = forwardedBackends(context);
  const refs = backends.map(({ service, port }) => `{name: ${service}, port: ${port ?? 'PORT'}}`).join(', ');
  const hosts = context.host === '' ? '' : `hostnames: [${context.host}], `;
  const tls =
    intent.protocol === 'GRPCS'
      ? `; a BackendTLSPolicy for ${backendNames(backends)} verifies the certificate, which the controller did not`
      : '';
  return lost('nginx-gateway-fabric', intent, context, {
    why: 'behind an HTTPRoute NGINX speaks HTTP/1.1, so that gRPC requests fail',
    nearest: `Put a GRPCRoute in the place of its rule: spec {parentRefs of the HTTPRoute, ${hosts}rules: [{backendRefs: [${refs}]}]}, with matches[].method.service where other paths of the host are no gRPC${tls}.`,
    byHand: true,
  });
}
