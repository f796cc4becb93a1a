import type { AwsBackend, AwsHealthCheck, AwsIdentityProvider, AwsKeyValue } from './aws.ts';
import type { AwsIntent, HeaderValue, Intent, IntentOf } from './intent.ts';
import { isProtection } from './protection.ts';

export function isAwsIntent(intent: Intent): intent is AwsIntent {
  return intent.kind.startsWith('aws');
}

/** What a protection is called where it does not matter whose it is: two forms of one protection have one name. */
export function protectionName(intent: Intent): Intent['kind'] {
  return isAwsIntent(intent) ? (neutralForm(intent)?.kind ?? intent.kind) : intent.kind;
}

/**
 * The vendor-neutral intent that says the same as one of AWS, with the same entries, for targets that are not AWS; null
 * where there is none. What it leaves out is no matter of requests.
 */
export function neutralForm(intent: AwsIntent): Intent | null {
  const { entries } = intent;
  switch (intent.kind) {
    case 'awsInboundRanges':
      return intent.prefixLists.length > 0 || !isProtection(intent) ? null : { kind: 'allowList', ranges: intent.ranges, entries };
    case 'awsWebAcl':
      return { kind: 'waf', engine: 'AWS WAF', mode: 'on', rules: intent.value, entries };
    case 'awsAuthenticate':
      return intent.provider === null ? null : { ...oidcOf(intent.provider), entries };
    case 'awsJwt':
      return intent.issuer === null || intent.jwksEndpoint === null
        ? null
        : { kind: 'jwt', issuer: intent.issuer, jwksUri: intent.jwksEndpoint, parameters: claimsOf(intent), entries };
    case 'awsTlsPolicy':
      return { kind: 'tlsPolicy', minVersion: lowestVersion(intent.policy), ciphers: intent.policy, preferServerCiphers: null, entries };
    case 'awsListenerAttributes': {
      const set = responseHeadersOf(intent.attributes);
      return set === null ? null : { kind: 'responseHeaders', set, add: [], remove: [], entries };
    }
    case 'awsBackendProtocol':
      return { kind: 'backendProtocol', protocol: protocolOf(intent), entries };
    case 'awsHealthCheck':
      return { kind: 'healthCheck', parameters: parametersOf(intent.backend, intent.check), entries };
    case 'awsStickiness':
      return intent.enabled ? { ...affinityOf(intent), entries } : null;
    case 'awsBalancing': {
      const algorithm = ALGORITHMS.get(intent.algorithm);
      return algorithm === undefined ? null : { kind: 'loadBalancing', algorithm, entries };
    }
    case 'awsLoadBalancerName':
    case 'awsScheme':
    case 'awsIpAddressType':
    case 'awsSubnets':
    case 'awsSecurityGroups':
    case 'awsAddressPool':
    case 'awsLoadBalancerAttributes':
    case 'awsShield':
    case 'awsCapacity':
    case 'awsTags':
    case 'awsFrontendNlb':
    case 'awsCertificates':
    case 'awsMutualAuthentication':
    case 'awsTargetType':
    case 'awsTargetGroupAttributes':
    case 'awsTargetGroupTags':
    case 'awsNodeSelector':
    case 'awsMultiCluster':
    case 'awsTargetControl':
    case 'awsGroupStickiness':
    case 'awsExternalTargetGroups':
    case 'awsHostRewrite':
      return null;
    default:
      return intent satisfies never;
  }
}

/**
 * The same of one of Google Cloud. What nobody set of a health check is what GKE does by itself; where it asks is not known
 * then, as a readiness probe may say so.
 */
export function neutralFormOfGke(intent: IntentOf<'gke'>): Intent | null {
  const { entries } = intent;
  switch (intent.feature) {
    case 'healthCheck':
      return {
        kind: 'healthCheck',
        parameters: {
          ...(intent.type === null ? {} : { protocol: intent.type }),
          ...(intent.requestPath === null ? {} : { path: intent.requestPath }),
          ...(intent.port === null ? {} : { port: String(intent.port) }),
          interval: `${intent.checkIntervalSec ?? 15}s`,
          timeout: `${intent.timeoutSec ?? 15}s`,
          healthyThreshold: String(intent.healthyThreshold ?? 1),
          unhealthyThreshold: String(intent.unhealthyThreshold ?? 2),
          codes: '200',
        },
        entries,
      };
    case 'logging':
      // A share of the requests is no matter of on or off.
      return intent.enabled && intent.sampleRate < 1_000_000 ? null : { kind: 'accessLog', enabled: intent.enabled, entries };
    case 'containerNative':
    case 'transparentHealthChecker':
    case 'connectionDraining':
    case 'cdn':
    case 'http2OverTls':
    case 'headerVariables':
    case 'capacity':
    // Its name is the user's own and says nothing of versions and ciphers.
    case 'sslPolicy':
    case 'staticAddress':
    case 'certificates':
    case 'proxySecrets':
    case 'network':
      return null;
    default:
      return intent satisfies never;
  }
}

