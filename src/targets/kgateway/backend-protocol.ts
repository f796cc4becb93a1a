import type { IntentOf } from '../../intent/intent.ts';
import { defineFindings } from '../../ledger/finding.ts';
import type { JsonObject } from '../../model/json.ts';
import type { LoweringContext } from '../contract.ts';
import { appProtocol, backendNames, forwardedBackends, isOverTls } from '../envoy/forwarded-backends.ts';
import { cipherSuites, tlsVersions } from '../envoy/tls-settings.ts';
import { approximated, converted, type Lower, placeOf, unfinished } from '../lowering.ts';
import { backendProtocol as portable } from '../standard/backend-protocol.ts';
import { backendTls as portableTls } from '../standard/backend-tls.ts';
import { hasPolicy } from '../standard/backend-tls-policy.ts';
import { preciseHost } from '../standard/hostname.ts';
import { backends } from './kinds.ts';

const find = defineFindings('kgateway', {
  'backend-protocol/not-verified': {
    level: 'warning',
    message: (a: { services: string }) =>
      `the certificate of the backend is not verified, today as from now on: a BackendConfigPolicy says so for every route to ${a.services}`,
    help: () => 'Better: verify it, by a BackendTLSPolicy for the Service in place of tls.insecureSkipVerify.',
    security: true,
  },
  'backend-protocol/needs-h2': {
    level: 'error',
    message: (a: { services: string }) =>
      `the backend speaks gRPC over TLS, which kgateway learns from the Service: ${a.services} needs appProtocol kubernetes.io/h2c on its port`,
    help: (a) =>
      `Until then requests fail. For ${a.services}: kubectl patch service NAME -n NAMESPACE --type merge -p '{"spec":{"ports":[{"port":PORT,"appProtocol":"kubernetes.io/h2c"}]}}' with all its ports. TLS comes from the BackendConfigPolicy, which does not verify the certificate, as the controller did not.`,
    security: true,
    differs: ['status', 'unreachable'],
  },
  'backend-tls/client-certificate': {
    level: 'warning',
    message: (a: { secret: string }) =>
      `no certificate is presented to the backend: beside tls.insecureSkipVerify a BackendConfigPolicy takes no Secret, such as ${a.secret}`,
    help: (a) =>
      `If the backend asks for one, set tls.secretRef to a Secret in its namespace made from ${a.secret}, in place of insecureSkipVerify: with ca.crt in it the backend is verified.`,
    differs: ['status', 'unreachable'],
  },
});

/** TLS without verification is a setting of the Service; with verification it is the portable BackendTLSPolicy. */
export const backendProtocol: Lower<'backendProtocol'> = (intent, context) => {
  switch (intent.protocol) {
    case 'HTTPS':
    case 'GRPCS': {
      const all = forwardedBackends(context);
      const isVerified = context.rule.intents.some((other) => other.kind === 'backendTls' && other.verify);
      if (isVerified || all.some((backend) => hasPolicy(backend, context.estate))) return portable(intent, context);
      const place = placeOf(intent, context);
      const parts = backends({ tls: tlsOf(context) }, context);
      const services = backendNames(all);
      if (intent.protocol === 'HTTPS') return approximated(parts, find['backend-protocol/not-verified']({ services }, place));
      const bare = all.filter((backend) => appProtocol(backend, context) !== 'kubernetes.io/h2c');
      return bare.length === 0
        ? approximated({ grpc: true, ...parts }, find['backend-protocol/not-verified']({ services }, place))
        : unfinished({ grpc: true, ...parts }, find['backend-protocol/needs-h2']({ services: backendNames(bare) }, place));
    }
    case 'HTTP':
    case 'HTTP2':
    case 'GRPC':
    case 'FCGI':
    case 'AUTO_HTTP':
      return portable(intent, context);
    default:
      return intent.protocol satisfies never;
  }
};

function tlsOf({ rule }: LoweringContext): JsonObject {
  const settings = rule.intents.find((intent): intent is IntentOf<'backendTls'> => intent.kind === 'backendTls');
  const isGrpc = rule.intents.some((intent) => intent.kind === 'backendProtocol' && intent.protocol === 'GRPCS');
  const sni = settings?.sni === true && settings.serverName !== null ? preciseHost(settings.serverName) : null;
  const versions = tlsVersions(settings?.protocols ?? null);
  const suites = cipherSuites(settings?.ciphers ?? '').kept;
  const parameters = {
    ...versions,
    ...(suites.length === 0 || versions.minVersion === '1.3' ? {} : { cipherSuites: [...suites] }),
  };
  return {
    insecureSkipVerify: true,
    ...(sni === null ? {} : { sni }),
    ...(isGrpc ? { alpnProtocols: ['h2'] } : {}),
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
  };
}

/** Part of the policy of the Service where nothing is verified. */
export const backendTls: Lower<'backendTls'> = (intent, context) => {
  if (intent.verify || !isOverTls(context)) return portableTls(intent, context);
  if (intent.secret === null) return converted({});
  const secret = `${intent.secret.namespace}/${intent.secret.name}`;
  return approximated({}, find['backend-tls/client-certificate']({ secret }, placeOf(intent, context)));
};
