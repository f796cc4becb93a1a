import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import { LOST_PROTECTION, type Lower, placeOf, unmapped } from '../lowering.ts';
import { alternatives } from './alternatives.ts';

const lost = defineFindings('standard', {
  'basic-auth/no-field': {
    ...LOST_PROTECTION,
    message: (a: { scheme: string; secret: string }) =>
      `the portable Gateway API has no ${a.scheme} authentication, so the check against Secret ${a.secret} cannot be written`,
    help: (a) =>
      a.scheme === 'digest'
        ? 'No implementation offers digest authentication: move to basic authentication over TLS first.'
        : `${alternatives('basicAuth')} NGINX Gateway Fabric takes the Secret as it is; the others read the password file from another key than an nginx Secret has it in.`,
  },
  'oidc/no-field': {
    ...LOST_PROTECTION,
    message: (a: { issuer: string }) =>
      `the portable Gateway API has no OpenID Connect login, so sign-in${a.issuer === '' ? '' : ` at ${a.issuer}`} cannot be written`,
    help: () => `${alternatives('oidc')} Or put an authenticating proxy in front of the backend.`,
  },
  'jwt/no-field': {
    ...LOST_PROTECTION,
    message: (a: { issuer: string }) => `the portable Gateway API does not validate tokens, so those of ${a.issuer} would go unchecked`,
    help: () => `${alternatives('jwt')} Or let the backend validate them.`,
  },
  'allow-list/no-field': {
    ...LOST_PROTECTION,
    message: (a: { ranges: number }) =>
      `the portable Gateway API cannot admit by client address (allowed today: ${a.ranges} ${plural(a.ranges, 'range')})`,
    help: () =>
      `${alternatives('allowList')} Whichever you use, make it see the client's address: behind a load balancer it needs the forwarded header or the PROXY protocol.`,
  },
  'deny-list/no-field': {
    ...LOST_PROTECTION,
    message: (a: { ranges: number }) =>
      `the portable Gateway API cannot refuse by client address (refused today: ${a.ranges} ${plural(a.ranges, 'range')})`,
    help: () => `${alternatives('denyList')} Or refuse them in the firewall in front of the gateway.`,
  },
  'satisfy-any/no-field': {
    level: 'warning',
    message: (_: NoArgs) => 'address list OR authentication cannot be written; whatever checks there are will all have to hold',
    help: () => 'No implementation has the choice: a check with both conditions has to be made by your own authentication service.',
    differs: ['status'],
  },
  'waf/no-field': {
    ...LOST_PROTECTION,
    message: (a: { engine: string }) =>
      `the portable Gateway API has no web application firewall, so the rules of ${a.engine} would not be applied`,
    help: () => `${alternatives('waf')} Otherwise put a firewall in front of the gateway or a filtering proxy in front of the backend.`,
  },
  'iap/no-field': {
    ...LOST_PROTECTION,
    message: (_: NoArgs) => 'Identity-Aware Proxy belongs to one cloud and cannot be written in the portable Gateway API',
    help: () => alternatives('iap'),
  },
  'cloud-armor/no-field': {
    ...LOST_PROTECTION,
    message: (a: { policy: string }) =>
      `the Cloud Armor policy ${a.policy} belongs to one cloud and cannot be written in the portable Gateway API`,
    help: () => alternatives('cloudArmor'),
  },
  'raw-access-control/no-field': {
    ...LOST_PROTECTION,
    message: (a: { language: string; restricts: string }) =>
      `access rules written in ${a.language} (${a.restricts}) are not carried over by any target`,
    help: () => 'State what they protect by settings of their own (an allow list, authentication), or move the check to the backend.',
  },
});

export const basicAuth: Lower<'basicAuth'> = (intent, context) => {
  const secret = intent.secret === null ? 'that is not named' : `${intent.secret.namespace}/${intent.secret.name}`;
  return unmapped(lost['basic-auth/no-field']({ scheme: intent.scheme, secret }, placeOf(intent, context)));
};

export const oidc: Lower<'oidc'> = (intent, context) =>
  unmapped(lost['oidc/no-field']({ issuer: intent.issuer }, placeOf(intent, context)));

export const jwt: Lower<'jwt'> = (intent, context) => unmapped(lost['jwt/no-field']({ issuer: intent.issuer }, placeOf(intent, context)));

export const allowList: Lower<'allowList'> = (intent, context) =>
  unmapped(lost['allow-list/no-field']({ ranges: intent.ranges.length }, placeOf(intent, context)));

export const denyList: Lower<'denyList'> = (intent, context) =>
  unmapped(lost['deny-list/no-field']({ ranges: intent.ranges.length }, placeOf(intent, context)));

export const satisfyAny: Lower<'satisfyAny'> = (intent, context) => unmapped(lost['satisfy-any/no-field']({}, placeOf(intent, context)));

export const waf: Lower<'waf'> = (intent, context) => unmapped(lost['waf/no-field']({ engine: intent.engine }, placeOf(intent, context)));

export const iap: Lower<'iap'> = (intent, context) => unmapped(lost['iap/no-field']({}, placeOf(intent, context)));

export const cloudArmor: Lower<'cloudArmor'> = (intent, context) =>
  unmapped(lost['cloud-armor/no-field']({ policy: intent.policy }, placeOf(intent, context)));

export const rawAccessControl: Lower<'rawAccessControl'> = (intent, context) =>
  unmapped(lost['raw-access-control/no-field']({ language: intent.language, restricts: intent.restricts }, placeOf(intent, context)));

function plural(count: number, noun: string): string {
  return count === 1 ? noun : `${noun}s`;
}
