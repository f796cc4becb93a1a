import { defineFindings } from '../../src/ledger/finding.ts';
import { goBool } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { asDefault, manual, PREFIX, replaced, warningsOf } from './annotation.ts';

export const serviceUpstream = defineRule({
  id: 'nginx/service-upstream',
  title: "Requests go to the Service's own address",
  docs: manual('service-upstream'),
  scope: 'upstream',
  becomes: 'serviceUpstream',
  reads: { enabled: at(`${PREFIX}service-upstream`, goBool) },
  findings: defineFindings('nginx/service-upstream', {}),
  convert({ read: { enabled } }) {
    if (enabled.state === 'absent') return {};
    if (enabled.state === 'valid' && enabled.value) return { intents: [{ kind: 'serviceUpstream', entries: [enabled.entry] }] };
    const settled = [...replaced(enabled, 'false'), ...asDefault(enabled)];
    return { settled, findings: warningsOf(settled) };
  },
});
