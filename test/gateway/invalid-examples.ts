import type { Release } from '../../src/gateway/release.ts';
import type { ExtensionObject } from '../../src/gateway/types.ts';
import { release } from './examples.ts';

/** An object that breaks one rule of what the API server checks. */
export interface InvalidExample {
  /** Number in the checklist of what the API server rejects. */
  readonly rule: string;
  readonly what: string;
  readonly object: ExtensionObject;
  /** Where the constraints must report it. */
  readonly path: string;
  readonly release: Release;
  /** The API server takes it, we refuse it all the same. */
  readonly stricter: boolean;
}

type Spec = Readonly<Record<string, unknown>>;

export const STANDARD = release('1.6', 'standard');
export const EXPERIMENTAL = release('1.6', 'experimental');

const service = { name: 'web', port: 80 };

function object(kind: string, spec: Spec, version = 'v1'): ExtensionObject {
  return { apiVersion: `gateway.networking.k8s.io/${version}`, kind, metadata: { name: 'x', namespace: 'shop' }, spec };
}

/** Valid objects, each as small as it may be; `spec` overrides fields. */
export const minimal = {
  GatewayClass: (spec: Spec = {}): ExtensionObject => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GatewayClass',
    metadata: { name: 'x' },
    spec: { controllerName: 'example.com/x', ...spec },
  }),
  Gateway: (spec: Spec = {}) =>
    object('Gateway', { gatewayClassName: 'nginx', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }], ...spec }),
  ListenerSet: (spec: Spec = {}) =>
    object('ListenerSet', { parentRef: { name: 'edge' }, listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }], ...spec }),
  HTTPRoute: (spec: Spec = {}) => object('HTTPRoute', { parentRefs: [{ name: 'edge' }], rules: [{ backendRefs: [service] }], ...spec }),
  GRPCRoute: (spec: Spec = {}) => object('GRPCRoute', { parentRefs: [{ name: 'edge' }], rules: [{ backendRefs: [service] }], ...spec }),
  TLSRoute: (spec: Spec = {}) =>
    object('TLSRoute', { parentRefs: [{ name: 'edge' }], hostnames: ['a.example.com'], rules: [{ backendRefs: [service] }], ...spec }),
  TCPRoute: (spec: Spec = {}) => object('TCPRoute', { parentRefs: [{ name: 'edge' }], rules: [{ backendRefs: [service] }], ...spec }),
  UDPRoute: (spec: Spec = {}) => object('UDPRoute', { parentRefs: [{ name: 'edge' }], rules: [{ backendRefs: [service] }], ...spec }),
  ReferenceGrant: (spec: Spec = {}) =>
    object('ReferenceGrant', {
      from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop' }],
      to: [{ group: '', kind: 'Service' }],
      ...spec,
    }),
  BackendTLSPolicy: (spec: Spec = {}) =>
    object('BackendTLSPolicy', {
      targetRefs: [{ group: '', kind: 'Service', name: 'web' }],
      validation: { hostname: 'web.internal', wellKnownCACertificates: 'System' },
      ...spec,
    }),
} as const;

export function many<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

type Options = { readonly release?: Release; readonly stricter?: boolean };
type Row = readonly [rule: string, what: string, object: ExtensionObject, path: string, options?: Options];

function rule(fields: Spec): ExtensionObject {
  return minimal.HTTPRoute({ rules: [fields] });
}
function match(fields: Spec): ExtensionObject {
  return rule({ matches: [fields], backendRefs: [service] });
}
function exact(value: string): ExtensionObject {
  return match({ path: { type: 'Exact', value } });
}
function filters(...list: Spec[]): ExtensionObject {
  return rule({ filters: list, backendRefs: [service] });
}
function modifier(fields: Spec): ExtensionObject {
  return filters({ type: 'RequestHeaderModifier', requestHeaderModifier: fields });
}
function redirect(fields: Spec): ExtensionObject {
  return rule({ filters: [{ type: 'RequestRedirect', requestRedirect: fields }] });
}
function rewrite(fields: Spec): Spec {
  return { type: 'URLRewrite', urlRewrite: fields };
}
function mirror(fields: Spec): ExtensionObject {
  return filters({ type: 'RequestMirror', requestMirror: { backendRef: service, ...fields } });
}
function cors(fields: Spec): ExtensionObject {
  return filters({ type: 'CORS', cors: fields });
}
function auth(fields: Spec): ExtensionObject {
  return filters({ type: 'ExternalAuth', externalAuth: fields });
}
function parents(...parentRefs: Spec[]): ExtensionObject {
  return minimal.HTTPRoute({ parentRefs });
}
function listener(fields: Spec): ExtensionObject {
  return minimal.Gateway({ listeners: [{ name: 'x', port: 443, protocol: 'HTTPS', ...fields }] });
}
function tls(validation: Spec): ExtensionObject {
  return minimal.BackendTLSPolicy({ validation });
}

