import type { Finding } from '../ledger/finding.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Outcome } from '../ledger/outcome.ts';
import type { Problem, WithheldRoute } from '../ledger/problem.ts';
import type { IngressRef } from '../model/entry.ts';

/** Everything a report is made of. */
export interface ReportInput {
  readonly tool: { readonly name: 'gateshift'; readonly version: string };
  readonly target: ReportTarget;
  /** What has to be known before anything else, whatever the input; null = nothing. */
  readonly preface: string | null;
  readonly summary: Summary;
  readonly ledger: Ledger;
  /** Entries of which nothing can be said, or whose object our own checks refused: bugs, counted among the unmapped ones. */
  readonly lost: number;
  /** A line of the input as it stands there, for code frames; null when it is not to be shown. */
  readonly lineOf: (file: string, line: number) => string | null;
  /** Every route that is withheld, also those whose loss was accepted. */
  readonly withheld: readonly WithheldRoute[];
  /** What makes this run fail, by `--fail-on`, without what the baseline knows. */
  readonly failing: readonly Problem[];
  /** Null when the run was held against none. */
  readonly baseline: BaselineState | null;
  /** Findings that a waiver accepts; they are not among the ledger's. */
  readonly waived: readonly WaivedFinding[];
  /** What a finding is known by from run to run. */
  readonly fingerprintOf: (finding: Finding) => string;
  /** The behaviour a code belongs to; null when no rule owns it. */
  readonly behaviourOf: (code: string) => Behaviour | null;
  readonly routes: readonly RouteChange[];
}

export interface ReportTarget {
  readonly name: string;
  /** Minor version of the implementation; null: it has none. */
  readonly version: string | null;
  /** For people: with the version where one was asked for. */
  readonly label: string;
  /** What was written for. */
  readonly gatewayApi: string;
  readonly channel: string;
}

export interface BaselineState {
  /** As the user wrote it. */
  readonly file: string;
  /** Findings that reports for people leave out. */
  readonly known: ReadonlySet<Finding>;
  /** Problems, not findings: what `--fail-on` counts. */
  readonly counts: { readonly known: number; readonly fresh: number; readonly gone: number };
  readonly gone: readonly {
    readonly code: string;
    readonly ingress: string;
    readonly subject: string;
    readonly fingerprint: string;
    readonly count: number;
  }[];
}

export interface WaivedFinding {
  readonly finding: Finding;
  readonly reason: string;
  /** `YYYY-MM-DD`, or null. */
  readonly until: string | null;
  readonly by: 'config' | 'annotation';
}

export interface Behaviour {
  readonly title: string;
  /** Page of the controller's manual; '' when there is none. */
  readonly docs: string;
}

/** One rule of today's routing, and what answers for it in the output. */
export interface RouteChange {
  readonly ingress: IngressRef;
  readonly vendor: string;
  /** '' = any host. */
  readonly host: string;
  readonly before: RoutedPath;
  readonly after: readonly (RoutedPath & { readonly route: string })[];
  /** `unused`: a rule before it takes all its requests already today. */
  readonly state: 'same' | 'changed' | 'withheld' | 'gone' | 'unused';
  /** Codes of the findings that say what changed. */
  readonly codes: readonly string[];
}

export interface RoutedPath {
  /** As text: `Prefix /api`. */
  readonly path: string;
  /** `namespace/service:port`, with ` 20%` when there are several; redirects and fixed answers in words. */
  readonly to: readonly string[];
}

export interface Summary {
  readonly files: number;
  /** Objects read from a cluster. */
  readonly liveObjects: number;
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