function oidcOf(
  provider: AwsIdentityProvider,
): { kind: 'oidc' } & Pick<Extract<Intent, { kind: 'oidc' }>, 'issuer' | 'secret' | 'parameters'> {
  if (provider.type === 'oidc') {
    const { issuer, secret, authorizationEndpoint, tokenEndpoint, userInfoEndpoint } = provider;
    return { kind: 'oidc', issuer, secret, parameters: { authorizationEndpoint, tokenEndpoint, userInfoEndpoint } };
  }
  // https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints.html
  const [, region = '', pool = ''] = /^arn:[^:]*:cognito-idp:([^:]*):[^:]*:userpool\/(.+)$/.exec(provider.userPoolArn) ?? [];
  const issuer = region === '' ? provider.userPoolArn : `https://cognito-idp.${region}.amazonaws.com/${pool}`;
  return { kind: 'oidc', issuer, secret: null, parameters: { clientId: provider.userPoolClientId, domain: provider.userPoolDomain } };
}

function claimsOf({ claims }: Extract<AwsIntent, { kind: 'awsJwt' }>): Readonly<Record<string, string>> {
  return Object.fromEntries(claims.map(({ name, values }) => [name, values.join(',')]));
}

/** By the names AWS gives its policies; null for those whose name says nothing. */
function lowestVersion(policy: string): string | null {
  if (/TLS13-1-3/.test(policy)) return '1.3';
  if (/TLS13-1-2|TLS-1-2|FS-1-2/.test(policy)) return '1.2';
  if (/TLS13-1-1|TLS-1-1|FS-1-1/.test(policy)) return '1.1';
  return /2016-08|2015-05|TLS13-1-0|TLS-1-0|FS-2018-06/.test(policy) ? '1.0' : null;
}

const RESPONSE_HEADERS: ReadonlyMap<string, string> = new Map([
  ['strict_transport_security', 'Strict-Transport-Security'],
  ['access_control_allow_origin', 'Access-Control-Allow-Origin'],
  ['access_control_allow_methods', 'Access-Control-Allow-Methods'],
  ['access_control_allow_headers', 'Access-Control-Allow-Headers'],
  ['access_control_allow_credentials', 'Access-Control-Allow-Credentials'],
  ['access_control_expose_headers', 'Access-Control-Expose-Headers'],
  ['access_control_max_age', 'Access-Control-Max-Age'],
  ['content_security_policy', 'Content-Security-Policy'],
  ['x_content_type_options', 'X-Content-Type-Options'],
  ['x_frame_options', 'X-Frame-Options'],
]);

/** The response header that a listener attribute sets; null for attributes that set none. */
export function responseHeaderOf(key: string): string | null {
  const [, name = ''] = /^routing\.http\.response\.(\w+)\.header_value$/.exec(key) ?? [];
  return RESPONSE_HEADERS.get(name) ?? null;
}

function responseHeadersOf(attributes: readonly AwsKeyValue[]): readonly HeaderValue[] | null {
  const headers = attributes.flatMap(({ key, value }) => {
    const name = responseHeaderOf(key);
    return name === null ? [] : [{ name, value }];
  });
  return headers.length === attributes.length ? headers : null;
}

function protocolOf({ protocol, version }: Extract<AwsIntent, { kind: 'awsBackendProtocol' }>) {
  if (version === 'GRPC') return protocol === 'HTTPS' ? 'GRPCS' : 'GRPC';
  if (protocol === 'HTTPS') return 'HTTPS';
  return version === 'HTTP2' ? 'HTTP2' : 'HTTP';
}

function parametersOf(backend: AwsBackend, check: AwsHealthCheck): Readonly<Record<string, string>> {
  return {
    service: `${backend.namespace}/${backend.service}`,
    port: check.port,
    protocol: check.protocol,
    path: check.path,
    interval: `${check.intervalSeconds}s`,
    timeout: `${check.timeoutSeconds}s`,
    healthyThreshold: String(check.healthyThreshold),
    unhealthyThreshold: String(check.unhealthyThreshold),
    codes: check.codes,
  };
}

function affinityOf({ by, cookie, durationSeconds }: Extract<AwsIntent, { kind: 'awsStickiness' }>) {
  return {
    kind: 'sessionAffinity' as const,
    by: 'cookie' as const,
    cookie: {
      // The load balancer's own is AWSALB; with an application cookie it adds AWSALBAPP-0 beside that of the application.
      name: by === 'application-cookie' && cookie !== null ? cookie : 'AWSALB',
      maxAgeSeconds: durationSeconds,
      path: '/',
      domain: null,
      sameSite: null,
      conditionalSameSiteNone: false,
      secure: null,
      partitioned: false,
      changeOnFailure: true,
    },
    mode: 'balanced' as const,
    canary: 'sticky' as const,
  };
}

const ALGORITHMS: ReadonlyMap<string, 'round-robin' | 'least-request' | 'random'> = new Map([
  ['round_robin', 'round-robin'],
  ['least_outstanding_requests', 'least-request'],
  ['weighted_random', 'random'],
]);