const experimental = { release: EXPERIMENTAL };
const stricter = { stricter: true };
const filter0 = 'spec.rules[0].filters[0]';
const match0 = 'spec.rules[0].matches[0]';
const listener0 = 'spec.listeners[0]';
const prefixRewrite = rewrite({ path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } });
const headerFilter = { type: 'RequestHeaderModifier', requestHeaderModifier: { remove: ['X-A'] } };
const header = { name: 'X-A', value: 'a' };
const caRef = { group: '', kind: 'ConfigMap', name: 'ca' };

const METADATA_AND_REFERENCES: readonly Row[] = [
  ['A01', '33 parentRefs', parents(...many(33, (i) => ({ name: `g${i}` }))), 'spec.parentRefs'],
  ['A01', 'empty name', parents({ name: '' }), 'spec.parentRefs[0].name'],
  ['A01', 'long name', parents({ name: 'a'.repeat(254) }), 'spec.parentRefs[0].name'],
  ['A01', 'namespace with dot', parents({ name: 'g', namespace: 'a.b' }), 'spec.parentRefs[0].namespace'],
  ['A01', 'long namespace', parents({ name: 'g', namespace: 'a'.repeat(64) }), 'spec.parentRefs[0].namespace'],
  ['A01', 'long kind', parents({ name: 'g', kind: 'K'.repeat(64) }), 'spec.parentRefs[0].kind'],
  ['A01', 'group in upper case', parents({ name: 'g', group: 'Example.com' }), 'spec.parentRefs[0].group'],
  ['A02', 'the same parent twice', parents({ name: 'g' }, { name: 'g', kind: 'Gateway' }), 'spec.parentRefs[1]'],
  ['A02', 'the same section twice', parents({ name: 'g', sectionName: 'a' }, { name: 'g', sectionName: 'a' }), 'spec.parentRefs[1]'],
  ['A02', 'with and without section', parents({ name: 'g', sectionName: 'a' }, { name: 'g' }), 'spec.parentRefs[1]'],
  ['A02', 'S: differing by port alone', parents({ name: 'g', port: 80 }, { name: 'g', port: 443 }), 'spec.parentRefs[1]'],
  ['A02', 'E: with and without port', parents({ name: 'g', port: 80 }, { name: 'g' }), 'spec.parentRefs[1]', experimental],
  ['A03', 'section in upper case', parents({ name: 'g', sectionName: 'HTTP' }), 'spec.parentRefs[0].sectionName'],
  ['A03', 'listener name with underscore', listener({ name: 'a_b' }), `${listener0}.name`],
  ['A03', 'long rule name', rule({ name: 'a'.repeat(254), backendRefs: [service] }), 'spec.rules[0].name'],
  ['A04', 'listener port 0', listener({ port: 0 }), `${listener0}.port`],
  ['A04', 'backend port 65536', rule({ backendRefs: [{ name: 'web', port: 65536 }] }), 'spec.rules[0].backendRefs[0].port'],
  ['A04', 'redirect port 0', redirect({ port: 0 }), `${filter0}.requestRedirect.port`],
  ['A04', 'port of a fraction', parents({ name: 'g', port: 1.5 }), 'spec.parentRefs[0].port'],
  ['A05', 'Service without port', rule({ backendRefs: [{ name: 'web' }] }), 'spec.rules[0].backendRefs[0].port'],
  ['A05', 'mirror without port', mirror({ backendRef: { name: 'web' } }), `${filter0}.requestMirror.backendRef.port`],
  [
    'A05',
    'TCP backend without port',
    minimal.TCPRoute({ rules: [{ backendRefs: [{ name: 'web' }] }] }),
    'spec.rules[0].backendRefs[0].port',
  ],
  [
    'A05',
    'auth service without port',
    auth({ protocol: 'HTTP', http: {}, backendRef: { name: 'a' } }),
    `${filter0}.externalAuth.backendRef.port`,
    experimental,
  ],
  ['A06', 'weight of 1000001', rule({ backendRefs: [{ ...service, weight: 1_000_001 }] }), 'spec.rules[0].backendRefs[0].weight'],
  ['A06', 'negative weight', rule({ backendRefs: [{ ...service, weight: -1 }] }), 'spec.rules[0].backendRefs[0].weight'],
  ['A07', '17 backends', rule({ backendRefs: many(17, () => service) }), 'spec.rules[0].backendRefs'],
  ['A07', 'no TCP backend', minimal.TCPRoute({ rules: [{ backendRefs: [] }] }), 'spec.rules[0].backendRefs'],
];

