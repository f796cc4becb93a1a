import type { BackendObjectRef, HTTPRouteFilter, HTTPRouteMatch, HTTPRouteRule } from '../gateway/types.ts';
import type { Finding } from '../ledger/finding.ts';
import type { Outcome } from '../ledger/outcome.ts';
import type { Entry, IngressRef } from '../model/entry.ts';
import type { RuleParts } from '../targets/contract.ts';
import type { ImportedKind } from '../targets/dialect.ts';
import type { PolicyPart } from '../targets/policy.ts';

/** A rule of a route to be: what it matches and does, and what became of the entries behind it. */
export interface DraftRule {
  readonly ingress: IngressRef;
  readonly matches: readonly HTTPRouteMatch[];
  readonly filters: readonly HTTPRouteFilter[];
  readonly backends: readonly DraftBackend[];
  readonly settings: Pick<HTTPRouteRule, 'timeouts' | 'retry' | 'sessionPersistence'>;
  /** Service-level parts, handed on to whoever writes those objects. */
  readonly parts: readonly RuleParts[];
  readonly statements: readonly Statement[];
  readonly notes: readonly string[];
  /** Why a guard with the same matches has to stand behind the rule; it answers where the implementation drops the rule. */
  readonly closedBehind?: string;
  /** A guard answers with an error so that no broader rule does. */
  readonly guard: 'no' | GuardKind;
  /** It stands in a route of this kind; absent: in an HTTPRoute. */
  readonly route?: 'GRPCRoute';
  /** Tells apart rules of the same match that stand one behind the other for conditions that a match has no field for; '' for none. */
  readonly case: string;
}

/**
 * - `exact` takes about what the rule takes that it stands for; `wide` takes more, as what must stay closed has no narrower match:
 *   a redirect may stand in its place;
 * - `yields` takes more, and nothing needs it closed: any rule may stand in its place.
 */
export type GuardKind = 'exact' | 'wide' | 'yields';

export interface DraftBackend {
  readonly namespace: string;
  readonly name: string;
  /** null for what has none: see `ref`. */
  readonly port: number | null;
  /** Of another kind than Service. */
  readonly ref?: Pick<BackendObjectRef, 'group' | 'kind'>;
  readonly weight: number;
  /** What it is named by, where not as a Service. */
  readonly imported?: Pick<ImportedKind, 'group' | 'kind'>;
  /** What makes the Service of this cluster known where it is imported. */
  readonly exportedBy?: ImportedKind['exportedBy'];
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
  /** The object of the implementation that has it, instead of the route. */
  readonly policy?: PolicyPart;
  /** It stands on the Gateway. */
  readonly onGateway?: true;
  /** It is about gRPC to the backend. */
  readonly grpc?: true;
}

export function converted(entries: readonly Entry[], field: string): Statement {
  return { entries, outcome: 'converted', finding: null, field };
}

/** What was said of a rule that in the end is not written; what was lost anyway stays so. */
export function retracted(statements: readonly Statement[], outcome: Outcome, finding: Finding): readonly Statement[] {
  return statements.map((statement) =>
    statement.outcome === 'converted' || statement.outcome === 'approximated'
      ? { entries: statement.entries, outcome, finding, field: null, weak: true }
      : { ...statement, field: null },
  );
}

/** Whether a draft answers with other than an error. */
export function answers(draft: DraftRule): boolean {
  const isResponse = draft.parts.some((part) => (part.policies ?? []).some(({ on }) => on.to === 'filter'));
  return draft.backends.length + draft.filters.length > 0 || isResponse;
}

/** A rule without backend, which a Gateway answers with an error. */
export function guardRule(ingress: IngressRef, matches: readonly HTTPRouteMatch[], why: string): DraftRule {
  return {
    ingress,
    matches,
    filters: [],
    backends: [],
    settings: {},
    parts: [],
    statements: [],
    notes: [`answers with an error: ${why}`],
    guard: 'exact',
    case: '',
  };
}
