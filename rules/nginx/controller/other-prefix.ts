import { defineFindings } from '../../../src/ledger/finding.ts';
import { text } from '../../../src/rule/codec.ts';
import { defineRule, family } from '../../../src/rule/rule.ts';
import { isProtecting } from '../protecting.ts';
import { inert, placeOf } from '../settlement.ts';
import { flagsOf } from './flags.ts';
import { NOT_READ } from './prefix.ts';

const find = defineFindings('nginx/other-prefix', {
  inert: {
    level: 'note',
    message: (a: { annotation: string; instead: string }) =>
      `the controller does not read ${a.annotation}: with its --annotations-prefix it reads ${a.instead} instead`,
  },
  'protects-nothing': {
    level: 'warning',
    message: (a: { annotation: string; instead: string }) =>
      `${a.annotation} protects nothing: with its --annotations-prefix the controller reads ${a.instead} instead`,
    help: (a) => `If these paths are to be protected, write ${a.instead} and convert again.`,
    security: true,
  },
});

/** Annotations of the usual prefix on Ingresses of a controller that reads another one. */
export const otherPrefix = defineRule({
  id: 'nginx/other-prefix',
  title: 'Annotations of a prefix that this controller does not read',
  docs: 'https://kubernetes.github.io/ingress-nginx/user-guide/cli-arguments/',
  scope: 'location',
  becomes: 'inert',
  reads: { names: family(NOT_READ, text) },
  findings: find,
  convert({ read: { names }, ingress, estate, options }) {
    const prefix = flagsOf(estate, options).get('annotations-prefix') ?? '';
    const own = new Set(ingress.annotations.map(({ key }) => key));
    const ends = names.map(({ name, read: { entry } }) => {
      const instead = `${prefix}/${name}`;
      const protects = isProtecting(name) && !own.has(instead);
      return {
        entry,
        protects,
        finding: find[protects ? 'protects-nothing' : 'inert']({ annotation: entry.key, instead }, placeOf(entry)),
      };
    });
    return {
      settled: ends.flatMap(({ entry, finding }) => inert([entry], finding)),
      findings: ends.flatMap(({ protects, finding }) => (protects ? [finding] : [])),
    };
  },
});
