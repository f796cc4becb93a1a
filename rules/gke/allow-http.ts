import { defineFindings } from '../../src/ledger/finding.ts';
import type { Entry } from '../../src/model/entry.ts';
import { goBool } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { inert, placeOf } from './settlement.ts';

const find = defineFindings('gke/allow-http', {
  default: {
    level: 'note',
    message: (a: { value: string }) => `"${a.value}" keeps port 80 open, as it is without the annotation`,
  },
  'not-a-boolean': {
    level: 'warning',
    message: (a: { value: string }) => `"${a.value}" is neither true nor false, which GKE reads as true: port 80 is open`,
    help: () => 'If clear text was to be refused, it never was: write "false" and convert again.',
    security: true,
  },
});

/** Set where port 80 is closed. */
export interface HttpClosed {
  readonly entry: Entry;
}

export const allowHttp = defineRule({
  id: 'gke/allow-http',
  title: 'Port 80',
  docs: 'https://cloud.google.com/kubernetes-engine/docs/how-to/ingress-multi-ssl#disabling_http',
  scope: 'ingress',
  becomes: 'no HTTP listener',
  reads: { allow: at('kubernetes.io/ingress.allow-http', goBool) },
  findings: find,
  convert({ read: { allow } }): {
    setting?: HttpClosed;
    routed?: readonly Entry[];
    settled?: ReturnType<typeof inert>;
    findings?: ReturnType<typeof find.default>[];
  } {
    switch (allow.state) {
      case 'absent':
        return {};
      case 'invalid': {
        const finding = find['not-a-boolean']({ value: allow.entry.value }, placeOf(allow.entry));
        return { settled: inert([allow.entry], finding), findings: [finding] };
      }
      case 'valid':
        if (allow.value) return { settled: inert([allow.entry], find.default({ value: allow.entry.value }, placeOf(allow.entry))) };
        return { setting: { entry: allow.entry }, routed: [allow.entry] };
      default:
        return allow satisfies never;
    }
  },
});
