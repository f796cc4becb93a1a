import type { HeaderValue, IntentOf } from '../../intent/intent.ts';
import { statusWords } from '../../intent/status-words.ts';
import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import type { Lowering, LoweringContext } from '../contract.ts';
import { byHand, converted, type Lower, placeOf, unmapped } from '../lowering.ts';
import { preciseHost } from '../standard/hostname.ts';

const REFUSED = 'a filter that says so would keep the controller from building the whole Gateway';

const find = defineFindings('aws-alb', {
  'cors/none': {
    level: 'warning',
    message: (a: { origins: string }) =>
      `browsers on other origins (${a.origins}) are refused: the load balancer has no CORS, and ${REFUSED}`,
    help: () =>
      'Let the backend answer with the headers. For a whole listener and fixed values there are attributes such as routing.http.response.access_control_allow_origin.header_value, without answers to preflight requests.',
    differs: ['headers', 'status'],
  },
  'headers/none': {
    level: 'warning',
    message: (a: { direction: string; headers: string }) => `${a.direction} headers are not changed any more (${a.headers}): ${REFUSED}`,
    help: () => 'Let the backend set them. The load balancer itself adds X-Forwarded-For, X-Forwarded-Proto and X-Forwarded-Port.',
    differs: ['headers'],
  },
  'headers/by-listener': {
    level: 'warning',
    message: (a: { headers: string }) =>
      `response headers (${a.headers}) were not written: the load balancer sets them for a whole listener, every host of it, and ${REFUSED}`,
    help: (a: { headers: string; attributes: string }) =>
      `If they may hold for every host of the port, add them to its entry of listenerConfigurations in the LoadBalancerConfiguration: listenerAttributes: [${a.attributes}].`,
    differs: ['headers'],
  },
  'upstream-host/not-plain': {
    level: 'warning',
    message: (a: { host: string }) => `the Host header ${a.host} for the backend cannot be written: a URLRewrite takes one plain host name`,
    help: () => "The backend sees the client's Host header: let it accept any, or name the host without variables.",
    differs: ['headers'],
  },
  'mirror/none': {
    level: 'warning',
    message: (a: { url: string }) => `no copies of requests are sent to ${a.url}: the load balancer mirrors nothing, and ${REFUSED}`,
    help: () => 'VPC traffic mirroring copies packets of network interfaces; for copies of requests, put a proxy in front of the backend.',
  },
  'custom-errors/none': {
    level: 'warning',
    message: (a: { statuses: string }) =>
      `errors (${a.statuses}) are no longer replaced by pages of another Service: the load balancer passes on what the backend says`,
    help: () => 'CloudFront in front of the load balancer has custom error responses; else let the backend answer with its own pages.',
    differs: ['status'],
  },
  'buffering/none': {
    level: 'note',
    message: (_: NoArgs) => 'buffering is no setting of the load balancer: it streams requests and responses',
  },
  'compression/none': {
    level: 'note',
    message: (_: NoArgs) => 'responses are no longer compressed: the load balancer does not',
    help: () => 'Let the backend compress, or CloudFront in front of the load balancer.',
    differs: ['headers'],
  },
  'access-log/bucket': {
    level: 'warning',
    message: (_: NoArgs) => 'access logs go to an S3 bucket, for the whole load balancer, which the input does not name',
    help: () =>
      'Set loadBalancerAttributes in the LoadBalancerConfiguration: [{key: access_logs.s3.enabled, value: "true"}, {key: access_logs.s3.bucket, value: BUCKET}], with a bucket policy that lets the load balancer write.',
  },
  'tracing/none': {
    level: 'note',
    message: (_: NoArgs) => 'the load balancer sends no spans; it adds X-Amzn-Trace-Id to requests',
    help: () => 'Let the backend begin traces, from that header if they should join.',
  },
});

export const cors: Lower<'cors'> = (intent, context) =>
  unmapped(find['cors/none']({ origins: intent.origins.join(', ') || 'any' }, placeOf(intent, context)));

