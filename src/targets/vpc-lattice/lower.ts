import type { Intent } from '../../intent/intent.ts';
import { isAwsIntent } from '../../intent/neutral.ts';
import type { Lowering, LoweringContext } from '../contract.ts';
import { converted, inert, placeOf, unmapped } from '../lowering.ts';
import { gkeIntent } from '../standard/gke.ts';
import { backendProtocol, backendTls } from './backends.ts';
import { latticeFindings as find } from './findings.ts';
import { lowerAws } from './lower-aws.ts';

const IAM =
  'Callers within AWS can be let in by an IAMAuthPolicy on the route, which makes them sign their requests; for anything else put a proxy that checks in front of the backend.';
const BACKEND = 'Let the backend do it, or a proxy in front of it.';
const CLIENTS = 'Let clients or the backend see to it.';

/** Every intent gets an answer, one line a kind. */
export function lower(intent: Intent, context: LoweringContext): Lowering {
  if (isAwsIntent(intent)) return lowerAws(intent, context);
  const place = placeOf(intent, context);
  const closes = (what: string, nearest = IAM) => unmapped(find['protection/lost']({ what, nearest }, place));
  const lost = (what: string, nearest = BACKEND) => unmapped(find['setting/lost']({ what, nearest }, place));
  const none = (what: string) => unmapped(find['setting/none']({ what }, place));
  switch (intent.kind) {
    case 'basicAuth':
      return closes(`${intent.scheme} authentication`);
    case 'externalAuth':
      return closes(`asking ${intent.url} before each request`);
    case 'oidc':
      return closes(`sign-in at ${intent.issuer}`);
    case 'jwt':
      return closes(`validation of tokens of ${intent.issuer}`);
    case 'clientCertificate':
      return intent.verify === 'off'
        ? inert(find['setting/none']({ what: 'verification of client certificates, which is off,' }, place))
        : closes('verification of client certificates');
    case 'allowList':
      return closes(
        `the list of ${intent.ranges.length} allowed address ranges`,
        'An IAMAuthPolicy with a condition on aws:SourceIp comes nearest, for the whole route; or security groups of the VpcAssociationPolicy.',
      );
    case 'denyList':
      return closes(
        `the list of ${intent.ranges.length} denied address ranges`,
        'An IAMAuthPolicy with a Deny statement on aws:SourceIp comes nearest, for the whole route.',
      );
    case 'satisfyAny':
      return lost('the choice between address list and authentication');
    case 'waf':
      return closes(`the firewall ${intent.engine}`);
    case 'iap':
      return closes('Identity-Aware Proxy');
    case 'cloudArmor':
      return closes(`the Cloud Armor policy ${intent.policy}`);
    case 'rawAccessControl':
      return closes(`access control in ${intent.language} (${intent.restricts})`);
    case 'rateLimit':
      return lost(`the limit of ${intent.requests} requests a ${intent.per}`);
    case 'connectionLimit':
      return lost(`the limit of ${intent.perClient} connections for each client`);
    case 'bandwidthLimit':
      return lost('the limit of bandwidth');
    case 'bodySize':
      return intent.bytes === 0 ? converted({}) : lost(`the limit of ${intent.bytes} bytes for a body`);
    case 'connectTimeout':
      return lost(`the time to connect (${intent.ms} ms)`, CLIENTS);
    case 'idleTimeout':
      return lost(
        `the longest silence (${intent.ms} ms)`,
        'VPC Lattice ends connections that are idle for a minute, and any after ten: let long requests answer at once and be asked for again.',
      );
    case 'requestTimeout':
      return intent.ms === 0 ? none('that requests may take any time') : lost(`the limit of ${intent.ms} ms for a request`, CLIENTS);
    case 'retry':
      return intent.tries === 1 || intent.on.includes('off') ? converted({}) : lost('retrying', CLIENTS);
    case 'sessionAffinity':
      return lost('that clients stay on one endpoint', 'Keep state outside the pods.');
    case 'loadBalancing':
      return intent.algorithm === 'round-robin' ? converted({}) : none(`the choice of endpoints by ${intent.algorithm}`);
    case 'hashing':
      return lost(`that requests stay on one endpoint by ${intent.key}`, 'Keep state outside the pods.');
    case 'backendProtocol':
      return backendProtocol(intent, context);
    case 'backendTls':
      return backendTls(intent, context);
    case 'serviceUpstream':
      return none("that requests go to the Service's own address");
    case 'healthCheck':
      return lost('the health check', 'Set healthCheck in the TargetGroupPolicy.');
    case 'fallbackBackend':
      return lost(`that Service ${intent.service} answers in need`);
    case 'cors':
      return lost('CORS');
    case 'requestHeaders':
      return lost('the change of request headers');
    case 'responseHeaders':
      return lost('the change of response headers');
    case 'upstreamHost':
      return lost(`the Host header ${intent.host} for the backend`, "The backend sees the client's Host header: let it accept any.");
    case 'mirror':
      return lost(`sending copies of requests to ${intent.url}`);
    case 'customErrors':
      return lost('error pages of another Service');
    case 'hsts':
      return lost('Strict-Transport-Security');
    case 'buffering':
      return none('buffering');
    case 'compression':
      return intent.enabled ? lost('compression') : converted({});
    case 'accessLog':
      return intent.enabled
        ? lost('access logs', 'Add an AccessLogPolicy for the Gateway with the ARN of a bucket, a log group or a stream.')
        : converted({});
    case 'tracing':
      return intent.enabled ? none('tracing') : converted({});
    case 'tlsPolicy':
      return lost('the choice of TLS versions and ciphers', 'VPC Lattice has its own.');
    case 'httpVersions':
      return none('the choice of HTTP versions');
    case 'gke':
      return gkeIntent(intent, context, lower);
    default:
      return intent satisfies never;
  }
}
