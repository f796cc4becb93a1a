import type { Intent } from '../../src/intent/intent.ts';
import type { Entry } from '../../src/model/entry.ts';
import { type Codec, goBool, goInt, oneOf, text } from '../../src/rule/codec.ts';
import { carry, type Row, rowsAsRules } from '../../src/rule/row.ts';
import type { AnyRule } from '../../src/rule/rule.ts';
import { basicAuth, clientCertificate, externalAuth, sourceRange } from './access.ts';
import { manual, PREFIX } from './annotation.ts';
import { backendTls } from './backend-tls.ts';
import { limits } from './limits.ts';
import { sessionAffinity } from './session-affinity.ts';
import { snippets } from './snippets.ts';
import { customErrors, hashing, mirror, retries, waf } from './traffic.ts';

/** nginx sizes: bytes, or with k, m or g. */
const size: Codec<number> = {
  name: 'size',
  parse(value) {
    const [, digits, unit = ''] = /^(\d+)([kKmMgG]?)$/.exec(value) ?? [];
    if (digits === undefined) return { ok: false, reason: 'no size such as 8m' };
    const factor = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }[unit.toLowerCase()] ?? 1;
    return { ok: true, value: Number(digits) * factor };
  },
};

const onOff = oneOf('on', 'off');

function buffering(request: boolean | null, response: boolean | null, entry: Entry): Intent {
  return { kind: 'buffering', request, response, parameters: { [entry.name]: entry.value }, entries: [entry] };
}

function idle(direction: 'read' | 'send') {
  return (seconds: number, entry: Entry): Intent => ({ kind: 'idleTimeout', direction, ms: seconds * 1000, entries: [entry] });
}

const OF_THE_IMPLEMENTATION = 'It is a setting of the implementation, if it has one.';

