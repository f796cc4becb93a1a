import type { HTTPRouteFilter, HTTPRouteMatch, HTTPRouteRule } from '../gateway/types.ts';
import type { Finding } from '../ledger/finding.ts';
import type { Outcome } from '../ledger/outcome.ts';
import type { Entry, IngressRef } from '../model/entry.ts';
import type { RuleParts } from '../targets/contract.ts';

/** A rule of a route to be: what it matches and does, and what became of the entries behind it. */
export interface DraftRule {
  readonly ingress: IngressRef;
  readonly matches: readonly HTTPRouteMatch[];
  readonly filters: readonly HTTPRouteFilter[];
  readonly backends: readonly DraftBackend[];
  readonly settings: Pick<HTTPRouteRule, 'timeouts' | 'retry' | 'sessionPersistence'>;
  /** Listener- and service-level parts, handed on to whoever writes those objects. */
  readonly parts: readonly RuleParts[];
  readonly statements: readonly Statement[];
  readonly notes: readonly string[];
  /** A guard answers with an error so that no broader rule does. */
  readonly guard: boolean;
}

export interface DraftBackend {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
  readonly weight: number;
}

/** What became of some entries; where they were written is known once the rule has its place in an object. */
export interface Statement {
  readonly entries: readonly Entry[];
  readonly outcome: Outcome;
  readonly finding: Finding | null;
  /** Field path below the rule, e.g. `.matches`; null when nothing was written for them. */
  readonly field: string | null;
  /** Holds only for entries of which nothing else is said: a host written elsewhere is not lost with one of its paths. */
  readonly weak?: true;
}

export function converted(entries: readonly Entry[], field: string): Statement {
  return { entries, outcome: 'converted', finding: null, field };
}
