import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import { LOST_PROTECTION, type Lower, placeOf, unmapped } from '../lowering.ts';

const IDENTITY =
  'The load balancer knows logins by OpenID Connect and Cognito, and checks of tokens (ListenerRuleConfiguration: authenticate-oidc, authenticate-cognito, jwt-validation), all on HTTPS only.';

const lost = defineFindings('aws-alb', {
  'basic-auth/none': {
    ...LOST_PROTECTION,
    message: (a: { scheme: string; secret: string }) =>
      `the load balancer has no ${a.scheme} authentication, so the check against Secret ${a.secret} cannot be written`,
    help: () => `${IDENTITY} Move to one of them, or put a proxy that asks for passwords in front of the backend.`,
  },
  'external-auth/none': {
    ...LOST_PROTECTION,
    message: (a: { url: string }) =>
      `the load balancer cannot ask ${a.url} before each request, and a filter that says so would keep the controller from building the whole Gateway`,
    help: () => `${IDENTITY} Or put a proxy that asks it (oauth2-proxy) in front of the backend.`,
  },
  'oidc/endpoints': {
    ...LOST_PROTECTION,
    message: (a: { issuer: string }) =>
      `signing in at ${a.issuer} was not written: the load balancer does not look up an issuer's endpoints, and needs a Secret with the keys clientID and clientSecret`,
    help: (a) =>
      `Look them up (curl ${a.issuer.replace(/\/$/, '')}/.well-known/openid-configuration), then add a ListenerRuleConfiguration with an authenticate-oidc action to the rule: issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint, secret.name. The rule must be on HTTPS alone.`,
  },
  'jwt/https-only': {
    ...LOST_PROTECTION,
    message: (a: { issuer: string }) =>
      `tokens of ${a.issuer} were not asked for: the load balancer checks them on HTTPS listeners only, and this rule is served over HTTP too`,
    help: () => 'Serve the host over HTTPS alone, or redirect HTTP to it, and convert again.',
  },
  'client-certificate/trust-store': {
    ...LOST_PROTECTION,
    message: (a: { host: string; secret: string }) =>
      `client certificates for ${a.host} were not asked for: the load balancer does so for a whole port, with the authorities of a trust store in AWS instead of Secret ${a.secret}`,
    help: (a) => {
      const [namespace = '', name = ''] = a.secret.split('/');
      return `Where every host of the port may ask for them: kubectl get secret ${name} -n ${namespace} -o jsonpath='{.data.ca\\.crt}' | base64 -d > ca.pem && aws s3 cp ca.pem s3://BUCKET/ca.pem && aws elbv2 create-trust-store --name ${name} --ca-certificates-bundle-s3-bucket BUCKET --ca-certificates-bundle-s3-key ca.pem; then set in the LoadBalancerConfiguration listenerConfigurations: [{protocolPort: "HTTPS:443", mutualAuthentication: {mode: verify, trustStore: ARN}}] and convert with --on-security-loss emit.`;
    },
  },
  'satisfy-any/none': {
    level: 'warning',
    message: (_: NoArgs) => 'address list OR authentication cannot be written; whatever checks there are will all have to hold',
    help: () => 'A check with both conditions has to be made by the backend or a proxy in front of it.',
    differs: ['status'],
  },
  'waf/rules': {
    ...LOST_PROTECTION,
    message: (a: { engine: string }) => `the rules of ${a.engine} are not those of AWS WAF and were not carried over`,
    help: () =>
      'Make a web ACL with the managed rule groups that come nearest (aws wafv2 create-web-acl --scope REGIONAL …), set wafV2.webACL to its ARN in the LoadBalancerConfiguration, and convert with --on-security-loss emit.',
  },
  'iap/none': {
    ...LOST_PROTECTION,
    message: (_: NoArgs) => 'Identity-Aware Proxy belongs to another cloud',
    help: () => IDENTITY,
  },
  'cloud-armor/none': {
    ...LOST_PROTECTION,
    message: (a: { policy: string }) => `the Cloud Armor policy ${a.policy} belongs to another cloud`,
    help: () =>
      'Make a web ACL of AWS WAF with the same rules (aws wafv2 create-web-acl) and name its ARN in the LoadBalancerConfiguration.',
  },
  'raw-access-control/none': {
    ...LOST_PROTECTION,
    message: (a: { language: string; restricts: string }) => `access rules written in ${a.language} (${a.restricts}) are not carried over`,
    help: () => 'State what they protect by settings of their own (an allow list, authentication), or move the check to the backend.',
  },
});

export const basicAuth: Lower<'basicAuth'> = (intent, context) => {
  const secret = intent.secret === null ? 'that is not named' : `${intent.secret.namespace}/${intent.secret.name}`;
  return unmapped(lost['basic-auth/none']({ scheme: intent.scheme, secret }, placeOf(intent, context)));
};

export const externalAuth: Lower<'externalAuth'> = (intent, context) =>
  unmapped(lost['external-auth/none']({ url: intent.url }, placeOf(intent, context)));

export const oidc: Lower<'oidc'> = (intent, context) =>
  unmapped(lost['oidc/endpoints']({ issuer: intent.issuer }, placeOf(intent, context)));

export const jwtElsewhere: Lower<'jwt'> = (intent, context) =>
  unmapped(lost['jwt/https-only']({ issuer: intent.issuer }, placeOf(intent, context)));

export const clientCertificateByHand: Lower<'clientCertificate'> = (intent, context) =>
  unmapped(
    lost['client-certificate/trust-store'](
      { host: context.host || 'any host', secret: `${intent.secret.namespace}/${intent.secret.name}` },
      placeOf(intent, context),
    ),
  );

export const satisfyAny: Lower<'satisfyAny'> = (intent, context) => unmapped(lost['satisfy-any/none']({}, placeOf(intent, context)));

export const waf: Lower<'waf'> = (intent, context) => unmapped(lost['waf/rules']({ engine: intent.engine }, placeOf(intent, context)));

export const iap: Lower<'iap'> = (intent, context) => unmapped(lost['iap/none']({}, placeOf(intent, context)));

export const cloudArmor: Lower<'cloudArmor'> = (intent, context) =>
  unmapped(lost['cloud-armor/none']({ policy: intent.policy }, placeOf(intent, context)));

export const rawAccessControl: Lower<'rawAccessControl'> = (intent, context) =>
  unmapped(lost['raw-access-control/none']({ language: intent.language, restricts: intent.restricts }, placeOf(intent, context)));
