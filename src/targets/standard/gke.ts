import type { GkeCertificate } from '../../intent/gke.ts';
import type { Intent, IntentOf } from '../../intent/intent.ts';
import { neutralFormOfGke } from '../../intent/neutral.ts';
import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import type { Lowering, LoweringContext } from '../contract.ts';
import { approximated, byHand, converted, type Lower, placeOf, unmapped } from '../lowering.ts';
import { alternatives } from './alternatives.ts';

const lost = defineFindings('standard/gke', {
  'health-check': {
    level: 'warning',
    message: (a: { what: string }) =>
      `the load balancer's health check (${a.what}) cannot be written: gateways go by the readiness of pods`,
    help: () => `${alternatives('healthCheck')} See to it that the pods' readiness probes check the same.`,
  },
  'connection-draining': {
    level: 'note',
    message: (a: { seconds: number }) =>
      `that connections may go on for ${a.seconds} s when an endpoint leaves cannot be written: Gateway API leaves it to the implementation`,
    help: (a) => `Let the pods take that long to stop: a preStop hook, and terminationGracePeriodSeconds above ${a.seconds}.`,
  },
  logging: {
    level: 'note',
    message: (a: { state: string }) =>
      `that the access log is ${a.state} cannot be written: it is a setting of the implementation for a whole gateway`,
    help: () => alternatives('accessLog'),
  },
  cdn: {
    level: 'warning',
    message: (a: { mode: string }) => `Cloud CDN (${a.mode}) cannot be written: every request will reach the backend`,
    help: () =>
      'GKE Gateway has it (GCPHTTPFilter). Otherwise put a CDN in front of the gateway, and check that the backend stands the load.',
    differs: ['headers'],
  },
  'http2-over-tls': {
    level: 'note',
    message: (_: NoArgs) => 'that the backend is spoken to in HTTP/2 inside TLS is left to the implementation, which may speak HTTP/1.1',
    help: () => 'Check that the backend takes both, or choose an implementation that offers HTTP/2 to backends with TLS.',
    differs: ['status'],
  },
  'header-variables': {
    level: 'warning',
    message: (a: { direction: string; headers: string }) =>
      `the ${a.direction} header ${a.headers} is filled in by Google's load balancer and cannot be written: other gateways would send the text as it stands`,
    help: () => 'GKE Gateway fills it in too. Elsewhere take what the backend needs from the forwarded headers of the implementation.',
    differs: ['headers'],
  },
  capacity: {
    level: 'note',
    message: (_: NoArgs) => 'how much a backend takes before requests go elsewhere cannot be written in Gateway API',
    help: () => 'GKE Gateway has it (GCPBackendPolicy).',
  },
  'health-checker': {
    level: 'warning',
    message: (_: NoArgs) => 'that a node agent answers health checks cannot be written: gateways look at the pods themselves',
    help: () => "See to it that the pods' readiness probes say what is to be known.",
  },
  'ssl-policy': {
    level: 'warning',
    message: (a: { policy: string }) =>
      `the SSL policy ${a.policy} cannot be written: Gateway API leaves TLS versions and ciphers to the implementation`,
    help: () => `${alternatives('tlsPolicy')} Until then older clients may be admitted, or refused, than today.`,
    security: true,
  },
  'static-address': {
    level: 'warning',
    message: (a: { name: string; scope: string }) =>
      `the reserved ${a.scope} address ${a.name} was not written: how a Gateway gets an address by name is a matter of the implementation`,
    help: (a) =>
      `Look it up (gcloud compute addresses describe ${a.name} ${a.scope === 'global' ? '--global' : '--region=REGION'}); the Ingress holds it until it is deleted. Give the Gateway an address of its own in spec.addresses or through its implementation, and move the DNS records.`,
  },
  certificates: {
    level: 'note',
    message: (a: { names: string }) => `other gateways cannot read certificates that live in Google Cloud: ${a.names}`,
    help: () =>
      'Have the same names certified into a Secret before the switch: cert-manager does, with DNS-01 even while the old address is in use. Until then nothing is served over HTTPS for them.',
  },
  'spare-certificates': {
    level: 'warning',
    message: (a: { secrets: string }) =>
      `no listener was given ${a.secrets}: no host that is served is listed with it, and on GKE it is shown to whoever asks for a name in it`,
    help: () => 'If its certificate covers a host here, name it on the listener of that host.',
  },
  internal: {
    level: 'error',
    message: (_: NoArgs) =>
      'the load balancer is internal: only clients of the VPC network reach it. The Gateway API cannot say so, and a Gateway of a public class would open it',
    help: () =>
      'Name a GatewayClass whose gateways have internal addresses: --gateway-class NAME, or one Gateway for it with the settings of the implementation.',
    security: true,
  },
});

