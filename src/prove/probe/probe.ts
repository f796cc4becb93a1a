import type { Difference } from '../../ledger/finding.ts';
import type { SentRequest } from '../request-json.ts';
import type { Address } from './address.ts';
import { choose, SAFE_METHODS } from './choose.ts';
import { type Compared, compareSeen, seenOf } from './compare.ts';
import type { Reply, Seen } from './reply.ts';

export interface ProbeInput extends Compared {
  readonly requests: readonly SentRequest[];
  readonly before: Address;
  readonly after: Address;
  /** Most requests a second that either address gets. */
  readonly rate: number;
  /** Most requests that either address gets at all. */
  readonly max: number;
  /** Methods that are sent besides GET, HEAD and OPTIONS. */
  readonly methods: readonly string[];
}

/** The world of a probe, so that tests decide what comes back and when. */
export interface ProbeIo {
  /** Sends one request without a body and does not follow redirects. Never rejects. */
  readonly send: (request: SentRequest, address: Address) => Promise<Reply>;
  /** Milliseconds, from any start. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly progress: (done: number, total: number) => void;
}

export interface ProbeDiscrepancy {
  readonly request: SentRequest;
  readonly differences: readonly Difference[];
  readonly before: Seen;
  readonly after: Seen;
}

export interface ProbeResult {
  /** Requests that both addresses got. */
  readonly sent: number;
  readonly same: number;
  /** Left out for their method. */
  readonly unsafe: number;
  /** Left out by `max`. */
  readonly surplus: number;
  /** In the order of the requests. */
  readonly discrepancies: readonly ProbeDiscrepancy[];
  /** The probe was given up: not one request reached this address. */
  readonly unreached: { readonly side: 'before' | 'after'; readonly reason: string } | null;
}

/** Pairs of requests under way at a time. */
const AT_ONCE = 8;

/** An address that no request reached by then is given up. */
const PATIENCE = 20;

/** Sends each request to both addresses and compares what comes back. */
export async function probe(input: ProbeInput, io: ProbeIo): Promise<ProbeResult> {
  const { requests, unsafe, surplus } = choose(input.requests, [...SAFE_METHODS, ...input.methods], input.max);
  const found = new Map<number, ProbeDiscrepancy>();
  const reached = { before: false, after: false };
  const turn = pacer(input.rate, io);
  let unreached: ProbeResult['unreached'] = null;
  let next = 0;
  let sent = 0;
  const worker = async (): Promise<void> => {
    while (unreached === null) {
      const index = next++;
      const request = requests[index];
      if (request === undefined) return;
      await turn();
      const [was, is] = await Promise.all([io.send(request, input.before), io.send(request, input.after)]);
      sent += 1;
      for (const [side, reply] of [
        ['before', was],
        ['after', is],
      ] as const) {
        if (reply.kind === 'reply' || !reply.network) reached[side] = true;
        else if (!reached[side] && sent >= Math.min(PATIENCE, requests.length)) unreached ??= { side, reason: reply.reason };
      }
      const [before, after] = [seenOf(was, request, input.before, input), seenOf(is, request, input.after, input)];
      const differences = compareSeen(before, after, request);
      if (differences.length > 0) found.set(index, { request, differences, before, after });
      io.progress(sent, requests.length);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, requests.length) }, worker));
  const discrepancies = [...found].sort(([a], [b]) => a - b).map(([, item]) => item);
  return { sent, same: sent - discrepancies.length, unsafe, surplus, discrepancies, unreached };
}

/** Waits until the next request is due: what was late is not caught up, so that the rate is never exceeded. */
function pacer(rate: number, io: ProbeIo): () => Promise<void> {
  let due = io.now();
  return async () => {
    const at = Math.max(due, io.now());
    due = at + 1000 / rate;
    const wait = at - io.now();
    if (wait > 0) await io.sleep(wait);
  };
}
