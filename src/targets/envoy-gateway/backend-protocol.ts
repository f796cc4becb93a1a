import { defineFindings } from '../../ledger/finding.ts';
import { appProtocol, backendNames, forwardedBackends } from '../envoy/forwarded-backends.ts';
import { converted, type Lower, placeOf, unfinished } from '../lowering.ts';
import { backendProtocol as portable } from '../standard/backend-protocol.ts';
import { hasPolicy } from '../standard/backend-tls-policy.ts';
import { traffic } from './kinds.ts';
import { unverified } from './unverified-backend.ts';

const find = defineFindings('envoy-gateway/backend-protocol', {
  'backends-off': {
    level: 'error',
    message: (a: { services: string }) =>
      `the backend speaks TLS whose certificate is not verified, today as from now on: ${a.services} became a Backend, a kind that is switched off in Envoy Gateway by default`,
    help: () =>
      'Until it is switched on, requests are answered with an error: helm upgrade eg oci://docker.io/envoyproxy/gateway-helm -n envoy-gateway-system --reuse-values --set config.envoyGateway.extensionApis.enableBackend=true. Better: verify the certificate, by a BackendTLSPolicy for the Service in place of the Backend. A cluster domain other than cluster.local has to be put into the endpoints.',
    security: true,
    differs: ['status', 'unreachable'],
  },
});

/** What the controller does not verify is a Backend; with verification it is the portable BackendTLSPolicy. */
export const backendProtocol: Lower<'backendProtocol'> = (intent, context) => {
  const backends = forwardedBackends(context);
  switch (intent.protocol) {
    case 'GRPC':
      // What clients of gRPC speak is what the backend speaks; where the Service says so itself, it says enough.
      return backends.every((backend) => appProtocol(backend, context) === 'kubernetes.io/h2c')
        ? converted({ grpc: true })
        : converted({ grpc: true, ...traffic({ useClientProtocol: true }) });
    case 'HTTPS':
    case 'GRPCS': {
      const isVerified = context.rule.intents.some((other) => other.kind === 'backendTls' && other.verify);
      if (isVerified || backends.some((backend) => hasPolicy(backend, context.estate))) return portable(intent, context);
      const parts = { ...(intent.protocol === 'GRPCS' ? ({ grpc: true } as const) : {}), ...unverified(context) };
      return unfinished(parts, find['backends-off']({ services: backendNames(backends) }, placeOf(intent, context)));
    }
    case 'HTTP':
    case 'HTTP2':
    case 'FCGI':
    case 'AUTO_HTTP':
      return portable(intent, context);
    default:
      return intent.protocol satisfies never;
  }
};
