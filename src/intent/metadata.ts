import type { Finding } from '../ledger/finding.ts';
import type { Outcome } from '../ledger/outcome.ts';
import type { Entry, IngressRef } from '../model/entry.ts';

/** An annotation for a written object: tools around the controller look for theirs on the Gateway or on the route. */
export interface ObjectMetadata {
  readonly ingress: IngressRef;
  readonly on: 'gateway' | 'route';
  readonly name: string;
  readonly value: string;
  readonly entry: Entry;
  readonly outcome: Outcome;
  readonly finding: Finding | null;
}
