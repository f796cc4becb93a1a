import { defineFindings } from '../../src/ledger/finding.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { manual, PREFIX, valueFindings, warningsOf } from './annotation.ts';
import { beside } from './beside.ts';
import { part } from './part.ts';
import { inert, placeOf } from './settlement.ts';
import { option } from './value-codecs.ts';

const find = defineFindings('nginx/satisfy', {
  'no-choice': {
    level: 'note',
    message: (a: { checks: string }) => `satisfy any leaves no choice here: ${a.checks} on this Ingress`,
    help: () => 'A list or an authentication of the whole controller (its ConfigMap) would be the other half: it is not looked at.',
  },
});

/** What the access phase asks: each is one condition, and the two lists together are one. */
const CHECKS = [
  { name: 'an address list', annotations: ['allowlist-source-range', 'whitelist-source-range', 'denylist-source-range'] },
  { name: 'a password', annotations: ['auth-type'] },
  { name: 'external authentication', annotations: ['auth-url'] },
] as const;

export const satisfy = defineRule({
  id: 'nginx/satisfy',
  title: 'Address lists or authentication',
  docs: manual('satisfy'),
  scope: 'location',
  becomes: 'satisfyAny',
  reads: { satisfy: at(`${PREFIX}satisfy`, option('any', 'all')) },
  findings: { ...find, ...valueFindings },
  convert({ read, ingress }) {
    const choice = part(read.satisfy, 'all');
    if (choice.entries.length === 0) return { settled: choice.settled, findings: warningsOf(choice.settled) };
    const checks = CHECKS.filter(({ annotations }) => annotations.some((name) => beside(ingress, name) !== null));
    if (checks.length > 1) return { intents: [{ kind: 'satisfyAny', entries: choice.entries }] };
    const only = checks[0] === undefined ? 'there is no check at all' : `there is only ${checks[0].name}`;
    return { settled: choice.entries.flatMap((entry) => inert([entry], find['no-choice']({ checks: only }, placeOf(entry)))) };
  },
});
