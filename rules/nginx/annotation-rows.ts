import { goBool } from '../../src/rule/codec.ts';
import { carryRow, inertRow, lostRow, type Row } from '../../src/rule/row.ts';
import { option } from './value-codecs.ts';

/** Annotations with one value, one effect and no partner. */
export const annotationRows: readonly Row[] = [
  carryRow('enable-access-log', goBool, true, 'accessLog', (enabled, entry) => ({ kind: 'accessLog', enabled, entries: [entry] })),
  lostRow({
    name: 'connection-proxy-header',
    codec: option('keep-alive', 'close'),
    onInvalid: 'refused',
    why: 'the Connection header towards backends belongs to the proxy itself, and no route can set it; the header that was set here kept WebSockets from working on these paths, which they do now',
    instead: 'Look for keep-alive settings of the implementation. A RequestHeaderModifier must not be used for it.',
    differs: ['headers'],
  }),
  lostRow({
    name: 'proxy-http-version',
    codec: option('1.0', '1.1'),
    default: '1.1',
    why: 'backends are spoken to in HTTP/1.1 by every implementation, not in HTTP/1.0',
    instead: 'Check that the backend understands HTTP/1.1: chunked bodies and kept connections are what differs.',
    differs: ['headers'],
  }),
  inertRow({
    name: 'enable-rewrite-log',
    codec: goBool,
    why: "it writes rewrites to the controller's own error log and changes no request",
  }),
  inertRow({
    name: 'http2-push-preload',
    codec: goBool,
    onInvalid: 'refused',
    why: "the controller's nginx has no HTTP/2 push any more, nor have browsers",
  }),
];

const metrics = ['enable-influxdb', 'influxdb-measurement', 'influxdb-port', 'influxdb-host', 'influxdb-server-name'];
const globalLimit = ['global-rate-limit', 'global-rate-limit-window', 'global-rate-limit-key', 'global-rate-limit-ignored-cidrs'];

/** Annotations of the past that the controller does not read any more; known, so that nobody takes them for misspelt. */
export const removedRows: readonly Row[] = [
  ...metrics.map((name) => inertRow({ name, why: 'metrics for InfluxDB were removed in ingress-nginx 1.7.1' })),
  inertRow({
    name: 'secure-verify-ca-secret',
    why: 'secure-verify-ca-secret was removed in ingress-nginx 1.7.1: the backend it names is not verified today',
    instead: 'Name the authority in a BackendTLSPolicy if the backend speaks TLS.',
    security: true,
  }),
  inertRow({
    name: 'secure-backends',
    why: 'secure-backends was removed in ingress-nginx 0.21.0: the backend is spoken to without TLS today, unless backend-protocol says otherwise',
    instead: 'If the backend is to be spoken to over TLS, set backend-protocol: HTTPS and convert again.',
    security: true,
  }),
  inertRow({
    name: 'grpc-backend',
    why: 'grpc-backend was removed in ingress-nginx 0.21.0: the backend is spoken to in plain HTTP today, unless backend-protocol says otherwise',
    instead: 'If the backend speaks gRPC, set backend-protocol: GRPC and convert again.',
  }),
  inertRow({
    name: 'session-cookie-hash',
    why: 'session-cookie-hash was removed in ingress-nginx 0.24.0; the cookie is hashed in one way only',
  }),
  ...['enable-opentracing', 'opentracing-trust-incoming-span'].map((name) =>
    inertRow({ name, why: 'OpenTracing was removed in ingress-nginx 1.9.5', instead: 'enable-opentelemetry took its place.' }),
  ),
  ...globalLimit.map((name) =>
    inertRow({
      name,
      why: `${name} was removed in ingress-nginx 1.12.0: it limits nothing today`,
      instead: 'If these paths are to be limited, set limit-rps and convert again, or use a rate limit of the implementation.',
      security: true,
    }),
  ),
];
