import type { GkeCdn } from '../../intent/gke.ts';
import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Lowering } from '../contract.ts';
import { approximated } from '../lowering.ts';
import { httpFilter } from './kinds.ts';

const find = defineFindings('gke-gateway/cdn', {
  version: {
    level: 'warning',
    message: (_: NoArgs) =>
      'Cloud CDN is written as a GCPHTTPFilter, which needs GKE 1.35.2-gke.1751000 or newer and cannot stand on a Gateway with Identity-Aware Proxy',
    help: () =>
      'On an older cluster the route is refused for it: leave the filter out, and upgrade before the CDN is needed. Check its fields against the CRD of the cluster: kubectl explain gcphttpfilter.spec.',
  },
});

/** The controller's defaults are written out: what the filter makes of an absent field is not promised. */
export function cdnFilter(cdn: GkeCdn, place: Parameters<typeof find.version>[1]): Lowering {
  const part = { policy: httpFilter, on: { to: 'filter', name: 'cdn', order: 1 }, spec: { cachePolicy: cachePolicy(cdn) } } as const;
  return approximated({ policies: [part] }, find.version({}, place));
}

function cachePolicy({ cacheKey, ...cdn }: GkeCdn): JsonObject {
  const seconds = (name: string, value: number | null): JsonObject => (value === null ? {} : { [name]: `${value}s` });
  const list = (name: string, values: readonly string[]): JsonObject => (values.length === 0 ? {} : { [name]: values });
  return {
    cacheMode: cdn.cacheMode,
    ...seconds('defaultTTL', cdn.defaultTtl),
    ...seconds('maxTTL', cdn.maxTtl),
    ...seconds('clientTTL', cdn.clientTtl),
    ...seconds('serveWhileStale', cdn.serveWhileStale),
    requestCoalescing: cdn.requestCoalescing,
    negativeCaching: cdn.negativeCaching,
    ...(cdn.negativeCachingPolicy.length === 0
      ? {}
      : { negativeCachingPolicy: cdn.negativeCachingPolicy.map(({ code, ttl }) => ({ code, ttl: `${ttl}s` })) }),
    ...list('cacheBypassRequestHeaderNames', cdn.bypassHeaders),
    cacheKeyPolicy: {
      includeProtocol: cacheKey.includeProtocol,
      includeHost: cacheKey.includeHost,
      includeQueryString: cacheKey.includeQueryString,
      ...list('includedQueryParameters', cacheKey.includedParameters),
      ...list('excludedQueryParameters', cacheKey.excludedParameters),
    },
  };
}
