import { defineFindings } from '../../../src/ledger/finding.ts';
import type { Settlement } from '../../../src/ledger/outcome.ts';
import type { Entry } from '../../../src/model/entry.ts';
import type { Estate } from '../../../src/model/estate.ts';
import { resolveBackend } from '../../../src/route/backend.ts';
import type { Stream } from '../../../src/route/table.ts';
import { endAs, inert, placeOf } from '../settlement.ts';
import type { Controller } from './controller.ts';

export const streamFindings = defineFindings('nginx/stream', {
  'not-a-port': {
    level: 'warning',
    message: (a: { key: string }) => `${a.key} is no port number, so the controller skips the entry`,
    help: () => 'Nothing was written for it.',
  },
  reserved: {
    level: 'warning',
    message: (a: { port: number }) => `the controller uses port ${a.port} itself and skips the entry`,
    help: () => 'Nothing was written for it.',
  },
  malformed: {
    level: 'warning',
    message: (a: { value: string }) => `"${a.value}" is not of the form NAMESPACE/SERVICE:PORT, so the controller skips the entry`,
    help: () => 'Nothing was written for it.',
  },
  'proxy-protocol': {
    level: 'error',
    message: (a: { port: number; side: string }) =>
      `port ${a.port} was not written: the controller speaks the PROXY protocol ${a.side}, for which Gateway API has no field`,
    help: () => 'Write the listener and the route by hand, with the policy that the implementation has for the PROXY protocol.',
    differs: ['unreachable'],
  },
});

/** Ports that the controller keeps for itself (`getStreamServices`). */
const RESERVED: readonly number[] = [80, 443, 442, 8181, 10254, 10245, 10246, 10247];

/** `PORT: namespace/service:port[:PROXY][:PROXY]`, the first PROXY for the listener, the second towards the backend. */
const VALUE = /^([^/:\s]+)\/([^/:\s]+):([^:\s]+)(?::([^:]*))?(?::([^:]*))?$/;

export interface Streams {
  readonly streams: readonly Stream[];
  readonly settled: readonly Settlement[];
  readonly satellites: readonly Entry[];
}

export function streamsOf({ streams }: Controller, estate: Estate): Streams {
  const read = (['TCP', 'UDP'] as const).flatMap((protocol) => streams[protocol].map((entry) => streamOf(protocol, entry, estate)));
  return {
    streams: read.flatMap(({ stream }) => stream ?? []),
    settled: read.flatMap(({ settled }) => settled),
    satellites: [...streams.TCP, ...streams.UDP],
  };
}

function streamOf(
  protocol: Stream['protocol'],
  entry: Entry,
  estate: Estate,
): { readonly stream: Stream | null; readonly settled: readonly Settlement[] } {
  const skipped = (settled: readonly Settlement[]) => ({ stream: null, settled });
  const key = keyOf(entry);
  const port = /^[0-9]{1,5}$/.test(key) ? Number(key) : 0;
  if (port < 1 || port > 65_535) return skipped(inert([entry], streamFindings['not-a-port']({ key }, placeOf(entry))));
  if (RESERVED.includes(port)) return skipped(inert([entry], streamFindings.reserved({ port }, placeOf(entry))));
  const [, namespace, service, written, incoming = '', outgoing = ''] = VALUE.exec(entry.value.trim()) ?? [];
  if (namespace === undefined || service === undefined || written === undefined)
    return skipped(inert([entry], streamFindings.malformed({ value: entry.value }, placeOf(entry))));
  const isProxy = (text: string) => protocol === 'TCP' && text.toUpperCase() === 'PROXY';
  if (isProxy(incoming) || isProxy(outgoing)) {
    const side = isProxy(incoming) ? (isProxy(outgoing) ? 'on both sides' : 'with its clients') : 'with the backend';
    return skipped(endAs('unmapped', [entry], streamFindings['proxy-protocol']({ port, side }, placeOf(entry))));
  }
  const number = /^[0-9]+$/.test(written) ? Number(written) : written;
  const backend = resolveBackend({ namespace, service, port: number, entries: [entry] }, estate, { targetPorts: true });
  return { stream: { protocol, port, backend }, settled: [] };
}

/** The last part of the field path: `data["5432"]`, `spec.tcp["5432"]`. */
function keyOf({ name }: Entry): string {
  return /(?:\["?|\.)([^"[\].]+)"?\]?$/.exec(name)?.[1] ?? '';
}
