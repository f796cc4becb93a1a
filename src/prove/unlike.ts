import type { Difference } from '../ledger/finding.ts';
import type { WrittenField } from '../ledger/outcome.ts';
import type { HostTable, RouteRule } from '../route/table.ts';
import type { Request } from './request.ts';

/** A request that is answered differently. */
export interface Unlike {
  readonly request: Request;
  readonly differences: readonly Difference[];
  /** The host that took the request before. */
  readonly host: HostTable | null;
  /** The rule that answered before. */
  readonly rule: RouteRule | null;
  /** The field that answers now, as the conversion wrote it. */
  readonly field: WrittenField | null;
}