export const requestHeaders: Lower<'requestHeaders'> = (intent, context) => {
  const others = intent.set.filter(({ name }) => name.toLowerCase() !== 'host');
  const host = intent.set.findLast(({ name }) => name.toLowerCase() === 'host');
  const hostname = host === undefined ? null : preciseHost(host.value);
  // Setting Host is what URLRewrite is for.
  if (others.length + intent.add.length + intent.remove.length === 0 && hostname !== null) return converted({ hostname });
  return unmapped(find['headers/none']({ direction: 'request', headers: namesOf(intent) }, placeOf(intent, context)));
};

export const responseHeaders: Lower<'responseHeaders'> = (intent, context) => {
  const attributes = intent.add.length + intent.remove.length > 0 ? [] : intent.set.map(attributeOf);
  if (attributes.length === 0 || attributes.includes(null)) {
    return unmapped(find['headers/none']({ direction: 'response', headers: namesOf(intent) }, placeOf(intent, context)));
  }
  return byListener(intent.set, context, placeOf(intent, context));
};

export const hsts: Lower<'hsts'> = (intent, context) => {
  const value = [
    `max-age=${intent.maxAgeSeconds}`,
    ...(intent.includeSubDomains ? ['includeSubDomains'] : []),
    ...(intent.preload ? ['preload'] : []),
  ];
  return byListener([{ name: 'Strict-Transport-Security', value: value.join('; ') }], context, placeOf(intent, context));
};

function byListener(headers: readonly HeaderValue[], _: LoweringContext, place: ReturnType<typeof placeOf>): Lowering {
  const attributes = headers.map((header) => `{key: ${attributeOf(header)}, value: ${JSON.stringify(header.value)}}`).join(', ');
  return byHand(find['headers/by-listener']({ headers: headers.map(({ name }) => name).join(', '), attributes }, place));
}

const SETTABLE: readonly string[] = [
  'strict-transport-security',
  'access-control-allow-origin',
  'access-control-allow-methods',
  'access-control-allow-headers',
  'access-control-allow-credentials',
  'access-control-expose-headers',
  'access-control-max-age',
  'content-security-policy',
  'x-content-type-options',
  'x-frame-options',
];

/** The listener attribute that sets a response header; null for headers that have none. */
function attributeOf({ name }: HeaderValue): string | null {
  const lower = name.toLowerCase();
  return SETTABLE.includes(lower) ? `routing.http.response.${lower.replaceAll('-', '_')}.header_value` : null;
}

function namesOf({ set, add, remove }: Pick<IntentOf<'requestHeaders'>, 'set' | 'add' | 'remove'>): string {
  return [...set, ...add]
    .map(({ name }) => name)
    .concat(remove)
    .join(', ');
}

export const upstreamHost: Lower<'upstreamHost'> = (intent, context) => {
  const hostname = preciseHost(intent.host);
  return hostname === null
    ? unmapped(find['upstream-host/not-plain']({ host: intent.host }, placeOf(intent, context)))
    : converted({ hostname });
};

export const mirror: Lower<'mirror'> = (intent, context) => unmapped(find['mirror/none']({ url: intent.url }, placeOf(intent, context)));

export const customErrors: Lower<'customErrors'> = (intent, context) =>
  unmapped(find['custom-errors/none']({ statuses: statusWords(intent.statuses) }, placeOf(intent, context)));

export const buffering: Lower<'buffering'> = (intent, context) => unmapped(find['buffering/none']({}, placeOf(intent, context)));

export const compression: Lower<'compression'> = (intent, context) =>
  intent.enabled ? unmapped(find['compression/none']({}, placeOf(intent, context))) : converted({});

/** The load balancer writes none unless it is told where to. */
export const accessLog: Lower<'accessLog'> = (intent, context) =>
  intent.enabled ? byHand(find['access-log/bucket']({}, placeOf(intent, context))) : converted({});

export const tracing: Lower<'tracing'> = (intent, context) =>
  intent.enabled ? unmapped(find['tracing/none']({}, placeOf(intent, context))) : converted({});
