import type { Channel, GatewayApiVersion, Release } from './release.ts';

/** First release that has something, by channel; null while a channel does not have it. */
type Since = Readonly<Record<Channel, GatewayApiVersion | null>>;

const always: Since = { standard: '1.4', experimental: '1.4' };
const onlyExperimental: Since = { standard: null, experimental: '1.4' };

/**
 * Fields, filter types and status codes that not every release and channel has; what is not listed is in all of them.
 * A field that the installed CRDs lack is pruned without a word, an enum member they lack is rejected. Names are
 * `Kind.path` without `spec`; a filter type or a value comes last. Source: the CRDs of v1.4.1, v1.5.1 and v1.6.1.
 */
const FIELDS = {
  'HTTPRoute.rules.filters.CORS': { standard: '1.5', experimental: '1.4' },
  'HTTPRoute.rules.filters.ExternalAuth': onlyExperimental,
  'HTTPRoute.rules.filters.RequestRedirect.statusCode.303': { standard: '1.5', experimental: '1.5' },
  'HTTPRoute.rules.filters.RequestRedirect.statusCode.307': { standard: '1.5', experimental: '1.5' },
  'HTTPRoute.rules.filters.RequestRedirect.statusCode.308': { standard: '1.5', experimental: '1.5' },
  'HTTPRoute.rules.retry': onlyExperimental,
  'HTTPRoute.rules.sessionPersistence': onlyExperimental,
  'Gateway.tls': { standard: '1.5', experimental: '1.4' },
  'Gateway.allowedListeners': { standard: '1.5', experimental: '1.4' },
} as const satisfies Readonly<Record<string, Since>>;

export type FieldName = keyof typeof FIELDS;

export const FIELD_NAMES = Object.keys(FIELDS).filter((name): name is FieldName => name in FIELDS);

export function hasField(release: Release, field: FieldName): boolean {
  return isSince(release, FIELDS[field]);
}

/** Status codes that a RequestRedirect of this release may answer with, ascending. */
export function redirectStatusCodes(release: Release): readonly RedirectStatusCode[] {
  return REDIRECT_STATUS_CODES.filter(
    (code) => code === 301 || code === 302 || hasField(release, `HTTPRoute.rules.filters.RequestRedirect.statusCode.${code}`),
  );
}

const REDIRECT_STATUS_CODES = [301, 302, 303, 307, 308] as const;
export type RedirectStatusCode = (typeof REDIRECT_STATUS_CODES)[number];

/** The version to write each kind as, newest first: the first that the installed CRDs serve. */
const KINDS = {
  GatewayClass: [['v1', always]],
  Gateway: [['v1', always]],
  HTTPRoute: [['v1', always]],
  GRPCRoute: [['v1', always]],
  BackendTLSPolicy: [['v1', always]],
  ReferenceGrant: [
    ['v1', { standard: '1.5', experimental: '1.5' }],
    ['v1beta1', always],
  ],
  ListenerSet: [['v1', { standard: '1.5', experimental: '1.5' }]],
  TLSRoute: [
    ['v1', { standard: '1.5', experimental: '1.5' }],
    ['v1alpha2', onlyExperimental],
  ],
  TCPRoute: [
    ['v1', { standard: '1.6', experimental: '1.6' }],
    ['v1alpha2', onlyExperimental],
  ],
  UDPRoute: [
    ['v1', { standard: '1.6', experimental: '1.6' }],
    ['v1alpha2', onlyExperimental],
  ],
} as const satisfies Readonly<Record<string, readonly (readonly [version: string, since: Since])[]>>;

export const GATEWAY_API_GROUP = 'gateway.networking.k8s.io';

export type GatewayApiKind = keyof typeof KINDS;

export const GATEWAY_API_KINDS = Object.keys(KINDS).filter(isGatewayApiKind);

export function isGatewayApiKind(kind: string): kind is GatewayApiKind {
  return Object.hasOwn(KINDS, kind);
}

type VersionOf<K extends GatewayApiKind> = (typeof KINDS)[K][number][0];
export type ApiVersionOf<K extends GatewayApiKind> = `${typeof GATEWAY_API_GROUP}/${VersionOf<K>}`;

/** The apiVersion to write a kind as, or null when the release has no such kind. */
export function apiVersionOf<K extends GatewayApiKind>(release: Release, kind: K): ApiVersionOf<K> | null {
  const versions: readonly (readonly [VersionOf<K>, Since])[] = KINDS[kind];
  const found = versions.find(([, since]) => isSince(release, since));
  return found === undefined ? null : `${GATEWAY_API_GROUP}/${found[0]}`;
}

function isSince(release: Release, since: Since): boolean {
  const first = since[release.channel];
  return first !== null && isAtLeast(release, first);
}

export function isAtLeast(release: Release, version: GatewayApiVersion): boolean {
  return minor(release.version) >= minor(version);
}

/** Of 1.x; text order would put 1.10 before 1.4. */
function minor(version: GatewayApiVersion): number {
  return Number(version.slice(version.indexOf('.') + 1));
}
