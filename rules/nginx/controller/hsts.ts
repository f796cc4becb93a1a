import { defineFindings, type NoArgs } from '../../../src/ledger/finding.ts';
import type { Entry } from '../../../src/model/entry.ts';
import { entryOf, goBool, goInt, type Read, valueOr } from '../../../src/rule/codec.ts';
import { at, defineRule } from '../../../src/rule/rule.ts';
import { replaced, valueFindings, warningsOf } from '../annotation.ts';
import { inert, placeOf } from '../settlement.ts';
import { configDocs, configKey } from './config-key.ts';

const find = defineFindings('nginx/config/hsts', {
  off: { level: 'note', message: (_: NoArgs) => 'the controller sends no Strict-Transport-Security, and neither does a Gateway' },
});

/** On every HTTPS response of every host unless `hsts` is false; written where the ConfigMap says something about it. */
export const hsts = defineRule({
  id: 'nginx/config/hsts',
  title: 'Strict-Transport-Security',
  docs: configDocs('hsts'),
  scope: 'ingress',
  becomes: 'hsts',
  reads: {
    on: at(configKey('hsts'), goBool),
    maxAge: at(configKey('hsts-max-age'), goInt),
    subdomains: at(configKey('hsts-include-subdomains'), goBool),
    preload: at(configKey('hsts-preload'), goBool),
  },
  findings: { ...find, ...valueFindings },
  convert({ read }) {
    const { on, ...details } = read;
    const valid = (each: Read<unknown>): readonly Entry[] => (each.state === 'valid' ? entryOf(each) : []);
    const entries = [...valid(on), ...Object.values(details).flatMap(valid)];
    const settled = [
      ...replaced(on, 'true'),
      ...replaced(details.maxAge, '31536000'),
      ...replaced(details.subdomains, 'true'),
      ...replaced(details.preload, 'false'),
    ];
    const findings = warningsOf(settled);
    if (entries.length === 0) return { settled, findings };
    if (!valueOr(on, true))
      return { settled: [...settled, ...entries.flatMap((entry) => inert([entry], find.off({}, placeOf(entry))))], findings };
    return {
      settled,
      findings,
      intents: [
        {
          kind: 'hsts',
          maxAgeSeconds: valueOr(details.maxAge, 31_536_000),
          includeSubDomains: valueOr(details.subdomains, true),
          preload: valueOr(details.preload, false),
          entries,
        },
      ],
    };
  },
});
