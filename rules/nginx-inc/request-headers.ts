import type { Intent } from '../../src/intent/intent.ts';
import { defineFindings } from '../../src/ledger/finding.ts';
import type { Entry } from '../../src/model/entry.ts';
import type { Read } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { manual, ORG } from './annotation.ts';
import { defineBehaviour } from './behaviour.ts';
import { type HeaderItem, headerItems } from './codecs.ts';
import { endAs, inert, placeOf } from './settlement.ts';

export const requestHeaderFindings = defineFindings('nginx-inc/request-headers', {
  'passed-on': {
    level: 'note',
    message: (a: { annotation: string; value: string }) =>
      `${a.annotation} "${a.value}" passes the client's own headers on, which proxy and gateway do anyway`,
  },
  twice: {
    level: 'warning',
    message: (a: { headers: string }) =>
      `the controller sets ${a.headers} itself and then sends the header twice, with both values; only what the gateway sends was written`,
    help: () => 'Check which of the two values the backend reads; a second Host is mostly refused.',
    differs: ['headers'],
  },
  grpc: {
    level: 'note',
    message: (a: { annotation: string }) => `${a.annotation} has no effect on paths whose Service is spoken to in gRPC`,
  },
});

/** Of a minion and its master, by name; the minion's win (`MergeProxySetHeaders`). */
export const requestHeaders = defineBehaviour({
  id: 'nginx-inc/request-headers',
  title: 'Headers for the backend',
  docs: manual('request-uriheader-manipulation'),
  scope: 'location',
  becomes: 'requestHeaders',
  reads: { headers: at(`${ORG}proxy-set-headers`, headerItems(false)) },
  findings: requestHeaderFindings,
});

/** What every location sets by itself. */
const OWN = new Set(['host', 'x-real-ip', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-port', 'x-forwarded-proto']);

/** The headers of a location, those of the minion before those of the master. */
export function requestHeaderEffect(reads: readonly Read<readonly HeaderItem[]>[]) {
  const merged = new Map<string, HeaderItem & { readonly entry: Entry }>();
  for (const read of reads) {
    if (read.state !== 'valid') continue;
    const own = new Set(merged.keys());
    for (const item of read.value) {
      const key = item.name.toLowerCase();
      if (!own.has(key)) merged.set(key, { ...item, entry: read.entry });
    }
  }
  const all = [...merged.entries()];
  const doubled = all.filter(([key]) => OWN.has(key)).map(([, item]) => item);
  const items = all.filter(([key]) => !OWN.has(key)).map(([, item]) => item);
  const constant = items.filter(({ value }) => value !== null);
  const set = constant.flatMap(({ name, value }) => (value === null || value === '' ? [] : [{ name, value }]));
  const entries = [...new Set(constant.map(({ entry }) => entry))];
  const intents: readonly Intent[] = [
    { kind: 'requestHeaders', set, add: [], remove: constant.filter(({ value }) => value === '').map(({ name }) => name), entries },
  ];
  const passive = reads.flatMap((read) => (read.state === 'valid' && !entries.includes(read.entry) ? [read.entry] : []));
  return {
    intents: entries.length === 0 ? [] : intents,
    settled: [
      ...doubled.flatMap(({ name, entry }) =>
        endAs('approximated', [entry], requestHeaderFindings.twice({ headers: name }, placeOf(entry))),
      ),
      ...passive
        .filter((entry) => !doubled.some((item) => item.entry === entry))
        .flatMap((entry) =>
          inert([entry], requestHeaderFindings['passed-on']({ annotation: entry.name, value: entry.value }, placeOf(entry))),
        ),
    ],
    findings: [],
  };
}
