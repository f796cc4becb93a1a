import type { AwsBackend, AwsKeyValue } from '../../intent/aws.ts';
import type { AwsIntent, Intent } from '../../intent/intent.ts';
import { isAwsIntent, neutralForm } from '../../intent/neutral.ts';
import { isProtection } from '../../intent/protection.ts';
import type { Finding, Place } from '../../ledger/finding.ts';
import type { Lowering, LoweringContext } from '../contract.ts';
import { byHand, converted, inert, placeOf, unmapped } from '../lowering.ts';
import { awsFindings as find } from './aws-findings.ts';

/**
 * Of settings that only AWS load balancers have: those with a vendor-neutral form are answered as that (`lower` is the
 * target's own), the others say what in the cluster or the cloud comes nearest.
 */
export function awsIntent(
  intent: AwsIntent,
  context: LoweringContext,
  lower: (intent: Intent, context: LoweringContext) => Lowering,
): Lowering {
  if (intent.kind === 'awsBackendProtocol' && intent.protocol === 'HTTP' && intent.version === 'HTTP1') return converted({});
  const neutral = neutralForm(intent);
  return neutral === null ? ownAnswer(intent, placeOf(intent, context)) : lower(neutral, beside(neutral, intent, context));
}

/** The other settings of the rule in their neutral form as well, so that partners find each other. */
function beside(neutral: Intent, own: AwsIntent, context: LoweringContext): LoweringContext {
  const neutrally = (other: Intent) => (other === own ? neutral : isAwsIntent(other) ? (neutralForm(other) ?? other) : other);
  return { ...context, rule: { ...context.rule, intents: context.rule.intents.map(neutrally) } };
}

/** One answer a kind: the list is long, each line is short. */
function ownAnswer(intent: AwsIntent, place: Place): Lowering {
  switch (intent.kind) {
    case 'awsLoadBalancerName':
      return unmapped(find['load-balancer-name']({ name: intent.name }, place));
    case 'awsScheme':
      return byHand(intent.scheme === 'internal' ? find['scheme-internal']({}, place) : find['scheme-public']({}, place));
    case 'awsIpAddressType':
      if (intent.type === 'ipv4') return inert(find['ipv4']({}, place));
      return unmapped(find['ip-address-type']({ type: intent.type }, place));
    case 'awsSubnets':
      return unmapped(find.subnets({ subnets: subnetsText(intent.subnets) }, place));
    case 'awsSecurityGroups':
      return unmapped(find['security-groups']({ groups: intent.groups.join(', ') }, place));
    case 'awsAddressPool':
      return unmapped(find['address-pool']({ id: intent.id }, place));
    case 'awsLoadBalancerAttributes':
      return attributes(intent.attributes, (keys) => find['load-balancer-attributes']({ keys }, place), place);
    case 'awsShield':
      return intent.enabled ? byHand(find.shield({}, place)) : inert(find['shield-off']({}, place));
    case 'awsCapacity':
      return unmapped(find.capacity({ units: intent.units }, place));
    case 'awsTags':
    case 'awsTargetGroupTags':
      return unmapped(find.tags({ tags: intent.tags.map(pair).join(', ') }, place));
    case 'awsFrontendNlb':
      return unmapped(find['frontend-nlb']({ ports: intent.ports.map(({ nlbPort }) => nlbPort).join(', ') }, place));
    case 'awsCertificates':
      return byHand(certificates(intent.certificates, intent.port, place));
    case 'awsMutualAuthentication':
      return unmapped(
        intent.mode === 'verify'
          ? find['mutual-authentication']({ port: intent.port, store: intent.trustStore ?? 'a trust store' }, place)
          : find['client-certificate-headers']({ port: intent.port }, place),
      );
    case 'awsInboundRanges':
      if (!isProtection(intent)) return inert(find['open-to-all']({}, place));
      return unmapped(
        find['prefix-lists']({ lists: intent.prefixLists.join(', '), ports: intent.listeners.map(({ port }) => port).join(', ') }, place),
      );
    case 'awsListenerAttributes':
      return attributes(intent.attributes, (keys) => find['listener-attributes']({ keys }, place), place);
    case 'awsTargetType':
      return targetType(intent.type, intent.backend, place);
    case 'awsStickiness':
      return inert(find['stickiness-off']({ service: nameOf(intent.backend) }, place));
    case 'awsBalancing':
      return unmapped(find.balancing({ service: nameOf(intent.backend), algorithm: intent.algorithm }, place));
    case 'awsTargetGroupAttributes':
      return attributes(
        intent.attributes,
        (keys) => find['target-group-attributes']({ service: nameOf(intent.backend), keys }, place),
        place,
      );
    case 'awsNodeSelector':
      return unmapped(find['node-selector']({ service: nameOf(intent.backend), labels: intent.labels.map(pair).join(', ') }, place));
    case 'awsMultiCluster':
      return unmapped(find['multi-cluster']({ service: nameOf(intent.backend) }, place));
    case 'awsTargetControl':
      return unmapped(find['target-control']({ service: nameOf(intent.backend), port: intent.port }, place));
    case 'awsAuthenticate':
      return unmapped(find['authentication-unreadable']({}, place));
    case 'awsJwt':
      return unmapped(find['authentication-unreadable']({}, place));
    case 'awsGroupStickiness':
      return unmapped(find['group-stickiness']({ seconds: intent.durationSeconds ?? 3600 }, place));
    case 'awsExternalTargetGroups':
      return unmapped(find['external-target-groups']({ groups: intent.groups.map(({ name }) => name).join(', ') }, place));
    case 'awsHostRewrite':
      return unmapped(find['host-rewrite']({ regex: intent.regex, replace: intent.replace }, place));
    // These have a neutral form.
    case 'awsWebAcl':
    case 'awsTlsPolicy':
    case 'awsBackendProtocol':
    case 'awsHealthCheck':
      return unmapped(find.unsupported({ kind: intent.kind }, place));
    default:
      return intent satisfies never;
  }
}

