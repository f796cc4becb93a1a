import type { IntentOf } from '../../intent/intent.ts';
import { isProtection } from '../../intent/protection.ts';
import type { JsonObject } from '../../model/json.ts';
import type { LoweringContext } from '../contract.ts';
import { approximated, byHand, converted, inert, type Lower, placeOf, unfinished, unmapped } from '../lowering.ts';
import { awsFindings as find } from './aws-findings.ts';
import { listener, loadBalancer, mapOf, parts } from './fragments.ts';

export const name: Lower<'awsLoadBalancerName'> = (intent, context) =>
  byHand(find['name/taken']({ name: intent.name }, placeOf(intent, context)));

export const scheme: Lower<'awsScheme'> = (intent) => converted(parts(loadBalancer({ scheme: intent.scheme })));

export const ipAddressType: Lower<'awsIpAddressType'> = (intent) => converted(parts(loadBalancer({ ipAddressType: intent.type })));

export const subnets: Lower<'awsSubnets'> = ({ subnets: from }) =>
  converted(
    parts(
      loadBalancer(
        from.by === 'identifier'
          ? { loadBalancerSubnets: from.identifiers.map((identifier) => ({ identifier })) }
          : { loadBalancerSubnetsSelector: from.tags },
      ),
    ),
  );

export const securityGroups: Lower<'awsSecurityGroups'> = (intent, context) => {
  const spec = { securityGroups: intent.groups, manageBackendSecurityGroupRules: intent.manageBackendRules };
  if (intent.manageBackendRules) return converted(parts(loadBalancer(spec)));
  return approximated(
    parts(loadBalancer(spec)),
    find['security-groups/backend-rules']({ groups: intent.groups.join(', ') }, placeOf(intent, context)),
  );
};

export const addressPool: Lower<'awsAddressPool'> = (intent) =>
  converted(parts(loadBalancer(intent.pool === 'ipam' ? { ipv4IPAMPoolId: intent.id } : { customerOwnedIpv4Pool: intent.id })));

export const attributes: Lower<'awsLoadBalancerAttributes'> = (intent, context) => {
  const place = placeOf(intent, context);
  const made = parts(loadBalancer({ attributes: mapOf(intent.attributes) }));
  const value = (key: string) => intent.attributes.find((attribute) => attribute.key === key)?.value;
  if (value('access_logs.s3.enabled') === 'true')
    return approximated(made, find['access-logs/prefix']({ bucket: value('access_logs.s3.bucket') ?? 'one bucket' }, place));
  if (value('deletion_protection.enabled') === 'true') return approximated(made, find['attributes/deletion-protection']({}, place));
  return converted(made);
};

export const webAcl: Lower<'awsWebAcl'> = (intent, context) => {
  const place = placeOf(intent, context);
  switch (intent.by) {
    case 'arn':
      return converted(parts(loadBalancer({ wafV2: { webACL: intent.value } })));
    case 'name':
      return unmapped(find['web-acl/by-name']({ name: intent.value }, place));
    case 'classic-id':
      return unmapped(find['web-acl/classic']({ id: intent.value }, place));
    default:
      return intent.by satisfies never;
  }
};

export const shield: Lower<'awsShield'> = (intent) => converted(parts(loadBalancer({ shieldConfiguration: { enabled: intent.enabled } })));

export const capacity: Lower<'awsCapacity'> = (intent, context) => {
  if (intent.units === 0) return inert(find['capacity/range']({}, placeOf(intent, context)));
  const spec = { minimumLoadBalancerCapacity: { capacityUnits: intent.units } };
  return approximated(parts(loadBalancer(spec)), find['capacity/beside']({ units: intent.units }, placeOf(intent, context)));
};

export const tags: Lower<'awsTags'> = (intent) => converted(parts(loadBalancer({ tags: mapOf(intent.tags) })));

