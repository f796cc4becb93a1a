import type { AwsIntent } from '../../../src/intent/intent.ts';
import { isProtection } from '../../../src/intent/protection.ts';
import type { Scheme } from '../../../src/route/table.ts';
import { addressPoolIntents } from '../address-pools.ts';
import type { Books } from '../books.ts';
import { capacityIntents } from '../capacity.ts';
import { certificateIntent, certificatesOf } from '../certificates.ts';
import { frontendNlbIntents } from '../frontend-nlb.ts';
import type { Group, Listener } from '../group.ts';
import { inboundIntents } from '../inbound-ranges.ts';
import { ipAddressTypeIntents } from '../ip-address-type.ts';
import { checkListenerAttributes, listenerAttributeIntents } from '../listener-attributes.ts';
import { attributeIntents } from '../load-balancer-attributes.ts';
import { nameIntents } from '../load-balancer-name.ts';
import { checkMutualAuthentication, mutualAuthenticationIntents } from '../mutual-authentication.ts';
import { schemeIntents } from '../scheme.ts';
import { securityGroupIntents } from '../security-groups.ts';
import { shieldIntents } from '../shield.ts';
import { sslPolicyIntents } from '../ssl-policy.ts';
import { subnetIntents } from '../subnets.ts';
import { tagIntents } from '../tags.ts';
import { webAclIntents } from '../web-acl.ts';

/** What holds for the load balancer of a group and for its listeners. */
export interface LoadBalancerSettings {
  readonly all: readonly AwsIntent[];
  /** Those that act on every request. */
  readonly onHosts: readonly AwsIntent[];
  /** Those that act on the requests of one listener. */
  readonly onListener: (listener: Listener) => readonly AwsIntent[];
}

export function settingsOf(group: Group, books: Books): LoadBalancerSettings {
  const { members, listeners } = group;
  const firewall = securityGroupIntents(group, books);
  const whole = [
    ...nameIntents(group, books),
    ...schemeIntents(group, books),
    ...ipAddressTypeIntents(group, books),
    ...subnetIntents(group, books),
    ...firewall,
    ...addressPoolIntents(group, books),
    ...attributeIntents(group, books),
    ...webAclIntents(group, books),
    ...shieldIntents(group, books),
    ...capacityIntents(group, books),
    ...tagIntents(group, books),
    ...frontendNlbIntents(group, books),
  ];
  for (const member of members) {
    checkMutualAuthentication(member, books);
    checkListenerAttributes(member, books);
  }
  const own = new Map(members.map((member) => [member, certificatesOf(member, books)]));
  // Own security groups make ranges ineffective: those are then settled with what nothing rests on.
  const ranges = firewall.length > 0 ? [] : inboundIntents(listeners, books);
  const ofListener = listeners.flatMap((listener): readonly AwsIntent[] => [
    ...(listener.protocol === 'HTTPS' ? [certificateIntent(listener, own)] : []),
    ...sslPolicyIntents(listener, books),
    ...mutualAuthenticationIntents(listener, books),
    ...listenerAttributeIntents(listener, books),
  ]);
  return {
    all: [...whole, ...ranges, ...ofListener],
    onHosts: whole.filter(isProtection),
    onListener: ({ port }) => [
      ...ranges.filter((intent) => intent.kind === 'awsInboundRanges' && intent.listeners.some((each) => each.port === port)),
      ...ofListener.filter(
        (intent) => (intent.kind === 'awsMutualAuthentication' || intent.kind === 'awsListenerAttributes') && intent.port === port,
      ),
    ],
  };
}

export function schemeOf({ protocol }: Pick<Listener, 'protocol'>): Scheme {
  return protocol === 'HTTPS' ? 'https' : 'http';
}
