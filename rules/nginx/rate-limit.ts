import type { Intent } from '../../src/intent/intent.ts';
import { defineFindings } from '../../src/ledger/finding.ts';
import { goInt, type Read } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { addressRanges } from './address-ranges.ts';
import { manual, PREFIX, refusal, valueFindings, warningsOf } from './annotation.ts';
import { entriesOf, idle, type Part, part, settledOf } from './part.ts';
import { inert, placeOf } from './settlement.ts';

const find = defineFindings('nginx/rate-limit', {
  'limits-nothing': {
    level: 'note',
    message: (a: { annotation: string; value: string }) => `${a.annotation} "${a.value}" limits nothing: only values above 0 do`,
  },
  'lesser-alias': {
    level: 'note',
    message: (a: { annotation: string }) => `${a.annotation} is not looked at beside limit-allowlist`,
  },
});

/** Counted per client address and controller replica, over all paths and hosts of the Ingress; before authentication. */
export const rateLimit = defineRule({
  id: 'nginx/rate-limit',
  title: 'Limits of requests and connections per client',
  docs: manual('rate-limiting'),
  scope: 'ingress',
  becomes: 'rateLimit, connectionLimit',
  reads: {
    rps: at(`${PREFIX}limit-rps`, goInt),
    rpm: at(`${PREFIX}limit-rpm`, goInt),
    connections: at(`${PREFIX}limit-connections`, goInt),
    burst: at(`${PREFIX}limit-burst-multiplier`, goInt),
    exempt: at(`${PREFIX}limit-allowlist`, addressRanges),
    alias: at(`${PREFIX}limit-whitelist`, addressRanges),
  },
  findings: { ...find, ...valueFindings },
  convert({ read }) {
    const usesAlias = read.exempt.state === 'absent';
    const list = usesAlias ? read.alias : read.exempt;
    const refused = refusal(read.rpm, read.rps, read.connections, list);
    if (refused !== null) return { refused };
    const rates = [
      { limit: above0(read.rps), per: 'second' },
      { limit: above0(read.rpm), per: 'minute' },
    ] as const;
    const connections = above0(read.connections);
    const hasRate = rates.some(({ limit }) => limit.value > 0);
    const hasLimit = hasRate || connections.value > 0;
    const burst = hasRate ? part(read.burst, 5) : idle(read.burst, 5, 'limit-rps or limit-rpm');
    const exempt: Part<readonly string[]> = hasLimit
      ? { value: list.state === 'valid' ? list.value : [], entries: list.state === 'absent' ? [] : [list.entry], settled: [] }
      : idle(list, [], 'limit-rps, limit-rpm or limit-connections');
    const lesser = usesAlias || read.alias.state === 'absent' ? [] : [read.alias.entry];
    const settled = [
      ...settledOf(...rates.map(({ limit }) => limit), connections, burst, exempt),
      ...lesser.flatMap((entry) => inert([entry], find['lesser-alias']({ annotation: entry.name }, placeOf(entry)))),
    ];
    const intents: Intent[] = rates
      .filter(({ limit }) => limit.value > 0)
      .map(({ limit, per }) => ({
        kind: 'rateLimit',
        requests: limit.value,
        per,
        burst: burst.value,
        exempt: exempt.value,
        status: 503,
        key: 'client-address',
        scope: 'per-replica',
        entries: entriesOf(limit, burst, exempt),
      }));
    if (connections.value > 0) {
      intents.push({ kind: 'connectionLimit', perClient: connections.value, status: 503, entries: entriesOf(connections, exempt) });
    }
    return { intents, settled, findings: warningsOf(settled) };
  },
});

/** 0 and below are no limit. Invalid values were refused before. */
function above0(read: Read<number>): Part<number> {
  if (read.state !== 'valid') return { value: 0, entries: [], settled: [] };
  const { entry, value } = read;
  if (value > 0) return { value, entries: [entry], settled: [] };
  return {
    value: 0,
    entries: [],
    settled: inert([entry], find['limits-nothing']({ annotation: entry.name, value: entry.value }, placeOf(entry))),
  };
}