const HTTP_MATCHES: readonly Row[] = [
  ['A10', '17 hostnames', minimal.HTTPRoute({ hostnames: many(17, (i) => `h${i}.example.com`) }), 'spec.hostnames'],
  ['A10', 'upper case', minimal.HTTPRoute({ hostnames: ['A.example.com'] }), 'spec.hostnames[0]'],
  ['A10', 'with port', minimal.HTTPRoute({ hostnames: ['a.example.com:80'] }), 'spec.hostnames[0]'],
  ['A10', 'wildcard inside', minimal.HTTPRoute({ hostnames: ['a.*.com'] }), 'spec.hostnames[0]'],
  ['A10', 'underscore', minimal.HTTPRoute({ hostnames: ['a_b.com'] }), 'spec.hostnames[0]'],
  ['A10', 'long', minimal.HTTPRoute({ hostnames: [`${'a.'.repeat(126)}com`] }), 'spec.hostnames[0]'],
  ['A11', 'no rules', minimal.HTTPRoute({ rules: [] }), 'spec.rules'],
  ['A11', '17 rules', minimal.HTTPRoute({ rules: many(17, () => ({ backendRefs: [service] })) }), 'spec.rules'],
  ['A11', '65 matches', rule({ matches: many(65, (i) => ({ path: { type: 'Exact', value: `/${i}` } })) }), 'spec.rules[0].matches'],
  [
    'A11',
    '129 matches, one of them unwritten',
    minimal.HTTPRoute({ rules: [...many(2, () => ({ matches: many(64, () => ({ method: 'GET' })) })), { backendRefs: [service] }] }),
    'spec.rules',
  ],
  ['A12', 'long path', exact(`/${'a'.repeat(1024)}`), `${match0}.path.value`],
  ...['a', '/a//b', '/a/./b', '/a/../b', '/a%2fb', '/a%2Fb', '/a#b', '/a/..', '/a/.', '/a b', '/a?b', '/a|b', '/[a]', '/ä', '/%zz'].map(
    (value): Row => ['A12', `path ${value}`, exact(value), `${match0}.path.value`],
  ),
  ['A13', 'path type', match({ path: { type: 'Prefix', value: '/' } }), `${match0}.path.type`],
  ['A13', 'header type', match({ headers: [{ ...header, type: 'Prefix' }] }), `${match0}.headers[0].type`],
  ['A13', 'query type', match({ queryParams: [{ ...header, type: 'Prefix' }] }), `${match0}.queryParams[0].type`],
  ['A13', 'method', match({ method: 'PROPFIND' }), `${match0}.method`],
  ['A14', 'header name', match({ headers: [{ name: 'a b', value: 'a' }] }), `${match0}.headers[0].name`],
  ['A14', 'long header name', match({ headers: [{ name: 'a'.repeat(257), value: 'a' }] }), `${match0}.headers[0].name`],
  ['A14', 'query name', match({ queryParams: [{ name: 'a[b]', value: 'a' }] }), `${match0}.queryParams[0].name`],
  ['A14', 'empty header value', match({ headers: [{ name: 'a', value: '' }] }), `${match0}.headers[0].value`],
  ['A14', 'long header value', match({ headers: [{ name: 'a', value: 'a'.repeat(4097) }] }), `${match0}.headers[0].value`],
  ['A14', 'empty query value', match({ queryParams: [{ name: 'a', value: '' }] }), `${match0}.queryParams[0].value`],
  ['A14', 'long query value', match({ queryParams: [{ name: 'a', value: 'a'.repeat(1025) }] }), `${match0}.queryParams[0].value`],
  ['A14', '17 headers', match({ headers: many(17, (i) => ({ name: `h${i}`, value: 'a' })) }), `${match0}.headers`],
  ['A15', 'header twice', match({ headers: [header, header] }), `${match0}.headers[1]`],
  ['A15', 'header twice in other case', match({ headers: [header, { name: 'x-a', value: 'b' }] }), `${match0}.headers[1]`, stricter],
  ['A15', 'query twice', match({ queryParams: [header, header] }), `${match0}.queryParams[1]`],
];

