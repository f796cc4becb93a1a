import type { Release } from './release.ts';

/** What an implementation says of itself, in a report or in the status of its GatewayClass. */
export interface SupportedFeatures {
  /** Who says so, for a sentence: `the conformance report of Traefik v3.6`. */
  readonly source: string;
  readonly supported: readonly string[];
  readonly unsupported: readonly string[];
  /** Of the tests that it was held against; null where it does not say. */
  readonly gatewayApi: string | null;
  /** The implementation as a report names it; null for a GatewayClass. */
  readonly project?: string | null;
  /** Tests of the core that it left out or failed. */
  readonly leftOut?: readonly string[];
}

/**
 * Features that something of ours needs, by the first release whose reports know them; null for those that only the comments of the
 * API name, so that nobody's silence says anything. Sources: `pkg/features` and `conformance/utils/suite/profiles.go` of v1.4.1,
 * v1.5.1 and v1.6.1, and the published reports of the releases before. A kind of the core is listed where a report may lack its profile.
 */
const FEATURES = {
  HTTPRoute: '1.0',
  TLSRoute: '1.0',
  HTTPRouteBackendTimeout: '1.0',
  HTTPRouteHostRewrite: '1.0',
  HTTPRouteMethodMatching: '1.0',
  HTTPRoutePathRedirect: '1.0',
  HTTPRoutePathRewrite: '1.0',
  HTTPRoutePortRedirect: '1.0',
  HTTPRouteQueryParamMatching: '1.0',
  HTTPRouteRequestMirror: '1.0',
  HTTPRouteRequestMultipleMirrors: '1.0',
  HTTPRouteRequestTimeout: '1.0',
  HTTPRouteResponseHeaderModification: '1.0',
  HTTPRouteSchemeRedirect: '1.0',
  GRPCRoute: '1.1',
  GatewayPort8080: '1.1',
  GatewayStaticAddresses: '1.1',
  HTTPRouteBackendProtocolH2C: '1.1',
  BackendTLSPolicy: '1.4',
  BackendTLSPolicySANValidation: '1.4',
  HTTPRouteCORS: '1.4',
  GatewayFrontendClientCertificateValidation: '1.5',
  GatewayFrontendClientCertificateValidationInsecureFallback: '1.5',
  HTTPRoute303RedirectStatusCode: '1.5',
  HTTPRoute307RedirectStatusCode: '1.5',
  HTTPRoute308RedirectStatusCode: '1.5',
  ListenerSet: '1.5',
  HTTPRouteRetry: '1.6',
  HTTPRouteRetryConnectionError: '1.6',
  TCPRoute: '1.6',
  // Older lists name it, but no profile asked for it.
  UDPRoute: '1.6',
  HTTPRouteExternalAuth: null,
} as const satisfies Readonly<Record<string, string | null>>;

export type Feature = keyof typeof FEATURES;

export const FEATURE_NAMES = Object.keys(FEATURES).filter((name): name is Feature => Object.hasOwn(FEATURES, name));

/** Kinds of the core: who names a feature of one has it, and who names none of them says nothing of the core. */
const KINDS: readonly string[] = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute', 'BackendTLSPolicy'];

/** What is not supported: said to be so, or left out by somebody whose tests know it. What they do not know is not held against it. */
export function lackingFeatures(features: SupportedFeatures, release: Release): ReadonlySet<Feature> {
  const tested = testedMinor(features, release);
  const named = new Set(features.supported);
  const kinds = KINDS.filter((kind) => features.supported.some((name) => name.startsWith(kind)));
  const supported = new Set([...named, ...(kinds.length === 0 ? ['HTTPRoute'] : kinds)]);
  return new Set(
    FEATURE_NAMES.filter((name) => {
      const since = minorOf(FEATURES[name]);
      return !supported.has(name) && (features.unsupported.includes(name) || (since !== null && since <= tested));
    }),
  );
}

/** What the release has and the tests behind a report did not know: nobody vouches for it. */
export function untestedFeatures(features: SupportedFeatures, release: Release): readonly Feature[] {
  if (features.gatewayApi === null) return [];
  const [tested, installed] = [testedMinor(features, release), minorOf(release.version) ?? 0];
  return FEATURE_NAMES.filter((name) => {
    const since = minorOf(FEATURES[name]) ?? Number.POSITIVE_INFINITY;
    return since > tested && since <= installed && !features.supported.includes(name) && !features.unsupported.includes(name);
  });
}

/** A GatewayClass is taken to know what is installed beside it; a version that nobody can read, to know nothing. */
function testedMinor({ gatewayApi }: SupportedFeatures, release: Release): number {
  return minorOf(gatewayApi ?? release.version) ?? -1;
}

/** Of 1.x; tests of another major version know all or nothing of it. */
function minorOf(version: string | null): number | null {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version ?? '') ?? [];
  if (major === undefined || minor === undefined) return null;
  return major === '1' ? Number(minor) : major === '0' ? -1 : Number.POSITIVE_INFINITY;
}
