import { defineFindings } from '../../src/ledger/finding.ts';
import { entryOf, text } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { manual, PREFIX, placeOf } from './annotation.ts';

const find = defineFindings('alb/dry-run-plan', {
  output: {
    level: 'note',
    message: (a: { setting: string }) => `${a.setting} is written by the controller: its plan of the load balancer, never an instruction`,
  },
});

export const dryRunPlan = defineRule({
  id: 'alb/dry-run-plan',
  title: 'Plan of the controller',
  docs: manual(),
  scope: 'tool',
  becomes: 'inert',
  reads: { plan: at(`${PREFIX}dry-run-plan`, text) },
  findings: find,
  convert: ({ read: { plan } }) => ({
    settled: entryOf(plan).map((entry) => ({
      entry,
      outcome: 'inert',
      finding: find.output({ setting: entry.name }, placeOf(entry)),
      wrote: [],
    })),
  }),
});
