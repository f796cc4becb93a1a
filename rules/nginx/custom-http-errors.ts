import { statusWords } from '../../src/intent/status-words.ts';
import { defineFindings } from '../../src/ledger/finding.ts';
import type { Codec } from '../../src/rule/codec.ts';
import { goBool, valueOr } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { manual, PREFIX, refusal, valueFindings, warningsOf, withoutPartner } from './annotation.ts';
import { beside } from './beside.ts';
import { part } from './part.ts';
import { endAs, placeOf } from './settlement.ts';

const find = defineFindings('nginx/custom-http-errors', {
  'own-errors-only': {
    level: 'warning',
    message: (a: { statuses: string }) =>
      `errors that the gateway makes itself (${a.statuses}) get the implementation's page instead of the default backend's; those of the backend pass unchanged, as today`,
    help: () => 'Where it matters, look for error responses of the implementation: some have static pages.',
    differs: ['status', 'headers'],
  },
});

/** `^(?:[4,5]\d{2},?)*$` without blanks: three digits each, the first 4 or 5. */
const statuses: Codec<readonly number[]> = {
  name: 'status codes',
  parse(value) {
    const text = value.replaceAll(' ', '');
    if (!/^([45][0-9]{2},?)*$/.test(text)) return { ok: false, reason: 'not a list of status codes from 400 to 599' };
    return { ok: true, value: [...new Set((text.match(/[0-9]{3}/g) ?? []).map(Number))].sort((a, b) => a - b) };
  },
};

/** Errors are answered by the default backend, which gets the status as X-Code. */
export const customHttpErrors = defineRule({
  id: 'nginx/custom-http-errors',
  title: 'Error pages from another service',
  docs: manual('custom-http-errors'),
  scope: 'location',
  becomes: 'customErrors',
  reads: {
    statuses: at(`${PREFIX}custom-http-errors`, statuses),
    notIntercepted: at(`${PREFIX}disable-proxy-intercept-errors`, goBool),
  },
  findings: { ...find, ...valueFindings },
  convert({ read, ingress }) {
    const refused = refusal(read.statuses);
    if (refused !== null) return { refused };
    if (read.statuses.state !== 'valid') return { settled: withoutPartner(read.notIntercepted, 'custom-http-errors') };
    const flag = part(read.notIntercepted, false);
    const entries = [read.statuses.entry, ...flag.entries];
    if (flag.value) {
      const finding = find['own-errors-only']({ statuses: statusWords(read.statuses.value) }, placeOf(read.statuses.entry));
      return { settled: endAs('unmapped', entries, finding) };
    }
    return {
      settled: flag.settled,
      findings: warningsOf(flag.settled),
      intents: [{ kind: 'customErrors', statuses: valueOr(read.statuses, []), service: beside(ingress, 'default-backend'), entries }],
    };
  },
});
