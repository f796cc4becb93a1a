import type { Intent } from '../../src/intent/intent.ts';
import { defineFindings } from '../../src/ledger/finding.ts';
import { commaList, entryOf, goInt, valueOr } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { manual, PREFIX, refusal } from './annotation.ts';
import { inert, placeOf } from './settlement.ts';

const find = defineFindings('nginx/limits', {
  off: {
    level: 'note',
    message: (a: { name: string }) => `${a.name} limits nothing: no rate or number of connections above 0 stands beside it`,
  },
});

/** Zones are per Ingress and replica, keyed by client address; burst 5 times the rate, no delay, 503. */
export const limits = defineRule({
  id: 'nginx/limits',
  title: 'Limits of requests, connections and bandwidth',
  docs: manual('rate-limiting'),
  scope: 'ingress',
  becomes: 'rateLimit, connectionLimit, bandwidthLimit',
  reads: {
    rps: at(`${PREFIX}limit-rps`, goInt),
    rpm: at(`${PREFIX}limit-rpm`, goInt),
    connections: at(`${PREFIX}limit-connections`, goInt),
    burst: at(`${PREFIX}limit-burst-multiplier`, goInt),
    allow: at(`${PREFIX}limit-allowlist`, commaList),
    white: at(`${PREFIX}limit-whitelist`, commaList),
    rate: at(`${PREFIX}limit-rate`, goInt),
    rateAfter: at(`${PREFIX}limit-rate-after`, goInt),
  },
  findings: find,
  convert({ read }) {
    const refused = refusal(read.rps, read.rpm, read.connections);
    if (refused !== null) return { refused };
    const shared = [read.burst, read.allow, read.white].flatMap(entryOf);
    const exempt = [...valueOr(read.allow, []), ...valueOr(read.white, [])];
    const intents: Intent[] = [];
    for (const [each, per] of [
      [read.rps, 'second'],
      [read.rpm, 'minute'],
    ] as const) {
      if (each.state !== 'valid' || each.value <= 0) continue;
      intents.push({
        kind: 'rateLimit',
        requests: each.value,
        per,
        burst: valueOr(read.burst, 5),
        exempt,
        status: 503,
        key: 'client-address',
        scope: 'per-replica',
        entries: [each.entry, ...shared],
      });
    }
    if (read.connections.state === 'valid' && read.connections.value > 0) {
      intents.push({
        kind: 'connectionLimit',
        perClient: read.connections.value,
        status: 503,
        entries: [read.connections.entry, ...shared],
      });
    }
    if (read.rate.state === 'valid' && read.rate.value > 0) {
      intents.push({
        kind: 'bandwidthLimit',
        bytesPerSecond: read.rate.value * 1024,
        after: valueOr(read.rateAfter, 0) * 1024,
        entries: [read.rate, read.rateAfter].flatMap(entryOf),
      });
    }
    const used = new Set(intents.flatMap((intent) => intent.entries));
    const unused = Object.values(read)
      .flatMap(entryOf)
      .filter((entry) => !used.has(entry));
    return { intents, settled: unused.flatMap((entry) => inert([entry], find.off({ name: entry.name }, placeOf(entry)))) };
  },
});
