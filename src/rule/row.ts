import type { Intent } from '../intent/intent.ts';
import type { Difference } from '../ledger/finding.ts';
import type { Entry } from '../model/entry.ts';
import { type Codec, text } from './codec.ts';

/** An annotation that is only a row: one value, one effect, no partner. */
export type Row = CarryRow | LostRow | InertRow;

interface RowBase {
  /** Without the prefix of the vendor. */
  readonly name: string;
  readonly codec: Codec<unknown>;
  /** What the controller does with an invalid value. */
  readonly onInvalid: 'default' | 'refused';
}

/** One value that becomes one intent. */
interface CarryRow extends RowBase {
  readonly row: 'carry';
  /** The value that changes nothing. */
  readonly default: unknown;
  readonly becomes: string;
  readonly intent: (value: never, entry: Entry) => Intent;
}

/** No target can say it; or a person has to. */
interface LostRow extends RowBase {
  readonly row: 'lost';
  readonly default: unknown;
  readonly outcome: 'unmapped' | 'manual';
  readonly why: string;
  readonly instead: string;
  readonly security: boolean;
  readonly differs: readonly Difference[];
}

/** Without any effect on requests. */
interface InertRow extends RowBase {
  readonly row: 'inert';
  readonly why: string;
  /** What to think of, where a reader may believe it does something. */
  readonly instead: string;
  /** It looks as if it protected something: reported even though nothing changes. */
  readonly security: boolean;
}

export function carryRow<T>(
  name: string,
  codec: Codec<T>,
  fallback: T | null,
  becomes: string,
  intent: (value: T, entry: Entry) => Intent,
): Row {
  return { row: 'carry', name, codec, default: fallback, onInvalid: 'default', becomes, intent };
}

/** `why` and `instead` are sentences; values equal to `default` are inert. */
export function lostRow(row: Pick<LostRow, 'name' | 'why' | 'instead'> & Partial<Omit<LostRow, 'row'>>): Row {
  return { row: 'lost', codec: text, default: null, onInvalid: 'default', outcome: 'unmapped', security: false, differs: [], ...row };
}

export function inertRow(row: Pick<InertRow, 'name' | 'why'> & Partial<Omit<InertRow, 'row'>>): Row {
  return { row: 'inert', codec: text, onInvalid: 'default', instead: '', security: false, ...row };
}