const HTTP_FILTERS: readonly Row[] = [
  [
    'A16',
    '17 filters',
    filters(...many(17, (i) => ({ type: 'ExtensionRef', extensionRef: { group: 'a.b', kind: 'F', name: `f${i}` } }))),
    'spec.rules[0].filters',
  ],
  ['A16', 'unknown type', filters({ type: 'RateLimit' }), `${filter0}.type`],
  ['A16', 'type without field', filters({ type: 'URLRewrite' }), `${filter0}.urlRewrite`],
  ['A16', 'field of another type', filters({ ...headerFilter, urlRewrite: { hostname: 'a' } }), `${filter0}.urlRewrite`],
  ['A17', 'header modifier twice', filters(headerFilter, headerFilter), 'spec.rules[0].filters[1]'],
  ['A17', 'CORS twice', filters({ type: 'CORS', cors: {} }, { type: 'CORS', cors: {} }), 'spec.rules[0].filters[1]'],
  [
    'A17',
    'twice on a backend',
    rule({ backendRefs: [{ ...service, filters: [headerFilter, headerFilter] }] }),
    'spec.rules[0].backendRefs[0].filters[1]',
  ],
  [
    'A18',
    'redirect and rewrite',
    rule({ filters: [{ type: 'RequestRedirect', requestRedirect: {} }, rewrite({ hostname: 'a' })] }),
    'spec.rules[0].filters',
  ],
  ['A19', 'redirect with backends', filters({ type: 'RequestRedirect', requestRedirect: {} }), 'spec.rules[0].backendRefs'],
  [
    'A20',
    'two matches',
    rule({ matches: many(2, (i) => ({ path: { type: 'PathPrefix', value: `/${i}` } })), filters: [prefixRewrite] }),
    'spec.rules[0].matches',
  ],
  ['A20', 'Exact', rule({ matches: [{ path: { type: 'Exact', value: '/' } }], filters: [prefixRewrite] }), 'spec.rules[0].matches'],
  [
    'A20',
    'redirect on a regular expression',
    rule({
      matches: [{ path: { type: 'RegularExpression', value: '/' } }],
      filters: [{ type: 'RequestRedirect', requestRedirect: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } } }],
    }),
    'spec.rules[0].matches',
  ],
  [
    'A20',
    'on a backend',
    rule({ matches: [{ path: { type: 'Exact', value: '/' } }], backendRefs: [{ ...service, filters: [prefixRewrite] }] }),
    'spec.rules[0].matches',
  ],
  ['A21', 'type without value', filters(rewrite({ path: { type: 'ReplaceFullPath' } })), `${filter0}.urlRewrite.path.replaceFullPath`],
  [
    'A21',
    'value of another type',
    filters(rewrite({ path: { type: 'ReplaceFullPath', replaceFullPath: '/', replacePrefixMatch: '/' } })),
    `${filter0}.urlRewrite.path.replacePrefixMatch`,
  ],
  [
    'A21',
    'long value',
    filters(rewrite({ path: { type: 'ReplaceFullPath', replaceFullPath: 'a'.repeat(1025) } })),
    `${filter0}.urlRewrite.path.replaceFullPath`,
  ],
  ['A22', 'scheme', redirect({ scheme: 'ws' }), `${filter0}.requestRedirect.scheme`],
  ['A22', 'status code', redirect({ statusCode: 304 }), `${filter0}.requestRedirect.statusCode`],
  [
    'A22',
    '308 before 1.5',
    redirect({ statusCode: 308 }),
    `${filter0}.requestRedirect.statusCode`,
    { release: release('1.4', 'standard') },
  ],
  ['A22', 'wildcard', redirect({ hostname: '*.example.com' }), `${filter0}.requestRedirect.hostname`],
  ['A22', 'port in the host name', redirect({ hostname: 'example.com:80' }), `${filter0}.requestRedirect.hostname`],
  ['A22', 'upper case', redirect({ hostname: 'Example.com' }), `${filter0}.requestRedirect.hostname`],
  ['A23', 'variable', filters(rewrite({ hostname: '$host' })), `${filter0}.urlRewrite.hostname`],
  ['A23', 'wildcard', filters(rewrite({ hostname: '*.example.com' })), `${filter0}.urlRewrite.hostname`],
  ['A24', '17 headers', modifier({ set: many(17, (i) => ({ name: `h${i}`, value: 'a' })) }), `${filter0}.requestHeaderModifier.set`],
  ['A24', 'repeated name', modifier({ add: [header, header] }), `${filter0}.requestHeaderModifier.add[1]`],
  ['A24', 'repeated name to remove', modifier({ remove: ['a', 'a'] }), `${filter0}.requestHeaderModifier.remove[1]`],
  ['A24', 'empty value', modifier({ set: [{ name: 'a', value: '' }] }), `${filter0}.requestHeaderModifier.set[0].value`],
  ['A24', 'name', modifier({ set: [{ name: 'a:', value: 'a' }] }), `${filter0}.requestHeaderModifier.set[0].name`],
  [
    'A24',
    'E: doubled blank',
    modifier({ set: [{ name: 'a', value: 'a  b' }] }),
    `${filter0}.requestHeaderModifier.set[0].value`,
    experimental,
  ],
  [
    'A24',
    'E: trailing blank',
    modifier({ set: [{ name: 'a', value: 'a ' }] }),
    `${filter0}.requestHeaderModifier.set[0].value`,
    experimental,
  ],
  ['A24', 'E: not ASCII', modifier({ set: [{ name: 'a', value: 'ä' }] }), `${filter0}.requestHeaderModifier.set[0].value`, experimental],
  ['A25', 'percent and fraction', mirror({ percent: 5, fraction: { numerator: 1 } }), `${filter0}.requestMirror.fraction`],
  ['A25', 'percent of 101', mirror({ percent: 101 }), `${filter0}.requestMirror.percent`],
  ['A25', 'no backend', filters({ type: 'RequestMirror', requestMirror: {} }), `${filter0}.requestMirror.backendRef`],
  ['A26', '* beside an origin', cors({ allowOrigins: ['*', 'https://a.com'] }), `${filter0}.cors.allowOrigins`],
  ['A26', '* beside a method', cors({ allowMethods: ['*', 'GET'] }), `${filter0}.cors.allowMethods`],
  ['A26', '* beside a header', cors({ allowHeaders: ['*', 'X-A'] }), `${filter0}.cors.allowHeaders`],
  ['A26', 'repeated origin', cors({ allowOrigins: ['https://a.com', 'https://a.com'] }), `${filter0}.cors.allowOrigins[1]`],
  ['A26', 'repeated exposed header', cors({ exposeHeaders: ['X-A', 'X-A'] }), `${filter0}.cors.exposeHeaders[1]`],
  ...['https://a.com/', 'https://a.com/x', 'a.com', 'null', 'https://a.*.com', 'ftp://a.com', 'https://.*\\.a\\.com'].map(
    (origin): Row => ['A26', `origin ${origin}`, cors({ allowOrigins: [origin] }), `${filter0}.cors.allowOrigins[0]`],
  ),
  ['A26', 'method', cors({ allowMethods: ['PURGE'] }), `${filter0}.cors.allowMethods[0]`],
  ['A26', '65 origins', cors({ allowOrigins: many(65, (i) => `https://a${i}.com`) }), `${filter0}.cors.allowOrigins`],
  ['A26', 'maxAge of 0', cors({ maxAge: 0 }), `${filter0}.cors.maxAge`],
  ...['1.5s', '1d', '60', '-1s', '100000s', '1us', ''].map(
    (request): Row => [
      'A27',
      `duration ${request}`,
      rule({ backendRefs: [service], timeouts: { request } }),
      'spec.rules[0].timeouts.request',
    ],
  ),
  [
    'A27',
    'attempt longer than the whole',
    rule({ timeouts: { request: '1m', backendRequest: '1m1ms' } }),
    'spec.rules[0].timeouts.backendRequest',
  ],
  ['A28', 'S: ExternalAuth', auth({ protocol: 'HTTP', http: {}, backendRef: service }), `${filter0}.type`],
  ['A28', 'S: retry', rule({ retry: { attempts: 2 } }), 'spec.rules[0].retry'],
  ['A28', 'S: sessionPersistence', rule({ sessionPersistence: { type: 'Cookie' } }), 'spec.rules[0].sessionPersistence'],
  ['A28', 'S: useDefaultGateways', minimal.HTTPRoute({ useDefaultGateways: 'All' }), 'spec.useDefaultGateways'],
  ['A28', 'S: defaultScope', minimal.Gateway({ defaultScope: 'All' }), 'spec.defaultScope'],
  ['A28', 'CORS before 1.5', cors({}), `${filter0}.type`, { release: release('1.4', 'standard') }],
  ['A29', 'no backend', auth({ protocol: 'HTTP', http: {} }), `${filter0}.externalAuth.backendRef`, experimental],
  ['A29', 'no protocol', auth({ http: {}, backendRef: service }), `${filter0}.externalAuth.protocol`, experimental],
  ['A29', 'HTTP without http', auth({ protocol: 'HTTP', backendRef: service }), `${filter0}.externalAuth.http`, experimental],
  [
    'A29',
    'GRPC with http',
    auth({ protocol: 'GRPC', grpc: {}, http: {}, backendRef: service }),
    `${filter0}.externalAuth.http`,
    experimental,
  ],
  [
    'A29',
    '65 headers',
    auth({ protocol: 'HTTP', http: { allowedHeaders: many(65, (i) => `h${i}`) }, backendRef: service }),
    `${filter0}.externalAuth.http.allowedHeaders`,
    experimental,
  ],
  ['A30', 'code 399', rule({ retry: { codes: [399] } }), 'spec.rules[0].retry.codes[0]', experimental],
  ['A30', 'repeated code', rule({ retry: { codes: [503, 503] } }), 'spec.rules[0].retry.codes[1]', experimental],
  ['A30', 'no attempts', rule({ retry: { attempts: 0 } }), 'spec.rules[0].retry.attempts', experimental],
  ['A30', 'backoff', rule({ retry: { backoff: '1.5s' } }), 'spec.rules[0].retry.backoff', experimental],
  [
    'A31',
    'cookie of a header',
    rule({ sessionPersistence: { type: 'Header', cookieConfig: { lifetimeType: 'Session' } } }),
    'spec.rules[0].sessionPersistence.cookieConfig',
    experimental,
  ],
  [
    'A31',
    'permanent without end',
    rule({ sessionPersistence: { cookieConfig: { lifetimeType: 'Permanent' } } }),
    'spec.rules[0].sessionPersistence.absoluteTimeout',
    experimental,
  ],
  [
    'A31',
    'long name',
    rule({ sessionPersistence: { sessionName: 'a'.repeat(129) } }),
    'spec.rules[0].sessionPersistence.sessionName',
    experimental,
  ],
  ['A32', 'E: repeated rule name', minimal.HTTPRoute({ rules: many(2, () => ({ name: 'a' })) }), 'spec.rules[1]', experimental],
  ['A32', 'S: repeated rule name', minimal.HTTPRoute({ rules: many(2, () => ({ name: 'a' })) }), 'spec.rules[1]', stricter],
  ['A33', 'no group', filters({ type: 'ExtensionRef', extensionRef: { kind: 'F', name: 'f' } }), `${filter0}.extensionRef.group`],
  ['A33', 'no kind', filters({ type: 'ExtensionRef', extensionRef: { group: '', name: 'f' } }), `${filter0}.extensionRef.kind`],
  ['A33', 'no name', filters({ type: 'ExtensionRef', extensionRef: { group: '', kind: 'F' } }), `${filter0}.extensionRef.name`],
];