/** A hostless Gateway cannot look for certificates: those named are written, those found are found by the hosts of the routes. */
export const certificates: Lower<'awsCertificates'> = (intent, context) => {
  const place = placeOf(intent, context);
  const { port, certificates: from } = intent;
  switch (from.from) {
    case 'arns': {
      const others = from.others.length === 0 ? {} : { certificates: from.others };
      const made = parts(listener(port, { defaultCertificate: from.defaultArn, ...others }));
      return from.alsoFor.length === 0
        ? converted(made)
        : unfinished(made, find['certificates/also-for']({ hosts: from.alsoFor.join(', '), port }, place));
    }
    case 'discovery':
      return approximated({}, find['certificates/discovery']({ hosts: from.hosts.join(', ') || 'no host', port }, place));
    case 'created':
      return byHand(find['certificates/created']({ hosts: from.hosts.join(', '), port }, place));
    default:
      return from satisfies never;
  }
};

export const tlsPolicy: Lower<'awsTlsPolicy'> = (intent) => converted(parts(listener(intent.port, { sslPolicy: intent.policy })));

export const mutualAuthentication: Lower<'awsMutualAuthentication'> = (intent, context) => {
  const { port, mode, trustStore } = intent;
  if (mode === 'passthrough') return converted(parts(listener(port, { mutualAuthentication: { mode } })));
  if (trustStore === null) return unmapped(find['mutual-authentication/unreadable']({ port }, placeOf(intent, context)));
  const expiry = intent.ignoreClientCertificateExpiry;
  const names = intent.advertiseTrustStoreCaNames;
  const mutual: JsonObject = {
    mode,
    trustStore,
    ...(expiry === null ? {} : { ignoreClientCertificateExpiry: expiry }),
    ...(names === null ? {} : { advertiseTrustStoreCaNames: names }),
  };
  return converted(parts(listener(port, { mutualAuthentication: mutual })));
};

export const listenerAttributes: Lower<'awsListenerAttributes'> = ({ port, protocol, attributes: all }) =>
  converted(parts(listener(port, { attributes: mapOf(all) }, protocol)));

/**
 * One list for all listeners. Without a list everybody is let in, also beside prefix lists, so that it is written where there are only
 * those. A port that only redirects may be closed like the others.
 */
export const inboundRanges: Lower<'awsInboundRanges'> = (intent, context) => {
  const all = (context.table.loadBalancer.intents ?? []).filter((other) => other.kind === 'awsInboundRanges');
  const restricted = new Set(all.flatMap(({ listeners }) => listeners.map(({ port }) => port)));
  const open = portsWithBackends(context).filter((port) => !restricted.has(port));
  const wanted = all.filter(isProtection);
  const isOne = new Set(all.map((other) => JSON.stringify([other.ranges, other.prefixLists]))).size <= 1 && open.length === 0;
  // A list that lets everybody in needs no place.
  if (wanted.length === 0) return converted(parts(loadBalancer(rangesOf(intent))));
  if (!isOne) {
    if (!isProtection(intent)) return converted({});
    const ports = [...new Set(wanted.flatMap(({ listeners }) => listeners.map(({ port }) => port)))].sort((a, b) => a - b);
    return unmapped(find['inbound-ranges/differ']({ ports: ports.join(', ') }, placeOf(intent, context)));
  }
  const redirecting = servedPorts(context).filter((port) => !restricted.has(port));
  const made = parts(loadBalancer(rangesOf(intent)));
  if (redirecting.length === 0) return converted(made);
  return approximated(made, find['inbound-ranges/redirects-too']({ ports: redirecting.join(', ') }, placeOf(intent, context)));
};

function servedPorts({ table }: LoweringContext): readonly number[] {
  return [...new Set(table.hosts.flatMap(({ ports }) => ports.map(({ port }) => port)))].sort((a, b) => a - b);
}

export function rangesOf({ ranges, prefixLists }: IntentOf<'awsInboundRanges'>): JsonObject {
  return { sourceRanges: ranges, ...(prefixLists.length === 0 ? {} : { securityGroupPrefixes: prefixLists }) };
}

/** Ports on which something but a redirect answers. */
function portsWithBackends({ table }: LoweringContext): readonly number[] {
  const ports = table.hosts.flatMap((host) =>
    host.ports
      .filter(({ scheme: over }) =>
        host.rules.some(
          (rule) =>
            (rule.scheme === null || rule.scheme === over) &&
            rule.action.kind !== 'redirect' &&
            !(over === 'http' && rule.httpsRedirect !== null),
        ),
      )
      .map(({ port }) => port),
  );
  return [...new Set(ports)];
}
