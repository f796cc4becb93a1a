import type { Intent } from '../../src/intent/intent.ts';
import type { Estate } from '../../src/model/estate.ts';
import type { Read } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { manual, PREFIX, valueFindings, warningsOf } from './annotation.ts';
import { controllerSetting } from './beside.ts';
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
  convert({ read, estate }) {
    const connect = partOf(read.connect, estate, 'proxy-connect-timeout', 5);
    const reading = partOf(read.read, estate, 'proxy-read-timeout', 60);
    const sending = partOf(read.send, estate, 'proxy-send-timeout', 60);
    const intents: readonly Intent[] = [
      ...connect.entries.map((entry): Intent => ({ kind: 'connectTimeout', ms: connect.value * 1000, entries: [entry] })),
      ...reading.entries.map((entry): Intent => ({ kind: 'idleTimeout', direction: 'read', ms: reading.value * 1000, entries: [entry] })),
      ...sending.entries.map((entry): Intent => ({ kind: 'idleTimeout', direction: 'send', ms: sending.value * 1000, entries: [entry] })),
    ];
    const settled = settledOf(connect, reading, sending);
    return { intents, settled, findings: warningsOf(settled) };
  },
});

function partOf(read: Read<number>, estate: Estate, key: string, builtIn: number): Part<number> {
  const configured = seconds.parse(controllerSetting(estate, key) ?? '');
  const fallback = configured.ok ? configured.value : builtIn;
  return part(read, fallback, `the controller's default, ${fallback} seconds`);
}
