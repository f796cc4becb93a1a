import type { Finding } from '../../../src/ledger/finding.ts';
import type { Entry } from '../../../src/model/entry.ts';
import type { PathMatch } from '../../../src/route/table.ts';
import type { Directive } from '../../nginx-config/directive.ts';
import type { Branch, BranchMatch, BranchOutcome } from './branch.ts';
import type { Variables } from './variables.ts';

/** Where a walk through the rewrite directives is. */
export interface State {
  readonly match: BranchMatch;
  readonly variables: Variables;
  /** The pattern whose groups `$1` … are. */
  readonly groups: PathMatch | null;
  readonly inner: readonly Directive[];
  readonly entries: readonly Entry[];
}

/** The walk: how directives behind one are followed, and what is noted on the way. */
export interface Walk {
  readonly follow: (directives: readonly Directive[], state: State) => readonly Branch[];
  readonly end: (state: State, outcome: BranchOutcome) => readonly Branch[];
  /** No branch stands for the directive. `protects`: somebody may get through without it who did not. */
  readonly leave: (directive: Directive, why: string, protects: boolean) => void;
  readonly note: (...findings: readonly Finding[]) => void;
  /** So many ways that no more are followed. */
  readonly isFull: () => boolean;
  /** The location is chosen behind the directives, by the path as they leave it. */
  readonly ofServer: boolean;
}