/** Annotations that are only a row; removed ones are known so that nobody takes them for misspelt. */
const rows: readonly Row[] = [
  carry('proxy-body-size', size, 1024 ** 2, 'bodySize', (bytes, entry) => ({ kind: 'bodySize', bytes, entries: [entry] })),
  carry('proxy-connect-timeout', goInt, 5, 'connectTimeout', (seconds, entry) => ({
    kind: 'connectTimeout',
    ms: seconds * 1000,
    entries: [entry],
  })),
  carry('proxy-read-timeout', goInt, 60, 'idleTimeout', idle('read')),
  carry('proxy-send-timeout', goInt, 60, 'idleTimeout', idle('send')),
  carry('proxy-buffering', onOff, 'off', 'buffering', (value, entry) => buffering(null, value === 'on', entry)),
  carry('proxy-request-buffering', onOff, 'on', 'buffering', (value, entry) => buffering(value === 'on', null, entry)),
  carry('client-body-buffer-size', size, 8192, 'buffering', (_, entry) => buffering(null, null, entry)),
  carry('proxy-buffers-number', goInt, 4, 'buffering', (_, entry) => buffering(null, null, entry)),
  carry('proxy-buffer-size', size, 4096, 'buffering', (_, entry) => buffering(null, null, entry)),
  carry('proxy-busy-buffers-size', size, null, 'buffering', (_, entry) => buffering(null, null, entry)),
  carry('proxy-max-temp-file-size', size, 1024 ** 3, 'buffering', (_, entry) => buffering(null, null, entry)),
  carry('enable-access-log', goBool, true, 'accessLog', (enabled, entry) => ({ kind: 'accessLog', enabled, entries: [entry] })),
  carry('enable-opentelemetry', goBool, null, 'tracing', (enabled, entry) => ({
    kind: 'tracing',
    enabled,
    parameters: {},
    entries: [entry],
  })),
  carry('satisfy', oneOf('any', 'all'), 'all', 'satisfyAny', (_, entry) => ({ kind: 'satisfyAny', entries: [entry] })),
  carry('ssl-ciphers', text, null, 'tlsPolicy', (ciphers, entry) => ({
    kind: 'tlsPolicy',
    minVersion: null,
    ciphers,
    preferServerCiphers: null,
    entries: [entry],
  })),
  carry('ssl-prefer-server-ciphers', goBool, null, 'tlsPolicy', (prefer, entry) => ({
    kind: 'tlsPolicy',
    minVersion: null,
    ciphers: null,
    preferServerCiphers: prefer,
    entries: [entry],
  })),
  {
    row: 'unmapped',
    name: 'custom-headers',
    why: 'the response headers stand in a ConfigMap of the controller',
    instead: 'Write them into a ResponseHeaderModifier filter of the routes.',
  },
  {
    row: 'unmapped',
    name: 'connection-proxy-header',
    why: "the Connection header towards the backend is the implementation's",
    instead: OF_THE_IMPLEMENTATION,
  },
  {
    row: 'unmapped',
    name: 'fastcgi-index',
    why: 'FastCGI has no counterpart in Gateway API',
    instead: 'Put a web server that speaks HTTP in front of the backend.',
  },
  {
    row: 'unmapped',
    name: 'fastcgi-params-configmap',
    why: 'FastCGI has no counterpart in Gateway API',
    instead: 'Put a web server that speaks HTTP in front of the backend.',
  },
  {
    row: 'unmapped',
    name: 'proxy-cookie-domain',
    why: "rewriting of the backend's cookies has no counterpart",
    instead: 'Let the backend set the domain that clients should see.',
  },
  {
    row: 'unmapped',
    name: 'proxy-cookie-path',
    why: "rewriting of the backend's cookies has no counterpart",
    instead: 'Let the backend set the path that clients should see.',
  },
  {
    row: 'unmapped',
    name: 'proxy-redirect-from',
    why: "rewriting of the backend's Location header has no counterpart",
    instead: 'Let the backend redirect to the address that clients should see.',
    differs: ['redirect'],
  },
  {
    row: 'unmapped',
    name: 'proxy-redirect-to',
    why: "rewriting of the backend's Location header has no counterpart",
    instead: 'Let the backend redirect to the address that clients should see.',
    differs: ['redirect'],
  },
  {
    row: 'unmapped',
    name: 'proxy-http-version',
    why: "the HTTP version towards the backend is the implementation's",
    instead: OF_THE_IMPLEMENTATION,
  },
  { row: 'unmapped', name: 'opentelemetry-operation-name', why: "names of spans are the implementation's", instead: OF_THE_IMPLEMENTATION },
  {
    row: 'unmapped',
    name: 'opentelemetry-trust-incoming-span',
    why: "trust in incoming spans is the implementation's",
    instead: OF_THE_IMPLEMENTATION,
  },
  { row: 'inert', name: 'enable-rewrite-log', why: 'it only concerns the log of the controller itself' },
  { row: 'inert', name: 'http2-push-preload', why: 'browsers have dropped HTTP/2 push' },
  ...['enable-influxdb', 'influxdb-measurement', 'influxdb-port', 'influxdb-host', 'influxdb-server-name'].map(
    (name): Row => ({ row: 'inert', name, why: 'removed in ingress-nginx 1.7.1' }),
  ),
  ...['secure-backends', 'grpc-backend'].map(
    (name): Row => ({ row: 'inert', name, why: 'removed in ingress-nginx 0.21.0; backend-protocol took its place' }),
  ),
  ...['global-rate-limit', 'global-rate-limit-window', 'global-rate-limit-key', 'global-rate-limit-ignored-cidrs'].map(
    (name): Row => ({ row: 'inert', name, why: 'removed in ingress-nginx 1.12.0: it limits nothing there' }),
  ),
  ...['enable-opentracing', 'opentracing-trust-incoming-span'].map(
    (name): Row => ({ row: 'inert', name, why: 'removed in ingress-nginx 1.9.5' }),
  ),
  { row: 'inert', name: 'secure-verify-ca-secret', why: 'removed in ingress-nginx 1.7.1: it verifies nothing there' },
  { row: 'inert', name: 'session-cookie-hash', why: 'removed in ingress-nginx 0.24.0' },
];

/** Everything that does not decide who answers a request. */
export const annotationRules: readonly AnyRule[] = [
  backendTls,
  basicAuth,
  clientCertificate,
  customErrors,
  externalAuth,
  hashing,
  limits,
  mirror,
  retries,
  sessionAffinity,
  snippets,
  sourceRange,
  waf,
  ...rowsAsRules('nginx', PREFIX, manual(), rows),
];
