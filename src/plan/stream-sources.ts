import type { Finding } from '../ledger/finding.ts';
import type { Stream } from '../route/table.ts';
import type { Target } from '../targets/contract.ts';
import type { StreamPolicy } from '../targets/dialect.ts';
import type { Statement } from './draft.ts';
import { planFindings } from './findings.ts';

export interface StreamSourcesPlan {
  readonly policy: StreamPolicy | null;
  readonly statements: readonly Statement[];
  /** Why the route must not be written. */
  readonly problem: Finding | null;
}

/** The addresses that alone may connect to a port: kept by a policy of the implementation, or a reason to write no route. */
export function streamSources(
  { protocol, port, backend, loadBalancer }: Stream,
  { target, onSecurityLoss }: { readonly target: Target; readonly onSecurityLoss: 'withhold' | 'emit' },
): StreamSourcesPlan {
  const { sourceRanges = [], entries = [] } = loadBalancer ?? {};
  if (sourceRanges.length === 0) return { policy: null, statements: [], problem: null };
  const service = `${backend.namespace}/${backend.service}`;
  const place = { at: entries[0]?.at ?? null };
  const policy = target.dialect?.streamSources?.({ protocol, port, ranges: sourceRanges, version: target.version }) ?? null;
  if (policy !== null) {
    const finding = planFindings['load-balancer-address']({ service }, place);
    return { policy, statements: [{ entries, outcome: 'approximated', finding, field: '' }], problem: null };
  }
  const ranges = sourceRanges.join(', ');
  if (onSecurityLoss === 'withhold') {
    const args = { protocol, port, service, ranges, target: target.title };
    return { policy: null, statements: [], problem: planFindings['load-balancer-sources'](args, place) };
  }
  const finding = planFindings['load-balancer-opened']({ protocol, port, service, ranges }, place);
  return { policy: null, statements: [{ entries, outcome: 'unmapped', finding, field: null }], problem: null };
}