const http = { port: 80, protocol: 'HTTP' };
const secret = { certificateRefs: [{ name: 's' }] };

const GATEWAYS: readonly Row[] = [
  ['A40', 'no listeners', minimal.Gateway({ listeners: [] }), 'spec.listeners'],
  [
    'A40',
    '65 listeners',
    minimal.Gateway({ listeners: many(65, (i) => ({ ...http, name: `l${i}`, hostname: `h${i}` })) }),
    'spec.listeners',
  ],
  [
    'A40',
    'repeated name',
    minimal.Gateway({ listeners: many(2, (i) => ({ ...http, name: 'l', hostname: `h${i}` })) }),
    'spec.listeners[1]',
  ],
  [
    'A40',
    'repeated host',
    minimal.Gateway({ listeners: many(2, (i) => ({ ...http, name: `l${i}`, hostname: 'h' })) }),
    'spec.listeners[1]',
  ],
  ['A40', 'repeated, without host', minimal.ListenerSet({ listeners: many(2, (i) => ({ ...http, name: `l${i}` })) }), 'spec.listeners[1]'],
  ...['HTTP', 'TCP', 'UDP'].map((protocol): Row => ['A41', `tls on ${protocol}`, listener({ protocol, tls: secret }), `${listener0}.tls`]),
  ['A41', 'passthrough on HTTPS', listener({ tls: { mode: 'Passthrough' } }), `${listener0}.tls`],
  // The API server's rule about it never fires: the schema's default comes first and makes the mode Terminate.
  ['A41', 'TLS without mode', listener({ protocol: 'TLS', tls: secret }), `${listener0}.tls`, stricter],
  ['A41', 'TLS without tls', listener({ protocol: 'TLS' }), `${listener0}.tls`],
  ['A42', 'nothing to terminate with', listener({ tls: { mode: 'Terminate' } }), `${listener0}.tls`],
  ['A42', 'nothing to terminate with, by default', listener({ tls: {} }), `${listener0}.tls`],
  ...['TCP', 'UDP'].map(
    (protocol): Row => ['A43', `hostname on ${protocol}`, listener({ protocol, hostname: 'h' }), `${listener0}.hostname`],
  ),
  ['A43', 'hostname', listener({ hostname: '*' }), `${listener0}.hostname`],
  [
    'A44',
    '65 certificates',
    listener({ tls: { certificateRefs: many(65, (i) => ({ name: `s${i}` })) } }),
    `${listener0}.tls.certificateRefs`,
  ],
  ['A44', '17 options', listener({ tls: { options: Object.fromEntries(many(17, (i) => [`a.b/${i}`, 'v'])) } }), `${listener0}.tls.options`],
  ['A44', 'long option', listener({ tls: { options: { 'a.b/c': 'v'.repeat(4097) } } }), `${listener0}.tls.options["a.b/c"]`],
  ['A45', '17 addresses', minimal.Gateway({ addresses: many(17, (i) => ({ value: `192.0.2.${i}` })) }), 'spec.addresses'],
  ['A45', 'no IP address', minimal.Gateway({ addresses: [{ type: 'IPAddress', value: '192.0.2' }] }), 'spec.addresses[0].value'],
  ['A45', 'no host name', minimal.Gateway({ addresses: [{ type: 'Hostname', value: 'a_b' }] }), 'spec.addresses[0].value'],
  [
    'A45',
    'repeated',
    minimal.Gateway({ addresses: [{ value: '192.0.2.1' }, { type: 'IPAddress', value: '192.0.2.1' }] }),
    'spec.addresses[1]',
  ],
  [
    'A46',
    '17 annotations',
    minimal.Gateway({ infrastructure: { annotations: Object.fromEntries(many(17, (i) => [`a${i}`, 'v'])) } }),
    'spec.infrastructure.annotations',
  ],
  [
    'A46',
    '9 annotations before 1.6',
    minimal.Gateway({ infrastructure: { annotations: Object.fromEntries(many(9, (i) => [`a${i}`, 'v'])) } }),
    'spec.infrastructure.annotations',
    { release: release('1.5', 'standard') },
  ],
  [
    'A46',
    '9 labels',
    minimal.Gateway({ infrastructure: { labels: Object.fromEntries(many(9, (i) => [`a${i}`, 'v'])) } }),
    'spec.infrastructure.labels',
  ],
  ['A46', 'key', minimal.Gateway({ infrastructure: { annotations: { 'a b': 'v' } } }), 'spec.infrastructure.annotations["a b"]'],
  ['A46', 'long label value', minimal.Gateway({ infrastructure: { labels: { a: 'v'.repeat(64) } } }), 'spec.infrastructure.labels.a'],
  ['A47', '9 kinds', listener({ allowedRoutes: { kinds: many(9, (i) => ({ kind: `K${i}` })) } }), `${listener0}.allowedRoutes.kinds`],
  ['A47', 'from None', listener({ allowedRoutes: { namespaces: { from: 'None' } } }), `${listener0}.allowedRoutes.namespaces`],
  [
    'A47',
    'Selector without selector',
    listener({ allowedRoutes: { namespaces: { from: 'Selector' } } }),
    `${listener0}.allowedRoutes.namespaces`,
    stricter,
  ],
  ['A48', 'no default', minimal.Gateway({ tls: { frontend: { perPort: [] } } }), 'spec.tls.frontend.default'],
  [
    'A48',
    'repeated port',
    minimal.Gateway({ tls: { frontend: { default: {}, perPort: many(2, () => ({ port: 1, tls: {} })) } } }),
    'spec.tls.frontend.perPort[1]',
  ],
  [
    'A48',
    '65 ports',
    minimal.Gateway({ tls: { frontend: { default: {}, perPort: many(65, (i) => ({ port: i + 1, tls: {} })) } } }),
    'spec.tls.frontend.perPort',
  ],
  [
    'A48',
    'no CA',
    minimal.Gateway({ tls: { frontend: { default: { validation: { caCertificateRefs: [] } } } } }),
    'spec.tls.frontend.default.validation.caCertificateRefs',
  ],
  [
    'A48',
    '17 CAs',
    minimal.Gateway({ tls: { frontend: { default: { validation: { caCertificateRefs: many(17, () => caRef) } } } } }),
    'spec.tls.frontend.default.validation.caCertificateRefs',
  ],
  [
    'A48',
    '9 CAs before 1.6',
    minimal.Gateway({ tls: { frontend: { default: { validation: { caCertificateRefs: many(9, () => caRef) } } } } }),
    'spec.tls.frontend.default.validation.caCertificateRefs',
    { release: release('1.5', 'standard') },
  ],
  [
    'A48',
    'CA without group',
    minimal.Gateway({ tls: { frontend: { default: { validation: { caCertificateRefs: [{ kind: 'ConfigMap', name: 'a' }] } } } } }),
    'spec.tls.frontend.default.validation.caCertificateRefs[0].group',
  ],
  ['A49', 'no parent', minimal.ListenerSet({ parentRef: undefined }), 'spec.parentRef'],
  ['A49', 'no port', minimal.ListenerSet({ listeners: [{ name: 'l', protocol: 'HTTP' }] }), 'spec.listeners[0].port'],
];

