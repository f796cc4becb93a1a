import { defineFindings, type NoArgs } from '../../src/ledger/finding.ts';
import { entryOf, goBool, text, valueOr } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { asDefault, manual, PREFIX, replaced, valueFindings, warningsOf } from './annotation.ts';
import { controllerSetting } from './beside.ts';
import { entriesOf, part, settledOf } from './part.ts';
import { endAs, inert, placeOf } from './settlement.ts';
import { variables } from './value-codecs.ts';

const find = defineFindings('nginx/waf', {
  'not-known-to-be-on': {
    level: 'warning',
    message: (a: { annotation: string }) =>
      `${a.annotation} acts only where enable-modsecurity is true in the controller's ConfigMap, which is not in the input`,
    help: () => 'If it is on there, these paths lose their firewall: add the ConfigMap to the input and convert again.',
    security: true,
    differs: ['protection'],
  },
  off: {
    level: 'note',
    message: (a: { annotation: string }) => `${a.annotation} has no effect: ModSecurity is off for these paths`,
  },
  'engine-off': {
    level: 'note',
    message: (_: NoArgs) => 'ModSecurity is loaded with SecRuleEngine Off, so it looks at nothing',
  },
  'opted-out': {
    level: 'note',
    message: (_: NoArgs) => 'these paths are excepted from the ModSecurity of the whole controller',
  },
});

/** A snippet takes the place of the recommended rules, which only detect; `SecRuleEngine On` is what blocks. */
export const waf = defineRule({
  id: 'nginx/waf',
  title: 'ModSecurity',
  docs: manual('modsecurity'),
  scope: 'location',
  becomes: 'waf',
  reads: {
    on: at(`${PREFIX}enable-modsecurity`, goBool),
    owasp: at(`${PREFIX}enable-owasp-core-rules`, goBool),
    id: at(`${PREFIX}modsecurity-transaction-id`, variables),
    snippet: at(`${PREFIX}modsecurity-snippet`, text),
  },
  findings: { ...find, ...valueFindings },
  convert({ read, estate, options }) {
    const { on, ...rules } = read;
    const isOnEverywhere = controllerSetting(estate, options, 'enable-modsecurity') === 'true';
    const others = Object.values(rules).flatMap(entryOf);
    if (on.state === 'valid' && !on.value) {
      const own = isOnEverywhere ? inert([on.entry], find['opted-out']({}, placeOf(on.entry))) : asDefault(on);
      return { settled: [...own, ...others.flatMap((entry) => inert([entry], find.off({ annotation: entry.name }, placeOf(entry))))] };
    }
    const invalid = replaced(on, 'absent');
    if (on.state !== 'valid' && !isOnEverywhere) {
      const settled = [
        ...invalid,
        ...others.flatMap((entry) => endAs('manual', [entry], find['not-known-to-be-on']({ annotation: entry.name }, placeOf(entry)))),
      ];
      return { settled, findings: warningsOf(invalid) };
    }
    const owasp = part(read.owasp, false);
    const id = part(read.id, null);
    const snippet = valueOr(read.snippet, '');
    const settled = [...invalid, ...settledOf(owasp, id)];
    const entries = [...(on.state === 'valid' ? [on.entry] : []), ...entriesOf(owasp, id), ...entryOf(read.snippet)];
    if (entries.length === 0) return { settled, findings: warningsOf(settled) };
    const mode = modeOf(snippet);
    if (mode === 'off') {
      const off = entries.flatMap((entry) => inert([entry], find['engine-off']({}, placeOf(entry))));
      return { settled: [...settled, ...off], findings: warningsOf(settled) };
    }
    return {
      settled,
      findings: warningsOf(settled),
      intents: [
        {
          kind: 'waf',
          engine: 'ModSecurity',
          mode,
          rules: [...(owasp.value ? ['OWASP core rules'] : []), ...(snippet === '' ? [] : [snippet.trim()])].join('\n'),
          entries,
        },
      ],
    };
  },
});

/** The last SecRuleEngine of the snippet counts; the recommended rules of the controller say DetectionOnly. */
function modeOf(snippet: string): 'blocking' | 'detection' | 'off' {
  const modes = [...snippet.matchAll(/^\s*SecRuleEngine\s+(On|Off|DetectionOnly)\b/gim)];
  const last = modes.at(-1)?.[1]?.toLowerCase();
  return last === 'on' ? 'blocking' : last === 'off' ? 'off' : 'detection';
}
