import type { Intent } from '../../src/intent/intent.ts';
import { at } from '../../src/rule/rule.ts';
import { manual, ORG, valueFindings } from './annotation.ts';
import { defineEffective } from './behaviour.ts';
import { nginxTime } from './codecs.ts';
import { part, settledOf } from './part.ts';

const MINUTE = 60_000;

/** Gaps between two reads or writes, not totals; 60 s each by default. */
export const timeouts = defineEffective({
  id: 'nginx-inc/timeouts',
  title: 'Timeouts towards the backend',
  docs: manual('general-customization'),
  scope: 'location',
  becomes: 'connectTimeout, idleTimeout',
  placed: 'location',
  reads: {
    connect: at(`${ORG}proxy-connect-timeout`, nginxTime, 'connectTimeout'),
    read: at(`${ORG}proxy-read-timeout`, nginxTime, 'idleTimeout'),
    send: at(`${ORG}proxy-send-timeout`, nginxTime, 'idleTimeout'),
  },
  findings: { default: valueFindings.default },
  effect(given) {
    const connect = part(given.connect, MINUTE);
    const read = part(given.read, MINUTE);
    const send = part(given.send, MINUTE);
    const intents: readonly Intent[] = [
      { kind: 'connectTimeout', ms: connect.value, entries: connect.entries },
      { kind: 'idleTimeout', direction: 'read', ms: read.value, entries: read.entries },
      { kind: 'idleTimeout', direction: 'send', ms: send.value, entries: send.entries },
    ];
    return { intents: intents.filter(({ entries }) => entries.length > 0), settled: settledOf(connect, read, send) };
  },
});
