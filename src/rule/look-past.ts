import { PROTECTION_KINDS } from '../intent/protection.ts';
import type { Finding } from '../ledger/finding.ts';
import type { Ingress } from '../model/ingress.ts';
import type { AnyRule, RuleOutput } from './rule.ts';

/**
 * A refusal that the user wants to look past, as controllers did before they validated annotations: the rule's settings are left
 * to a person, the rest of the Ingress is converted. What was meant to protect keeps its routes closed.
 */
export function lookPast(rule: AnyRule, refused: Finding, ingress: Ingress): RuleOutput<unknown> {
  const starts = Object.values(rule.reads).map(({ annotation }) => annotation);
  const entries = ingress.annotations.filter(
    ({ name, value }) =>
      value !== '' && starts.some((start) => (start.endsWith('*') ? name.startsWith(start.slice(0, -1)) : name === start)),
  );
  const isProtective = [...PROTECTION_KINDS].some((kind) => rule.becomes.includes(kind));
  return {
    settled: entries.map((entry) => ({ entry, outcome: 'manual', finding: refused, wrote: [] })),
    intents: isProtective ? [{ kind: 'rawAccessControl', language: rule.title, restricts: refused.message, entries }] : [],
  };
}
