import type { Difference, Finding } from '../ledger/finding.ts';
import type { Position } from '../model/position.ts';
import type { Answer } from './answer.ts';

/** Two answers that differ, before and after, and where they come from. */
export interface Compared {
  readonly before: Answer;
  readonly after: Answer;
  readonly beforeSource: string;
  readonly afterSource: string;
  /** Where the rule or setting behind the answer before stands in the input. */
  readonly at: Position | null;
  /** Where what answers after stands in the manifests; null for those that were never in a file. */
  readonly afterAt: Position | null;
  readonly differences: readonly Difference[];
  /** The ledger's finding that announced it; null = nobody said so. */
  readonly explained: Finding | null;
}
