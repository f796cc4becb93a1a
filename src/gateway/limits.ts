import { isAtLeast } from './fields.ts';
import type { Release } from './release.ts';

/** Sizes that the API server enforces and that are the same in every release and channel. */
export const LIMITS = {
  parentRefsPerRoute: 32,
  hostnamesPerRoute: 16,
  rulesPerRoute: 16,
  matchesPerRule: 64,
  /** Over all rules of an HTTPRoute or a GRPCRoute. */
  matchesPerRoute: 128,
  headersPerMatch: 16,
  queryParamsPerMatch: 16,
  filtersPerRule: 16,
  backendRefsPerRule: 16,
  /** Of each of `set`, `add` and `remove`. */
  headersPerModifier: 16,
  corsOrigins: 64,
  corsHeaders: 64,
  corsMethods: 9,
  authHeaders: 64,
  listenersPerGateway: 64,
  certificatesPerListener: 64,
  optionsPerListener: 16,
  kindsPerListener: 8,
  frontendPorts: 64,
  addressesPerGateway: 16,
  infrastructureLabels: 8,
  grantsPerList: 16,
  targetRefsPerPolicy: 16,
  backendCaCertificates: 8,
  subjectAltNames: 5,
  optionsPerPolicy: 16,
  /** Characters. */
  pathValue: 1024,
  headerValue: 4096,
  queryParamValue: 1024,
  name: 253,
  hostname: 253,
  label: 63,
  sessionName: 128,
  weight: 1_000_000,
} as const;

/** Sizes and rules that changed between releases or differ between the channels. */
export interface ReleaseLimits {
  readonly infrastructureAnnotations: number;
  readonly frontendCaCertificates: number;
  readonly hostnamesPerTlsRoute: number;
  /** Header values must be printable ASCII without leading, trailing or doubled blanks. */
  readonly printableHeaderValues: boolean;
  /** `parentRefs` of one parent may differ by port alone. */
  readonly parentRefsDifferByPort: boolean;
}

export function limitsOf(release: Release): ReleaseLimits {
  const experimental = release.channel === 'experimental';
  return {
    infrastructureAnnotations: isAtLeast(release, '1.6') ? 16 : 8,
    frontendCaCertificates: isAtLeast(release, '1.6') ? 16 : 8,
    hostnamesPerTlsRoute: isAtLeast(release, '1.6') ? 1024 : 16,
    printableHeaderValues: experimental && isAtLeast(release, '1.5'),
    parentRefsDifferByPort: experimental,
  };
}
