import { apiGroup } from '../source.ts';

const INGRESS_VERSIONS = ['networking.k8s.io/v1', 'networking.k8s.io/v1beta1', 'extensions/v1beta1'] as const;
export type IngressVersion = (typeof INGRESS_VERSIONS)[number];

/** Groups whose every kind is kept for the packs. */
export const PACK_GROUPS: readonly string[] = [
  'cloud.google.com',
  'networking.gke.io',
  'elbv2.k8s.aws',
  'eks.amazonaws.com',
  'gateway.networking.k8s.io',
  'cert-manager.io',
  'k8s.nginx.org',
  // Not of any cluster: the values of a chart, as src/read/helm-values.ts hands them over.
  'helm.values',
];

/** Kinds that are read when they come from the group they belong to; Ingress comes from many. */
const GROUPS_BY_KIND: ReadonlyMap<string, readonly string[]> = new Map([
  ['IngressClass', ['networking.k8s.io']],
  ['Service', ['']],
  ['Secret', ['']],
  ['ConfigMap', ['']],
  ['Namespace', ['']],
  ['Deployment', ['apps', 'extensions']],
  ['DaemonSet', ['apps', 'extensions']],
  ['StatefulSet', ['apps']],
  ['ReplicaSet', ['apps', 'extensions']],
  ['Pod', ['']],
]);

/** Kinds of the packs' groups that have no namespace. */
const CLUSTER_SCOPED: ReadonlySet<string> = new Set([
  'IngressClass',
  'Namespace',
  'GatewayClass',
  'IngressClassParams',
  'ClusterIssuer',
  'HelmValues',
]);

export type Role = 'ingress' | 'foreign' | 'unknown-version' | 'class' | 'service' | 'secret' | 'config-map' | 'namespace' | 'other';

const ROLES: ReadonlyMap<string, Role> = new Map([
  ['IngressClass', 'class'],
  ['Service', 'service'],
  ['Secret', 'secret'],
  ['ConfigMap', 'config-map'],
  ['Namespace', 'namespace'],
  ['Deployment', 'other'],
  ['DaemonSet', 'other'],
  ['StatefulSet', 'other'],
  ['ReplicaSet', 'other'],
  ['Pod', 'other'],
]);

/** What an object is to the conversion; null for one that cannot matter. */
export function roleOf(kind: string, apiVersion: string): Role | null {
  const group = apiGroup(apiVersion);
  if (kind === 'Ingress') {
    if (isIngressVersion(apiVersion)) return 'ingress';
    return ['', 'networking.k8s.io', 'extensions'].includes(group) ? 'unknown-version' : 'foreign';
  }
  if (GROUPS_BY_KIND.get(kind)?.includes(group)) return ROLES.get(kind) ?? null;
  return PACK_GROUPS.includes(group) ? 'other' : null;
}

export function isIngressVersion(apiVersion: string): apiVersion is IngressVersion {
  return INGRESS_VERSIONS.some((version) => version === apiVersion);
}

export function isClusterScoped(kind: string): boolean {
  return CLUSTER_SCOPED.has(kind);
}

/** Whether an object of this kind can have a role in some API group: what is known before a document is parsed. */
export function isKindOfInterest(kind: string): boolean {
  return kind === 'Ingress' || GROUPS_BY_KIND.has(kind);
}
