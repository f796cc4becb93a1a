import { defineFindings } from '../../src/ledger/finding.ts';
import type { Codec } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { asDefault, manual, PREFIX, replaced, warningsOf } from './annotation.ts';

const PROTOCOLS = ['HTTP', 'HTTPS', 'AUTO_HTTP', 'GRPC', 'GRPCS', 'FCGI'] as const;

const protocol: Codec<(typeof PROTOCOLS)[number]> = {
  name: PROTOCOLS.join('|'),
  parse(value) {
    const found = PROTOCOLS.find((candidate) => candidate === value.trim().toUpperCase());
    return found === undefined ? { ok: false, reason: `none of ${PROTOCOLS.join(', ')}` } : { ok: true, value: found };
  },
};

export const backendProtocol = defineRule({
  id: 'nginx/backend-protocol',
  title: 'What is spoken to the backend',
  docs: manual('backend-protocol'),
  scope: 'location',
  becomes: 'backendProtocol',
  reads: { protocol: at(`${PREFIX}backend-protocol`, protocol) },
  findings: defineFindings('nginx/backend-protocol', {}),
  convert({ read }) {
    if (read.protocol.state === 'absent') return {};
    if (read.protocol.state === 'invalid') {
      const settled = replaced(read.protocol, 'HTTP');
      return { settled, findings: warningsOf(settled) };
    }
    if (read.protocol.value === 'HTTP') return { settled: asDefault(read.protocol) };
    return { intents: [{ kind: 'backendProtocol', protocol: read.protocol.value, entries: [read.protocol.entry] }] };
  },
});
