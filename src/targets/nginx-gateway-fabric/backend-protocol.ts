import { lost } from '../lacking/lacking.ts';
import { converted, type Lower } from '../lowering.ts';
import { lower as portable } from '../standard/standard.ts';

/**
 * NGINX speaks HTTP/1.1 to the backends of an HTTPRoute, and refuses those whose port says `kubernetes.io/h2c` (2.6,
 * `validateRouteBackendRefAppProtocol`): gRPC takes a GRPCRoute, whose locations have `grpc_pass` whatever the Service says.
 */
export const backendProtocol: Lower<'backendProtocol'> = (intent, context) => {
  switch (intent.protocol) {
    case 'GRPC':
      return converted({ grpc: true });
    case 'HTTP2':
      return lost('nginx-gateway-fabric', intent, context, {
        why: 'NGINX speaks HTTP/1.1 to backends, and HTTP/2 for gRPC alone',
        nearest:
          'If it is gRPC that is spoken, say so before converting: a GRPCRoute is written then. Else let the backend take HTTP/1.1 as well, and leave the appProtocol kubernetes.io/h2c out of its Service.',
      });
    case 'HTTP':
    case 'HTTPS':
    case 'GRPCS':
    case 'FCGI':
    case 'AUTO_HTTP':
      return portable(intent, context);
    default:
      return intent.protocol satisfies never;
  }
};
