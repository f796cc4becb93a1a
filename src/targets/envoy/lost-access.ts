import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import { LOST_PROTECTION, type Lower, placeOf, unmapped } from '../lowering.ts';
import type { Implementation } from './implementation.ts';

/** Checks that no implementation with Envoy has: each withholds its rule. */
export function accessLosses({ name, title }: Implementation) {
  const lost = defineFindings(name, {
    'satisfy-any/not-written': {
      level: 'warning',
      message: (_: NoArgs) => `address list OR authentication cannot be written: ${title} asks for both, so some who got in are refused`,
      help: () =>
        'Decide which of the two is to hold, remove the other setting and convert again; or let an external authorization service decide by both.',
      differs: ['status'],
    },
    'waf/not-written': {
      ...LOST_PROTECTION,
      message: (a: { engine: string }) => `${title} has no web application firewall, so the rules of ${a.engine} would not be applied`,
      help: () =>
        'Put a firewall in front of the gateway, or run one as an external processor (a Wasm or ext-proc extension of your own) and write the route by hand.',
    },
    'iap/not-written': {
      ...LOST_PROTECTION,
      message: (_: NoArgs) => `Identity-Aware Proxy is a service of Google Cloud's own load balancers; ${title} cannot ask it`,
      help: () => 'Sign in with OpenID Connect at the same identity provider instead, or use the target gke.',
    },
    'cloud-armor/not-written': {
      ...LOST_PROTECTION,
      message: (a: { policy: string }) =>
        `the Cloud Armor policy ${a.policy} acts in Google Cloud's own load balancers; ${title} cannot apply it`,
      help: () => 'State its address ranges as an allow list or a deny list of the Ingress, or use the target gke.',
    },
    'raw-access-control/not-written': {
      ...LOST_PROTECTION,
      message: (a: { language: string; restricts: string }) =>
        `access rules written in ${a.language} (${a.restricts}) are not carried over to ${title}`,
      help: () => 'State what they protect by settings of their own (an allow list, authentication), or move the check to the backend.',
    },
  });
  const satisfyAny: Lower<'satisfyAny'> = (intent, context) => unmapped(lost['satisfy-any/not-written']({}, placeOf(intent, context)));
  const waf: Lower<'waf'> = (intent, context) => unmapped(lost['waf/not-written']({ engine: intent.engine }, placeOf(intent, context)));
  const iap: Lower<'iap'> = (intent, context) => unmapped(lost['iap/not-written']({}, placeOf(intent, context)));
  const cloudArmor: Lower<'cloudArmor'> = (intent, context) =>
    unmapped(lost['cloud-armor/not-written']({ policy: intent.policy }, placeOf(intent, context)));
  const rawAccessControl: Lower<'rawAccessControl'> = (intent, context) =>
    unmapped(lost['raw-access-control/not-written']({ language: intent.language, restricts: intent.restricts }, placeOf(intent, context)));
  return { satisfyAny, waf, iap, cloudArmor, rawAccessControl };
}
