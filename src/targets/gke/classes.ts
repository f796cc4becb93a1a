import type { LoadBalancer } from '../../route/table.ts';
import type { LoweringContext } from '../contract.ts';
import type { ImportedKind } from '../dialect.ts';

export const DEFAULT_CLASS = 'gke-l7-global-external-managed';

/** Where addresses, certificates and policies of a class live. */
export type Scope = 'global' | 'regional' | 'cross-regional';

export interface ClassFeatures {
  readonly scope: Scope;
  /** Reached from the VPC network alone. */
  readonly internal: boolean;
  /** It sends to ServiceImports, of one or several clusters, and to no Service. */
  readonly imports: boolean;
  readonly redirects: boolean;
  /** The CORS filter, a preview. */
  readonly cors: boolean;
  /** GCPHTTPFilter. */
  readonly cdn: boolean;
  readonly certificateMap: boolean;
  /** SslCertificates by name. */
  readonly preShared: boolean;
  /** GCPGatewayPolicy. */
  readonly gatewayPolicy: boolean;
  /** Cloud Armor. */
  readonly securityPolicy: boolean;
  /** GCPTrafficDistributionPolicy. */
  readonly trafficDistribution: boolean;
}

const GLOBAL: ClassFeatures = {
  scope: 'global',
  internal: false,
  imports: false,
  redirects: true,
  cors: true,
  cdn: true,
  certificateMap: true,
  preShared: true,
  gatewayPolicy: true,
  securityPolicy: true,
  trafficDistribution: true,
};
const REGIONAL: ClassFeatures = { ...GLOBAL, scope: 'regional', cdn: false, certificateMap: false };
const INTERNAL: ClassFeatures = { ...REGIONAL, internal: true };
/** The load balancer that GKE Ingress builds as well. */
const CLASSIC: ClassFeatures = { ...GLOBAL, redirects: false, cors: false, cdn: false, trafficDistribution: false };
/** No GCPTrafficDistributionPolicy holds for a ServiceImport: its CRD refuses it. */
const SEVERAL = { imports: true, cors: false, trafficDistribution: false } as const;

/** https://cloud.google.com/kubernetes-engine/docs/concepts/gateway-api#gatewayclass */
export const CLASSES: Readonly<Record<string, ClassFeatures>> = {
  [DEFAULT_CLASS]: GLOBAL,
  'gke-l7-global-external-managed-mc': { ...GLOBAL, ...SEVERAL },
  'gke-l7-regional-external-managed': REGIONAL,
  'gke-l7-regional-external-managed-mc': { ...REGIONAL, ...SEVERAL },
  'gke-l7-rilb': INTERNAL,
  'gke-l7-rilb-mc': { ...INTERNAL, ...SEVERAL },
  'gke-l7-cross-regional-internal-managed-mc': {
    ...INTERNAL,
    ...SEVERAL,
    scope: 'cross-regional',
    certificateMap: true,
    preShared: false,
    gatewayPolicy: false,
    securityPolicy: false,
  },
  'gke-l7-gxlb': CLASSIC,
  'gke-l7-gxlb-mc': { ...CLASSIC, ...SEVERAL },
};

const BY_INGRESS_CLASS: Readonly<Record<string, string>> = {
  'gce-internal': 'gke-l7-rilb',
  'gce-regional-external': 'gke-l7-regional-external-managed',
};

/** By the load balancer that there is today; null: the default. An internal one of another cloud stays internal. */
export function classFor({ className, fleet, intents = [] }: LoadBalancer): string | null {
  if (fleet === true) return `${DEFAULT_CLASS}-mc`;
  if (intents.some((intent) => intent.kind === 'awsScheme' && intent.scheme === 'internal')) return 'gke-l7-rilb';
  return className !== null && Object.hasOwn(BY_INGRESS_CLASS, className) ? (BY_INGRESS_CLASS[className] ?? null) : null;
}

/** Of a class that GKE does not have nothing is known: as of the default. */
export function featuresOf({ gatewayClass }: Pick<LoweringContext, 'gatewayClass'>): ClassFeatures {
  const name = gatewayClass ?? DEFAULT_CLASS;
  return (Object.hasOwn(CLASSES, name) ? CLASSES[name] : undefined) ?? GLOBAL;
}

export function scopeOf(context: Pick<LoweringContext, 'gatewayClass'>): Scope {
  return featuresOf(context).scope;
}

export const SERVICE_IMPORT: ImportedKind = {
  group: 'net.gke.io',
  kind: 'ServiceImport',
  exportedBy: { apiVersion: 'net.gke.io/v1', kind: 'ServiceExport' },
};

export function imports(gatewayClass: string | null): ImportedKind | null {
  return featuresOf({ gatewayClass }).imports ? SERVICE_IMPORT : null;
}
