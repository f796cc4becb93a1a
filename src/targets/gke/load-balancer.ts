import type { IntentOf } from '../../intent/intent.ts';
import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import type { Lowering, LoweringContext, RuleParts } from '../contract.ts';
import { approximated, byHand, converted, type Lower, placeOf, unfinished, unmapped } from '../lowering.ts';
import { lower as portable } from '../standard/standard.ts';
import { backendsOf } from './backends.ts';
import { cdnFilter } from './cdn.ts';
import { outsideCertificates } from './certificates.ts';
import { featuresOf } from './classes.ts';
import { healthChecks } from './health-check.ts';
import { backendPolicy, gatewayPolicy, onBackends } from './kinds.ts';

const find = defineFindings('gke-gateway/load-balancer', {
  address: {
    level: 'warning',
    message: (a: { name: string; create: string }) =>
      `the Gateway names the reserved address ${a.name}, which the Ingress holds until it is deleted: both cannot have it at once`,
    help: (a) =>
      `Side by side: reserve another (${a.create}), write its name into spec.addresses, lower the TTL of the DNS records and move them. Or delete the Ingress first, and be down for some minutes.`,
  },
  'address-scope': {
    level: 'warning',
    message: (a: { name: string; scope: string; class: string }) =>
      `the reserved address ${a.name} is ${a.scope}, which a Gateway of class ${a.class} cannot have: it was not written`,
    help: (a) =>
      a.scope === 'global'
        ? 'Reserve one in the region of the cluster, write its name into spec.addresses of the Gateway as a NamedAddress, and move the DNS records.'
        : 'Choose a regional class, or reserve a global address and write its name into spec.addresses of the Gateway as a NamedAddress.',
  },
  exposed: {
    level: 'error',
    message: (a: { class: string }) =>
      `the load balancer is internal: only clients of the VPC network reach it, and a Gateway of class ${a.class} is open to the internet`,
    help: () => 'Choose gke-l7-rilb, or check that everything here may be reached by everybody.',
    security: true,
  },
  hidden: {
    level: 'warning',
    message: (a: { class: string }) =>
      `the load balancer faces the internet, and a Gateway of class ${a.class} is reached from the VPC network alone`,
    help: () => 'Choose gke-l7-regional-external-managed or gke-l7-global-external-managed, unless that is meant.',
  },
  'regional-ssl-policy': {
    level: 'warning',
    message: (a: { policy: string; class: string }) =>
      `a Gateway of class ${a.class} takes regional SSL policies only; ${a.policy} is a global one`,
    help: (a) =>
      `Make one of that name in the region, with what gcloud compute ssl-policies describe ${a.policy} --global says of profile and minTlsVersion, before the Gateway is applied: it is refused without.`,
    security: true,
  },
  'no-ssl-policy': {
    level: 'warning',
    message: (a: { policy: string; class: string }) =>
      `a Gateway of class ${a.class} takes no GCPGatewayPolicy, so that SSL policy ${a.policy} is not applied`,
    help: () => 'Check that its TLS versions and ciphers will do, or choose another class.',
    security: true,
  },
  'cdn-with-iap': {
    level: 'warning',
    message: (_: NoArgs) =>
      'Cloud CDN was left out: its filter and Identity-Aware Proxy exclude each other on one Gateway, and the login was kept',
    help: () =>
      'Give what is cached an Ingress of its own, so that it gets a Gateway of its own; or check that the backend stands the load.',
    differs: ['headers'],
  },
  'no-cdn': {
    level: 'warning',
    message: (a: { class: string }) => `a Gateway of class ${a.class} has no Cloud CDN: every request will reach the backend`,
    help: () => 'Choose gke-l7-global-external-managed, or check that the backend stands the load.',
    differs: ['headers'],
  },
  capacity: {
    level: 'note',
    message: (a: { what: string }) => `of the capacity of the backend, ${a.what}`,
    help: () => 'GKE Ingress reads these annotations only where that is switched on; check whether it was.',
  },
  checker: {
    level: 'warning',
    message: (a: { service: string }) =>
      `a node agent answers the health checks of Service ${a.service}; GKE Gateway asks the Pods themselves`,
    help: () => 'Write a HealthCheckPolicy from the readiness probe of the Pods.',
  },
  'origin-header': {
    level: 'warning',
    message: (a: { header: string }) => `the header ${a.header} cannot be written: {origin_request_header} is not filled in on routes`,
    help: () => 'Let the backend read the original header.',
    differs: ['headers'],
  },
});

