import type { GatewayApiVersion, Release } from './release.ts';
import { GATEWAY_API_VERSIONS } from './release.ts';

/** What an implementation says of itself, in a report or in the status of its GatewayClass. */
export interface SupportedFeatures {
  /** Who says so, for a sentence: `the conformance report of Traefik v3.6`. */
  readonly source: string;
  readonly supported: readonly string[];
  readonly unsupported: readonly string[];
  /** Of the tests that it was held against; null where it does not say. */
  readonly gatewayApi: string | null;
}

/** Features beyond the core (`pkg/features`) that fields of ours belong to, by the release whose tests first know them. */
const FEATURES = {
  '1.4': [
    'BackendTLSPolicy',
    'GRPCRoute',
    'GatewayStaticAddresses',
    'HTTPRouteBackendTimeout',
    'HTTPRouteCORS',
    'HTTPRouteHostRewrite',
    'HTTPRouteMethodMatching',
    'HTTPRoutePathRedirect',
    'HTTPRoutePathRewrite',
    'HTTPRoutePortRedirect',
    'HTTPRouteQueryParamMatching',
    'HTTPRouteRequestMirror',
    'HTTPRouteRequestMultipleMirrors',
    'HTTPRouteRequestTimeout',
    'HTTPRouteResponseHeaderModification',
    'HTTPRouteSchemeRedirect',
    'TLSRoute',
  ],
  '1.5': [
    'BackendTLSPolicySANValidation',
    'GatewayFrontendClientCertificateValidation',
    'GatewayFrontendClientCertificateValidationInsecureFallback',
    'HTTPRoute303RedirectStatusCode',
    'HTTPRoute307RedirectStatusCode',
    'HTTPRoute308RedirectStatusCode',
    'ListenerSet',
  ],
  '1.6': ['HTTPRouteRetry', 'TCPRoute', 'UDPRoute'],
} as const satisfies Readonly<Record<GatewayApiVersion, readonly string[]>>;

export type Feature = (typeof FEATURES)[GatewayApiVersion][number];

/** What is not supported: said to be so, or left out by somebody whose tests know it. What they do not know is not held against it. */
export function lackingFeatures({ supported, unsupported, gatewayApi }: SupportedFeatures, release: Release): ReadonlySet<Feature> {
  const minor = /^v?(\d+\.\d+)/.exec(gatewayApi ?? '')?.[1];
  const tested = GATEWAY_API_VERSIONS.find((version) => version === minor) ?? (minor === undefined ? release.version : null);
  const until = tested === null ? -1 : GATEWAY_API_VERSIONS.indexOf(tested);
  return new Set(
    GATEWAY_API_VERSIONS.flatMap((version, index) => {
      const names: readonly Feature[] = FEATURES[version];
      return names.filter((name) => !supported.includes(name) && (unsupported.includes(name) || index <= until));
    }),
  );
}