/** As an implementation answers the neutral form of such a setting, with `lower` of its own; what has none is answered as below. */
export function gkeIntent(
  intent: IntentOf<'gke'>,
  context: LoweringContext,
  lower: (intent: Intent, context: LoweringContext) => Lowering,
): Lowering {
  const neutral = neutralFormOfGke(intent);
  if (neutral === null) return gke(intent, context);
  if (neutral.kind !== 'healthCheck') return lower(neutral, context);
  const isTls = context.rule.intents.some((other) => other.kind === 'backendProtocol' && other.protocol === 'HTTPS');
  const [backend] = context.rule.action.kind === 'forward' ? context.rule.action.backends : [];
  const parameters = {
    ...(backend === undefined ? {} : { service: `${backend.namespace}/${backend.service}` }),
    ...(isTls ? { protocol: 'HTTPS' } : {}),
    ...neutral.parameters,
  };
  return lower({ ...neutral, parameters }, context);
}

/** What only Google's load balancers have. Protections among it have kinds of their own: see access.ts. */
export const gke: Lower<'gke'> = (intent, context) => {
  const place = placeOf(intent, context);
  switch (intent.feature) {
    case 'containerNative':
      return converted({});
    case 'healthCheck':
      return unmapped(lost['health-check']({ what: describe(intent) }, place));
    case 'transparentHealthChecker':
      return unmapped(lost['health-checker']({}, place));
    case 'connectionDraining':
      return unmapped(lost['connection-draining']({ seconds: intent.seconds }, place));
    case 'logging':
      return unmapped(lost.logging({ state: intent.enabled ? `on for ${intent.sampleRate / 10_000} % of requests` : 'off' }, place));
    case 'cdn':
      return unmapped(lost.cdn({ mode: intent.cacheMode }, place));
    case 'http2OverTls':
      return approximated({}, lost['http2-over-tls']({}, place));
    case 'headerVariables':
      return unmapped(
        lost['header-variables'](
          { direction: intent.direction, headers: intent.headers.map(({ name, value }) => `${name}: ${value}`).join(', ') },
          place,
        ),
      );
    case 'capacity':
      return unmapped(lost.capacity({}, place));
    case 'sslPolicy':
      return unmapped(lost['ssl-policy']({ policy: intent.policy }, place));
    case 'staticAddress':
      return byHand(lost['static-address']({ name: intent.name, scope: intent.scope }, place));
    case 'certificates':
      return byHand(lost.certificates({ names: namesOf(intent.certificates) }, place));
    case 'proxySecrets':
      return intent.spare.length === 0
        ? converted({})
        : byHand(lost['spare-certificates']({ secrets: intent.spare.map((name) => `Secret ${name}`).join(', ') }, place));
    case 'network':
      return intent.scheme === 'internal' ? byHand(lost.internal({}, place)) : converted({});
    default:
      return intent satisfies never;
  }
};

function namesOf(certificates: readonly GkeCertificate[]): string {
  const kinds = { managed: 'ManagedCertificate', 'pre-shared': 'SslCertificate', secret: 'Secret' };
  return certificates.flatMap(({ source, name }) => (source === 'secret' ? [] : [`${kinds[source]} ${name}`])).join(', ');
}

function describe(check: Extract<IntentOf<'gke'>, { feature: 'healthCheck' }>): string {
  const parts = [
    check.type,
    check.port === null ? null : `port ${check.port}`,
    check.requestPath === null ? null : `path ${check.requestPath}`,
    check.checkIntervalSec === null ? null : `every ${check.checkIntervalSec} s`,
    check.timeoutSec === null ? null : `timeout ${check.timeoutSec} s`,
    check.healthyThreshold === null ? null : `healthy after ${check.healthyThreshold}`,
    check.unhealthyThreshold === null ? null : `unhealthy after ${check.unhealthyThreshold}`,
  ];
  return parts.filter((part) => part !== null).join(', ');
}
