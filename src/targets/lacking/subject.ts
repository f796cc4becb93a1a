import type { CommonIntent, SecretName } from '../../intent/intent.ts';
import { statusWords } from '../../intent/status-words.ts';

/** What an intent asks for, as the subject of a sentence that says what became of it. */
export function subjectOf(intent: CommonIntent): string {
  switch (intent.kind) {
    case 'basicAuth':
      return `${intent.scheme} authentication against Secret ${secretText(intent.secret)}`;
    case 'externalAuth':
      return `asking ${intent.url} before each request`;
    case 'oidc':
      return intent.issuer === '' ? 'sign-in' : `sign-in at ${intent.issuer}`;
    case 'jwt':
      return `the check of tokens of ${intent.issuer}`;
    case 'clientCertificate':
      return `the check of client certificates against Secret ${secretText(intent.secret)}`;
    case 'allowList':
      return `admission by client address (${count(intent.ranges.length, 'range')})`;
    case 'denyList':
      return `refusal by client address (${count(intent.ranges.length, 'range')})`;
    case 'satisfyAny':
      return 'the choice between an address list and authentication';
    case 'waf':
      return `the rules of the web application firewall ${intent.engine}`;
    case 'iap':
      return 'Identity-Aware Proxy';
    case 'cloudArmor':
      return `the Cloud Armor policy ${intent.policy}`;
    case 'rawAccessControl':
      return `access rules written in ${intent.language} (${intent.restricts})`;
    case 'rateLimit':
      return `the limit of ${count(intent.requests, 'request')} a ${intent.per} and client`;
    case 'connectionLimit':
      return `the limit of ${count(intent.perClient, 'connection')} a client`;
    case 'bandwidthLimit':
      return `the limit of ${intent.bytesPerSecond} bytes a second for responses`;
    case 'bodySize':
      return intent.bytes === 0 ? 'bodies of any size' : `the limit of ${intent.bytes} bytes for request bodies`;
    case 'connectTimeout':
      return `the time to connect to a backend (${intent.ms} ms)`;
    case 'idleTimeout':
      return `the longest silence while ${intent.direction === 'read' ? 'reading from' : 'sending to'} a backend (${intent.ms} ms)`;
    case 'requestTimeout':
      return `the time for a whole request (${intent.ms} ms)`;
    case 'retry':
      return intent.tries === 1 || intent.on.includes('off') ? 'that requests are never retried' : `retries on ${intent.on.join(', ')}`;
    case 'sessionAffinity':
      return `keeping clients on one endpoint by ${AFFINITY[intent.by]}`;
    case 'loadBalancing':
      return `the choice of endpoints by ${intent.algorithm}`;
    case 'hashing':
      return `keeping requests on one endpoint by ${intent.key}`;
    case 'backendProtocol':
      return `speaking ${intent.protocol} to the backend`;
    case 'backendTls':
      return intent.verify ? "verification of the backend's certificate" : 'TLS to the backend without verification';
    case 'serviceUpstream':
      return "sending requests to the Service's own address";
    case 'healthCheck':
      return 'health checks of the endpoints';
    case 'fallbackBackend':
      return `Service ${intent.service} as the fallback`;
    case 'cors':
      return `answering other origins (${intent.origins.join(', ')})`;
    case 'requestHeaders':
      return 'headers of requests';
    case 'responseHeaders':
      return 'headers of responses';
    case 'upstreamHost':
      return `the Host header ${intent.host} for the backend`;
    case 'mirror':
      return `copies of requests to ${intent.service === null ? intent.url : `Service ${intent.service.namespace}/${intent.service.name}`}`;
    case 'customErrors':
      return `error pages of ${intent.service === null ? 'the default backend' : `Service ${intent.service}`} for status ${statusWords(intent.statuses)}`;
    case 'hsts':
      return 'Strict-Transport-Security';
    case 'buffering':
      return `buffering of ${sides(intent.request, intent.response)}`;
    case 'compression':
      return `that compression is ${onOrOff(intent.enabled)}`;
    case 'accessLog':
      return `that the access log is ${onOrOff(intent.enabled)}`;
    case 'tracing':
      return `that tracing is ${onOrOff(intent.enabled)}`;
    case 'tlsPolicy':
      return `the ${[intent.minVersion === null ? '' : 'lowest TLS version', intent.ciphers === null ? '' : 'list of TLS ciphers', intent.preferServerCiphers === null ? '' : 'order of TLS ciphers'].filter((part) => part !== '').join(' and ') || 'TLS policy'} towards clients`;
    case 'httpVersions':
      return `which versions of HTTP are offered`;
    default:
      return intent satisfies never;
  }
}

const AFFINITY = { cookie: 'a cookie', 'client-address': 'client address', header: 'a header' } as const;

function secretText(secret: SecretName | null): string {
  return secret === null ? 'that is not named' : `${secret.namespace}/${secret.name}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function sides(request: boolean | null, response: boolean | null): string {
  const named = [request === null ? '' : 'requests', response === null ? '' : 'responses'].filter((side) => side !== '');
  return named.length === 0 ? 'messages' : named.join(' and ');
}

function onOrOff(enabled: boolean): string {
  return enabled ? 'on' : 'off';
}