/** A portable gateway sends to pods, as target type ip does. */
function targetType(type: 'instance' | 'ip' | null, backend: AwsBackend, place: Place): Lowering {
  if (type === 'ip') return converted({});
  return unmapped(find['target-type']({ service: nameOf(backend) }, place));
}

function certificates(from: Extract<AwsIntent, { kind: 'awsCertificates' }>['certificates'], port: number, place: Place): Finding {
  switch (from.from) {
    case 'arns':
      return find.certificates({ arns: [from.defaultArn, ...from.others].join(', '), port }, place);
    case 'discovery':
      return find['certificates-discovered']({ hosts: from.hosts.join(', ') || 'no host', port }, place);
    case 'created':
      return find['certificates-created']({ hosts: from.hosts.join(', '), port }, place);
    default:
      return from satisfies never;
  }
}

function attributes(all: readonly AwsKeyValue[], lost: (keys: string) => Finding, place: Place): Lowering {
  const differing = all.filter(({ key, value }) => DEFAULTS.get(key) !== value);
  if (all.length > 0 && differing.length === 0) return inert(find['attribute-defaults']({ keys: all.map(pair).join(', ') }, place));
  return unmapped(lost(differing.map(pair).join(', ')));
}

/** What AWS does without the attribute, where that is what any gateway does too. */
const DEFAULTS: ReadonlyMap<string, string> = new Map([
  ['access_logs.s3.enabled', 'false'],
  ['connection_logs.s3.enabled', 'false'],
  ['deletion_protection.enabled', 'false'],
  ['routing.http2.enabled', 'true'],
  ['routing.http.xff_header_processing.mode', 'append'],
  ['routing.http.xff_client_port.enabled', 'false'],
  ['waf.fail_open.enabled', 'false'],
  ['zonal_shift.config.enabled', 'false'],
  ['load_balancing.cross_zone.enabled', 'true'],
  ['slow_start.duration_seconds', '0'],
]);

function pair({ key, value }: AwsKeyValue): string {
  return `${key}=${value}`;
}

function nameOf({ namespace, service }: AwsBackend): string {
  return `${namespace}/${service}`;
}

function subnetsText(subnets: Extract<AwsIntent, { kind: 'awsSubnets' }>['subnets']): string {
  if (subnets.by === 'identifier') return subnets.identifiers.join(', ');
  return Object.entries(subnets.tags)
    .map(([tag, values]) => `${tag}=${values.join('|')}`)
    .join(', ');
}
