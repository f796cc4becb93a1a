import type { HTTPRouteFilter } from '../gateway/types.ts';
import type { Intent } from '../intent/intent.ts';
import type { Finding } from '../ledger/finding.ts';
import type { Entry } from '../model/entry.ts';
import type { RouteRule } from '../route/table.ts';
import type { Lowering } from '../targets/contract.ts';
import { converted, type Statement } from './draft.ts';
import { pathEntries } from './entries.ts';
import { filterField } from './filters.ts';
import { planFindings } from './findings.ts';

export function intentStatement(intent: Intent, lowering: Lowering, filters: readonly HTTPRouteFilter[] = []): Statement {
  if (lowering.as === 'absent') return { entries: intent.entries, outcome: lowering.outcome, finding: lowering.finding, field: null };
  const [policy] = lowering.parts.policies ?? [];
  return {
    entries: intent.entries,
    outcome: lowering.outcome,
    finding: lowering.finding,
    field: filterField(lowering.parts, filters) ?? '',
    ...(policy === undefined ? {} : { policy }),
    ...(lowering.parts.gateway === undefined ? {} : { onGateway: true }),
    ...(lowering.parts.grpc === undefined ? {} : { grpc: true }),
  };
}

/** On a redirect most settings had nothing to act on; what the target cannot express is still said. */
export function unreached(intent: Intent, lowering: Lowering): Statement {
  if (lowering.as === 'absent') return { ...intentStatement(intent, lowering), weak: true };
  return { entries: intent.entries, outcome: 'inert', finding: planFindings.unused({}, {}), field: null, weak: true };
}

/** Of what the rule stands on, and of how its matches differ. */
export function matchStatements(rule: RouteRule, findings: readonly Finding[]): readonly Statement[] {
  const entries = pathEntries(rule);
  return [
    converted(rule.entries, ''),
    ...findings.map((finding): Statement => ({ entries, outcome: 'approximated', finding, field: '.matches' })),
  ];
}

export function ruleStatements(rule: RouteRule, findings: readonly Finding[]): readonly Statement[] {
  const backends = rule.action.kind === 'forward' ? rule.action.backends : [];
  return [...matchStatements(rule, findings), ...backends.map((backend, index) => converted(backend.entries, `.backendRefs[${index}]`))];
}

export function rewriteStatements(
  rule: RouteRule,
  findings: readonly Finding[],
  filters: readonly HTTPRouteFilter[],
): readonly Statement[] {
  if (rule.action.kind !== 'forward' || rule.action.rewrite === null) return [];
  const index = filters.findIndex((filter) => filter.type === 'URLRewrite');
  return stated(rule.action.rewrite.entries, findings, index < 0 ? '.matches' : `.filters[${index}]`);
}

export function stated(entries: readonly Entry[], findings: readonly Finding[], field: string): readonly Statement[] {
  return findings.length === 0
    ? [converted(entries, field)]
    : findings.map((finding) => ({ entries, outcome: 'approximated', finding, field }));
}
