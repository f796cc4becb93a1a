import { defineFindings } from '../../src/ledger/finding.ts';
import type { ToolRule } from '../../src/rule/pack.ts';
import { copyTo, placeOf } from './outputs.ts';

const find = defineFindings('tool/unclaimed', {
  copied: {
    level: 'note',
    message: (a: { name: string }) => `no controller or tool known here reads ${a.name}; it was copied to the HTTPRoutes`,
    help: () => 'If something of yours reads it from Ingresses, let it read HTTPRoutes too. Gateways take no notice of it.',
  },
});

/** Takes what no other rule does: descriptions, owners, settings of in-house tools. */
export const unclaimed: ToolRule = {
  id: 'tool/unclaimed',
  title: 'Annotations of nobody known here',
  docs: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/',
  annotations: [],
  convert: (entry, ingress) =>
    copyTo('route', entry, ingress, { outcome: 'manual', finding: find.copied({ name: entry.name }, placeOf(entry)) }),
};
