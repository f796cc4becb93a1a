import type { Intent } from '../../src/intent/intent.ts';
import type { Read } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { manual, PREFIX, valueFindings, warningsOf } from './annotation.ts';
import { type Part, part, settledOf } from './part.ts';
import { seconds } from './value-codecs.ts';

/** Whole seconds without unit. Reading and sending count pauses, not the whole transfer; there is no total limit. */
export const timeouts = defineRule({
  id: 'nginx/timeouts',
  title: 'Timeouts towards the backend',
  docs: manual('custom-timeouts'),
  scope: 'location',
  becomes: 'connectTimeout, idleTimeout',
  reads: {
    connect: at(`${PREFIX}proxy-connect-timeout`, seconds),
    read: at(`${PREFIX}proxy-read-timeout`, seconds),
    send: at(`${PREFIX}proxy-send-timeout`, seconds),
  },
  findings: valueFindings,
  convert({ read }) {
    const connect = partOf(read.connect, 5);
    const reading = partOf(read.read, 60);
    const sending = partOf(read.send, 60);
    const intents: readonly Intent[] = [
      ...connect.entries.map((entry): Intent => ({ kind: 'connectTimeout', ms: connect.value * 1000, entries: [entry] })),
      ...reading.entries.map((entry): Intent => ({ kind: 'idleTimeout', direction: 'read', ms: reading.value * 1000, entries: [entry] })),
      ...sending.entries.map((entry): Intent => ({ kind: 'idleTimeout', direction: 'send', ms: sending.value * 1000, entries: [entry] })),
    ];
    const settled = settledOf(connect, reading, sending);
    return { intents, settled, findings: warningsOf(settled) };
  },
});

function partOf(read: Read<number>, builtIn: number): Part<number> {
  return part(read, builtIn, `the controller's default, ${builtIn} seconds`);
}
