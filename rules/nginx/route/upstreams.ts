import type { IngressBackend } from '../../../src/model/ingress.ts';
import type { Facts } from './facts.ts';

/** A Service and port as written: `80` and `http` of one Service are two upstreams. */
export interface Upstream {
  readonly key: string;
  readonly namespace: string;
  readonly service: string;
  readonly port: number | string | null;
  /** The Ingress that mentioned it first: its load balancing, service-upstream and canary policy hold wherever it is used. */
  readonly creator: Facts;
  /** First mentioned by a canary: it can be no primary. */
  readonly canaryOnly: boolean;
}

export function upstreamKey(namespace: string, backend: Extract<IngressBackend, { kind: 'service' }>): string {
  return `${namespace}-${backend.name}-${backend.port ?? ''}`;
}

/** `facts` in the controller's order. */
export function collectUpstreams(facts: readonly Facts[]): ReadonlyMap<string, Upstream> {
  const upstreams = new Map<string, Upstream>();
  for (const creator of facts) {
    const { namespace } = creator.ref;
    const make = (backend: Extract<IngressBackend, { kind: 'service' }>): Upstream => ({
      key: upstreamKey(namespace, backend),
      namespace,
      service: backend.name,
      port: backend.port,
      creator,
      canaryOnly: creator.canary !== null,
    });
    const fallback = creator.ingress.defaultBackend;
    // The controller makes the upstream of a default backend anew, whoever had it before.
    if (fallback?.kind === 'service') upstreams.set(upstreamKey(namespace, fallback), make(fallback));
    for (const { backend } of creator.ingress.rules.flatMap((rule) => rule.paths ?? [])) {
      if (backend?.kind === 'service' && !upstreams.has(upstreamKey(namespace, backend)))
        upstreams.set(upstreamKey(namespace, backend), make(backend));
    }
  }
  return upstreams;
}