/** What has a counterpart on Google's own Gateways. */
export const gke: Lower<'gke'> = (intent, context) => {
  const place = placeOf(intent, context);
  const backends = backendsOf(context);
  switch (intent.feature) {
    case 'containerNative':
    case 'http2OverTls':
      return converted({});
    case 'network': {
      const { internal } = featuresOf(context);
      const args = { class: context.gatewayClass ?? '' };
      if ((intent.scheme === 'internal') === internal) return converted({});
      return byHand(internal ? find.hidden(args, place) : find.exposed(args, place));
    }
    case 'healthCheck':
      return converted({ policies: healthChecks(context).policies ?? [] });
    case 'transparentHealthChecker':
      return unmapped(find.checker({ service: `${context.rule.ingress.namespace}/${backends[0]?.service ?? ''}` }, place));
    case 'connectionDraining':
      return converted(onBackends(backendPolicy, backends, { connectionDraining: { drainingTimeoutSec: intent.seconds } }));
    case 'logging':
      return converted(
        onBackends(backendPolicy, backends, {
          logging: intent.enabled ? { enabled: true, sampleRate: intent.sampleRate } : { enabled: false },
        }),
      );
    case 'cdn':
      if (context.table.hosts.some(({ rules }) => rules.some(({ intents }) => intents.some(({ kind }) => kind === 'iap'))))
        return unmapped(find['cdn-with-iap']({}, place));
      return featuresOf(context).cdn ? cdnFilter(intent, place) : unmapped(find['no-cdn']({ class: context.gatewayClass ?? '' }, place));
    case 'headerVariables':
      return headers(intent, context);
    case 'capacity':
      return capacity(intent, context);
    case 'sslPolicy': {
      const { gatewayPolicy: isTaken, scope } = featuresOf(context);
      const args = { policy: intent.policy, class: context.gatewayClass ?? '' };
      if (!isTaken) return unmapped(find['no-ssl-policy'](args, place));
      const parts: RuleParts = {
        policies: [{ policy: gatewayPolicy, on: { to: 'gateway', as: 'target' }, spec: { default: { sslPolicy: intent.policy } } }],
      };
      return scope === 'global' ? converted(parts) : unfinished(parts, find['regional-ssl-policy'](args, place));
    }
    case 'staticAddress': {
      if (featuresOf(context).scope !== intent.scope) {
        const args = { name: intent.name, scope: intent.scope, class: context.gatewayClass ?? '' };
        return byHand(find['address-scope'](args, place));
      }
      const create =
        intent.scope === 'global'
          ? `gcloud compute addresses create ${intent.name}-2 --global --ip-version=IPV4`
          : `gcloud compute addresses create ${intent.name}-2 --region=REGION --subnet=SUBNET --purpose=SHARED_LOADBALANCER_VIP`;
      return unfinished(
        { gateway: { addresses: [{ type: 'NamedAddress', value: intent.name }] } },
        find.address({ name: intent.name, create }, place),
      );
    }
    case 'certificates':
      return outsideCertificates(intent, context);
    case 'proxySecrets':
      return converted({ gateway: { certificates: intent.secrets.map((name) => ({ namespace: intent.namespace, name })) } });
    default:
      return intent satisfies never;
  }
};

/** Of a load balancer of AWS: whether its Gateway is reached from where it is today. */
export const scheme: Lower<'awsScheme'> = (intent, context) => {
  const { internal } = featuresOf(context);
  const args = { class: context.gatewayClass ?? '' };
  if ((intent.scheme === 'internal') === internal) return converted({});
  const place = placeOf(intent, context);
  return byHand(internal ? find.hidden(args, place) : find.exposed(args, place));
};

function headers(intent: Extract<IntentOf<'gke'>, { feature: 'headerVariables' }>, context: LoweringContext): Lowering {
  const origin = intent.headers.find(({ value }) => value.includes('{origin_request_header}'));
  if (origin !== undefined) return unmapped(find['origin-header']({ header: origin.name }, placeOf(intent, context)));
  const kind = intent.direction === 'request' ? 'requestHeaders' : 'responseHeaders';
  return portable({ kind, set: intent.headers, add: [], remove: [], entries: intent.entries }, context);
}

/** The share of a backend is in newer schemas only; a rate is a whole number from 1. */
function capacity(intent: Extract<IntentOf<'gke'>, { feature: 'capacity' }>, context: LoweringContext): Lowering {
  const rate = intent.maxRatePerEndpoint === null ? null : Math.min(1_000_000_000, Math.max(1, Math.ceil(intent.maxRatePerEndpoint)));
  const parts: RuleParts = rate === null ? {} : onBackends(backendPolicy, backendsOf(context), { maxRatePerEndpoint: rate });
  const lost = [
    ...(rate === intent.maxRatePerEndpoint ? [] : [`the rate is written as ${rate}`]),
    ...(intent.scalerPercent === null ? [] : [`the share of ${intent.scalerPercent} % is not written: not every cluster has the field`]),
  ];
  if (lost.length === 0) return converted(parts);
  const finding = find.capacity({ what: lost.join(', and ') }, placeOf(intent, context));
  return rate === null ? unmapped(finding) : approximated(parts, finding);
}
