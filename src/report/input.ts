import type { Ledger } from '../ledger/ledger.ts';
import type { Outcome } from '../ledger/outcome.ts';

/** Everything a report is made of. */
export interface ReportInput {
  readonly tool: { readonly name: 'gateshift'; readonly version: string };
  readonly target: { readonly name: string; readonly version: string | null; readonly gatewayApi: string; readonly channel: string };
  /** What has to be known before anything else, whatever the input; null = nothing. */
  readonly preface: string | null;
  readonly summary: Summary;
  readonly ledger: Ledger;
  /** Entries of which nothing can be said, or whose object our own checks refused: bugs, counted among the unmapped ones. */
  readonly lost: number;
  /** A line of the input as it stands there, for code frames; null when it is not to be shown. */
  readonly lineOf: (file: string, line: number) => string | null;
}

export interface Summary {
  readonly files: number;
  readonly documents: number;
  readonly ingresses: number;
  readonly entries: Readonly<Record<Outcome, number>>;
  readonly objects: Readonly<Record<string, number>>;
  /** Rules that were not written because their protection could not be. */
  readonly withheld: number;
}

export interface ReportOptions {
  /** `errors`: nothing else; `short`: what needs attention, long lists cut; `full`: every setting, every finding. */
  readonly detail: 'errors' | 'short' | 'full';
  /** 0 = no colour. */
  readonly colorLevel: 0 | 1 | 2 | 3;
  /** Columns at which sentences are broken; null leaves them whole. */
  readonly width: number | null;
}
