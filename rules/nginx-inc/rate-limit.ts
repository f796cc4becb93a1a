import { defineFindings } from '../../src/ledger/finding.ts';
import { type Codec, entryOf, goBool, goInt, oneOf } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { ignored, manual, ORG, valueFindings } from './annotation.ts';
import { defineEffective } from './behaviour.ts';
import { size } from './codecs.ts';
import { entriesOf, part, settledOf } from './part.ts';
import { endAs, inert, placeOf, warningsOf } from './settlement.ts';

const find = defineFindings('nginx-inc/rate-limit', {
  'without-rate': {
    level: 'note',
    message: (a: { annotation: string }) => `${a.annotation} has no effect without limit-req-rate`,
  },
  'dry-run': {
    level: 'note',
    message: (a: { annotation: string }) => `${a.annotation} limits nothing: limit-req-dry-run only counts`,
  },
  'other-key': {
    level: 'warning',
    message: (a: { key: string; requests: number; per: string }) =>
      `${a.requests} requests a ${a.per} are allowed for each value of ${a.key}, and no target knows a limit with this key`,
    help: () => 'Write a limit of the implementation with the nearest key it has (client address, a header), or limit in the backend.',
    differs: ['status', 'wider'],
  },
  'own-affair': {
    level: 'note',
    message: (a: { annotation: string }) => `${a.annotation} is about the memory and the log of nginx and changes no request`,
  },
});

interface Rate {
  readonly requests: number;
  readonly per: 'second' | 'minute';
}

const rate: Codec<Rate> = {
  name: 'rate',
  parse(value) {
    const [, requests, unit] = /^(\d+)r\/([sm])$/.exec(value.trim()) ?? [];
    if (requests === undefined || Number(requests) <= 0 || !Number.isSafeInteger(Number(requests)))
      return { ok: false, reason: 'no rate such as 10r/s or 30r/m' };
    return { ok: true, value: { requests: Number(requests), per: unit === 's' ? 'second' : 'minute' } };
  },
};

const key: Codec<string> = {
  name: 'variables',
  parse: (value) =>
    /^(?:\$\{[A-Za-z_]\w*\}|\$[A-Za-z_]\w*)+$/.test(value)
      ? { ok: true, value }
      : { ok: false, reason: 'more or less than variables of nginx' },
};

/** By client, for all paths of the Ingress or minion together, after authentication is passed or not. Broken values are only logged. */
export const rateLimit = defineEffective({
  id: 'nginx-inc/rate-limit',
  title: 'Limit of requests',
  docs: manual('rate-limiting'),
  scope: 'ingress',
  becomes: 'rateLimit',
  placed: 'location',
  reads: {
    rate: at(`${ORG}limit-req-rate`, rate),
    key: at(`${ORG}limit-req-key`, key),
    zone: at(`${ORG}limit-req-zone-size`, size, 'inert'),
    delay: at(`${ORG}limit-req-delay`, goInt),
    noDelay: at(`${ORG}limit-req-no-delay`, goBool),
    burst: at(`${ORG}limit-req-burst`, goInt),
    dryRun: at(`${ORG}limit-req-dry-run`, goBool, 'inert'),
    logLevel: at(`${ORG}limit-req-log-level`, oneOf('info', 'notice', 'warn', 'error'), 'inert'),
    status: at(`${ORG}limit-req-reject-code`, goInt),
    scale: at(`${ORG}limit-req-scale`, goBool),
  },
  lenient: ['rate', 'zone', 'delay', 'noDelay', 'burst', 'dryRun', 'logLevel', 'status', 'scale'],
  findings: { ...find, ignored: valueFindings.ignored, default: valueFindings.default },
  effect(read) {
    const { rate: limit, ...details } = read;
    const rest = Object.values(details);
    if (limit.state !== 'valid') {
      const unused = rest.filter(({ state }) => state === 'valid').flatMap(entryOf);
      const settled = [
        ...[limit, ...rest].flatMap(ignored),
        ...unused.flatMap((entry) => inert([entry], find['without-rate']({ annotation: entry.name }, placeOf(entry)))),
      ];
      return { settled, findings: warningsOf(settled) };
    }
    const aside = [read.zone, read.logLevel].flatMap((each) =>
      each.state === 'valid'
        ? inert([each.entry], find['own-affair']({ annotation: each.entry.name }, placeOf(each.entry)))
        : ignored(each),
    );
    const dryRun = part(read.dryRun, false);
    const parts = {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: nginx's own variables.
      key: part(read.key, '${binary_remote_addr}'),
      delay: part(read.delay, 0),
      noDelay: part(read.noDelay, false),
      burst: part(read.burst, 0),
      status: part(read.status, 429),
      scale: part(read.scale, false),
    };
    const settled = [...aside, ...dryRun.settled, ...settledOf(...Object.values(parts))];
    const entries = [limit.entry, ...entriesOf(...Object.values(parts))];
    if (dryRun.value) {
      const all = [...dryRun.entries, ...entries].flatMap((entry) =>
        inert([entry], find['dry-run']({ annotation: entry.name }, placeOf(entry))),
      );
      return { settled: [...settled, ...all], findings: warningsOf(settled) };
    }
    const { requests, per } = limit.value;
    if (!/^\$\{?(?:binary_remote_addr|remote_addr)\}?$/.test(parts.key.value)) {
      const finding = find['other-key']({ key: parts.key.value, requests, per }, placeOf(limit.entry));
      return { settled: [...settled, ...endAs('unmapped', entries, finding)], findings: warningsOf(settled) };
    }
    return {
      settled,
      findings: warningsOf(settled),
      intents: [
        {
          kind: 'rateLimit',
          requests,
          per,
          // nginx counts the requests of a burst; here it is a multiple of the rate.
          burst: Math.max(0, parts.burst.value) / requests,
          exempt: [],
          status: parts.status.value,
          key: 'client-address',
          scope: parts.scale.value ? 'global' : 'per-replica',
          entries,
        },
      ],
    };
  },
});
