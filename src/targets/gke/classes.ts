import type { LoadBalancer } from '../../route/table.ts';
import type { LoweringContext } from '../contract.ts';

/** https://cloud.google.com/kubernetes-engine/docs/concepts/gateway-api#gatewayclass */
export const DEFAULT_CLASS = 'gke-l7-global-external-managed';

const BY_INGRESS_CLASS: Readonly<Record<string, string>> = {
  'gce-internal': 'gke-l7-rilb',
  'gce-regional-external': 'gke-l7-regional-external-managed',
};

/** By the load balancer that there is today; null: the default. */
export function classFor({ className }: LoadBalancer): string | null {
  return className !== null && Object.hasOwn(BY_INGRESS_CLASS, className) ? (BY_INGRESS_CLASS[className] ?? null) : null;
}

/** Where policies and certificates of a class live. */
export type Scope = 'global' | 'regional' | 'cross-regional';

export function scopeOf({ gatewayClass: chosen }: Pick<LoweringContext, 'gatewayClass'>): Scope {
  const gatewayClass = chosen ?? DEFAULT_CLASS;
  if (gatewayClass.startsWith('gke-l7-cross-regional-')) return 'cross-regional';
  return gatewayClass.startsWith('gke-l7-rilb') || gatewayClass.startsWith('gke-l7-regional-') ? 'regional' : 'global';
}

/** The classic load balancer has no cache filter, and neither have regional ones. */
export function hasCdn({ gatewayClass }: Pick<LoweringContext, 'gatewayClass'>): boolean {
  return (gatewayClass ?? DEFAULT_CLASS).startsWith(DEFAULT_CLASS);
}

/** The load balancer that GKE Ingress builds as well. */
export function isClassic(gatewayClass: string | null): boolean {
  return gatewayClass?.startsWith('gke-l7-gxlb') === true;
}