const OTHERS: readonly Row[] = [
  ['A60', 'no hostnames', minimal.TLSRoute({ hostnames: [] }), 'spec.hostnames'],
  ['A60', 'hostnames not written', minimal.TLSRoute({ hostnames: undefined }), 'spec.hostnames'],
  ['A60', '1025 hostnames', minimal.TLSRoute({ hostnames: many(1025, (i) => `h${i}`) }), 'spec.hostnames'],
  [
    'A60',
    '17 hostnames before 1.6',
    minimal.TLSRoute({ hostnames: many(17, (i) => `h${i}`) }),
    'spec.hostnames',
    { release: release('1.5', 'standard') },
  ],
  ['A60', 'IP address', minimal.TLSRoute({ hostnames: ['192.0.2.1'] }), 'spec.hostnames[0]'],
  ['A60', 'wildcard inside', minimal.TLSRoute({ hostnames: ['a.*.com'] }), 'spec.hostnames[0]'],
  ['A60', 'two rules', minimal.TLSRoute({ rules: many(2, () => ({ backendRefs: [service] })) }), 'spec.rules'],
  ['A61', 'TCP: two rules', minimal.TCPRoute({ rules: many(2, () => ({ backendRefs: [service] })) }), 'spec.rules'],
  ['A61', 'UDP: no rules', minimal.UDPRoute({ rules: [] }), 'spec.rules'],
  ['A62', 'neither service nor method', minimal.GRPCRoute({ rules: [{ matches: [{ method: {} }] }] }), `${match0}.method.service`],
  ['A62', 'service', minimal.GRPCRoute({ rules: [{ matches: [{ method: { service: 'a/b' } }] }] }), `${match0}.method.service`],
  ['A62', 'method', minimal.GRPCRoute({ rules: [{ matches: [{ method: { method: 'a.b' } }] }] }), `${match0}.method.method`],
  [
    'A62',
    '129 matches',
    minimal.GRPCRoute({ rules: many(3, () => ({ matches: many(43, (i) => ({ method: { method: `M${i}` } })) })) }),
    'spec.rules',
  ],
  ['A62', 'HTTP filter', minimal.GRPCRoute({ rules: [{ filters: [rewrite({ hostname: 'a' })] }] }), `${filter0}.type`],
  ['A63', 'no hostname', tls({ wellKnownCACertificates: 'System' }), 'spec.validation.hostname'],
  ['A63', 'wildcard', tls({ hostname: '*.a', wellKnownCACertificates: 'System' }), 'spec.validation.hostname'],
  [
    'A63',
    'two sources of CAs',
    tls({ hostname: 'a', wellKnownCACertificates: 'System', caCertificateRefs: [caRef] }),
    'spec.validation.caCertificateRefs',
  ],
  ['A63', 'no source of CAs', tls({ hostname: 'a' }), 'spec.validation.caCertificateRefs'],
  ['A63', '9 CAs', tls({ hostname: 'a', caCertificateRefs: many(9, () => caRef) }), 'spec.validation.caCertificateRefs'],
  [
    'A63',
    '6 SANs',
    tls({ hostname: 'a', caCertificateRefs: [caRef], subjectAltNames: many(6, () => ({ type: 'Hostname', hostname: 'a' })) }),
    'spec.validation.subjectAltNames',
  ],
  [
    'A63',
    'host name without value',
    tls({ hostname: 'a', caCertificateRefs: [caRef], subjectAltNames: [{ type: 'Hostname' }] }),
    'spec.validation.subjectAltNames[0].hostname',
  ],
  [
    'A63',
    'host name with URI',
    tls({ hostname: 'a', caCertificateRefs: [caRef], subjectAltNames: [{ type: 'Hostname', hostname: 'a', uri: 'a://b' }] }),
    'spec.validation.subjectAltNames[0].uri',
  ],
  [
    'A63',
    'target twice',
    minimal.BackendTLSPolicy({ targetRefs: many(2, () => ({ group: '', kind: 'Service', name: 'web' })) }),
    'spec.targetRefs[1]',
  ],
  [
    'A63',
    'target as a whole and in part',
    minimal.BackendTLSPolicy({
      targetRefs: [
        { group: '', kind: 'Service', name: 'a' },
        { group: '', kind: 'Service', name: 'a', sectionName: 'b' },
      ],
    }),
    'spec.targetRefs[1]',
  ],
  [
    'A63',
    '17 targets',
    minimal.BackendTLSPolicy({ targetRefs: many(17, (i) => ({ group: '', kind: 'Service', name: `s${i}` })) }),
    'spec.targetRefs',
  ],
  ['A63', '17 options', minimal.BackendTLSPolicy({ options: Object.fromEntries(many(17, (i) => [`a.b/${i}`, 'v'])) }), 'spec.options'],
  ['A64', 'no from', minimal.ReferenceGrant({ from: [] }), 'spec.from'],
  ['A64', '17 to', minimal.ReferenceGrant({ to: many(17, () => ({ group: '', kind: 'Service' })) }), 'spec.to'],
  ['A64', 'no namespace', minimal.ReferenceGrant({ from: [{ group: '', kind: 'HTTPRoute' }] }), 'spec.from[0].namespace'],
  ['A64', 'no group', minimal.ReferenceGrant({ to: [{ kind: 'Service' }] }), 'spec.to[0].group'],
];

export const INVALID_EXAMPLES: readonly InvalidExample[] = [METADATA_AND_REFERENCES, HTTP_MATCHES, HTTP_FILTERS, GATEWAYS, OTHERS].flatMap(
  (rows) =>
    rows.map(([id, what, invalid, path, options = {}]) => ({
      rule: id,
      what,
      object: invalid,
      path,
      release: options.release ?? STANDARD,
      stricter: options.stricter ?? false,
    })),
);
