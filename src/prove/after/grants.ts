import type { ReferenceGrant } from '../../gateway/types.ts';

export interface Referrer {
  readonly kind: string;
  readonly namespace: string;
}

export interface Referent {
  /** '' for the core group. */
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Whether the owner of `to`'s namespace lets a Gateway API object of `from` refer to it. */
export type Grants = (from: Referrer, to: Referent) => boolean;

const GROUP = 'gateway.networking.k8s.io';

export function grantsOf(grants: readonly ReferenceGrant[]): Grants {
  const byNamespace = new Map<string, ReferenceGrant[]>();
  for (const grant of grants) {
    const namespace = grant.metadata.namespace ?? 'default';
    const known = byNamespace.get(namespace);
    if (known === undefined) byNamespace.set(namespace, [grant]);
    else known.push(grant);
  }
  return (from, to) => from.namespace === to.namespace || (byNamespace.get(to.namespace) ?? []).some((grant) => covers(grant, from, to));
}

function covers({ spec }: ReferenceGrant, from: Referrer, to: Referent): boolean {
  return (
    spec.from.some((item) => item.group === GROUP && item.kind === from.kind && item.namespace === from.namespace) &&
    spec.to.some((item) => item.group === to.group && item.kind === to.kind && (item.name === undefined || item.name === to.name))
  );
}
