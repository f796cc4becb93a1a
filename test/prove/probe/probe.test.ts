import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Address } from '../../../src/prove/probe/address.ts';
import { choose, SAFE_METHODS } from '../../../src/prove/probe/choose.ts';
import { type ProbeInput, type ProbeIo, probe } from '../../../src/prove/probe/probe.ts';
import type { Reply } from '../../../src/prove/probe/reply.ts';
import { jsonProbe, probeJson, probeText } from '../../../src/prove/probe/report.ts';
import type { SentRequest } from '../../../src/prove/request-json.ts';
import { requestOf } from '../requests.ts';

const sent = (text: string): SentRequest => {
  const request = requestOf(text);
  return { ...request, target: request.path, split: false };
};
const before: Address = { host: 'old', ports: { http: null, https: null } };
const after: Address = { host: 'new', ports: { http: null, https: null } };
const ok: Reply = { kind: 'reply', status: 200, headers: {} };

/** A world in which time passes only by waiting: up to `latency` ms for an exchange, a different time for each path. */
function world(answer: (request: SentRequest, address: Address) => Reply, latency = 0) {
  const log: { readonly at: number; readonly host: string; readonly path: string }[] = [];
  const progress: string[] = [];
  let time = 0;
  const waiting: { readonly at: number; readonly wake: () => void }[] = [];
  const sleep = (ms: number) => new Promise<void>((wake) => waiting.push({ at: time + ms, wake }));
  const io: ProbeIo = {
    now: () => time,
    sleep,
    send: async (request, address) => {
      log.push({ at: time, host: address.host, path: request.path });
      if (latency > 0) await sleep((Number(request.path.slice(1)) * 7919) % latency);
      return answer(request, address);
    },
    progress: (done, total) => progress.push(`${done}/${total}`),
  };
  const run = async <T>(work: Promise<T>): Promise<T> => {
    let isDone = false;
    const watched = work.finally(() => {
      isDone = true;
    });
    while (!isDone) {
      await new Promise((resolve) => setImmediate(resolve));
      waiting.sort((a, b) => a.at - b.at);
      const next = waiting.shift();
      if (next !== undefined) {
        time = Math.max(time, next.at);
        next.wake();
      }
    }
    return watched;
  };
  return { io, run, log, progress };
}

const input = (requests: readonly SentRequest[], more: Partial<ProbeInput> = {}): ProbeInput => ({
  requests,
  before,
  after,
  rate: 10,
  max: 1000,
  methods: [],
  headers: [],
  backendHeader: null,
  ...more,
});
const numbered = (count: number) => Array.from({ length: count }, (_, index) => sent(`http://a.test/${index}`));

describe('a probe', () => {
  it('sends every request to both, and compares', async () => {
    const { io, run, log, progress } = world((request, { host }) =>
      request.path === '/1' && host === 'new' ? { kind: 'reply', status: 404, headers: {} } : ok,
    );
    const result = await run(probe(input(numbered(3)), io));
    expect(log.map(({ host, path }) => `${host}${path}`).sort()).toEqual(['new/0', 'new/1', 'new/2', 'old/0', 'old/1', 'old/2']);
    expect(result).toMatchObject({ sent: 3, same: 2, unreached: null });
    expect(result.discrepancies).toMatchObject([{ request: { path: '/1' }, differences: ['narrower'] }]);
    expect(progress).toEqual(['1/3', '2/3', '3/3']);
  });

  it.each([
    [0, 10],
    [50, 10],
    [900, 10],
    [6000, 4],
  ])('never exceeds its rate, with answers after up to %i ms at %i a second', async (latency, rate) => {
    const { io, run, log } = world(() => ok, latency);
    await run(probe(input(numbered(40), { rate }), io));
    for (const host of ['old', 'new']) {
      const times = log.filter((entry) => entry.host === host).map(({ at }) => at);
      expect(times).toHaveLength(40);
      times.slice(1).forEach((at, index) => {
        expect(at - (times[index] ?? 0)).toBeGreaterThanOrEqual(1000 / rate - 1e-6);
      });
    }
  });

  it('has at most eight pairs under way', async () => {
    let underWay = 0;
    let most = 0;
    const { io, run } = world(() => ok);
    const send: ProbeIo['send'] = async (request, address) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await io.sleep(5000);
      const reply = await io.send(request, address);
      underWay -= 1;
      return reply;
    };
    await run(probe(input(numbered(30), { rate: 1000 }), { ...io, send }));
    expect(most).toBe(16);
  });

  it('reports in the order of the requests, whatever order the answers come in', async () => {
    const { io, run } = world((_, { host }) => (host === 'new' ? { kind: 'reply', status: 404, headers: {} } : ok));
    let turn = 0;
    const send: ProbeIo['send'] = async (request, address) => {
      turn += 1;
      await io.sleep((turn * 7919) % 500);
      return io.send(request, address);
    };
    const result = await run(probe(input(numbered(20), { rate: 1000 }), { ...io, send }));
    expect(result.discrepancies.map(({ request }) => request.path)).toEqual(numbered(20).map(({ path }) => path));
  });

  const refused: Reply = { kind: 'failed', reason: 'ECONNREFUSED', network: true };
  it('gives up an address that nothing reached', async () => {
    const { io, run } = world((_, { host }) => (host === 'new' ? refused : ok));
    const result = await run(probe(input(numbered(500), { rate: 1000 }), io));
    expect(result.unreached).toEqual({ side: 'after', reason: 'ECONNREFUSED' });
    expect(result.sent).toBeLessThan(40);
    expect(probeText(result)).toContain('given up: no request reached the new address: ECONNREFUSED');
  });

  it('but not one that answered once, or that only refuses to agree on TLS', async () => {
    const once = world(({ path }, { host }) => (host === 'new' && path !== '/3' ? refused : ok));
    expect((await once.run(probe(input(numbered(60), { rate: 1000 }), once.io))).unreached).toBeNull();
    const handshake = world((_, { host }) => (host === 'new' ? { kind: 'failed', reason: 'certificate', network: false } : ok));
    expect(await handshake.run(probe(input(numbered(60), { rate: 1000 }), handshake.io))).toMatchObject({ sent: 60, unreached: null });
  });

  it('has a report as text and JSON', async () => {
    const { io, run } = world((request, { host }) =>
      host === 'new' && request.path !== '/0'
        ? { kind: 'reply', status: 503, headers: { server: 'x' } }
        : { ...ok, headers: { server: 'x' } },
    );
    const requests = [...numbered(4), sent('DELETE http://a.test/')];
    const result = await run(probe(input(requests, { headers: ['server'] }), io));
    expect(probeText(result)).toBe(`4 requests sent to both, 1 answered alike, 3 differ
1 requests were not sent for their method (--method allows one)

unreachable: GET http://a.test/1
  before  200 (server: x)
  after   503 (server: x)
  and 2 more requests between the same rules, e.g. GET http://a.test/2, GET http://a.test/3
`);
    expect(jsonProbe.parse(JSON.parse(probeJson(result)))).toMatchObject({
      summary: { sent: 4, same: 1, different: 3, unsafe: 1, surplus: 0 },
      unreached: null,
      differences: [
        { request: { url: 'http://a.test/1' }, classes: ['unreachable'], before: { status: 200 }, after: { status: 503 } },
        {},
        {},
      ],
    });
  });
});

describe('what is sent', () => {
  it('methods that change nothing, and those allowed', () => {
    const requests = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH'].map((method) => sent(`${method} http://a.test/`));
    expect(choose(requests, SAFE_METHODS, 100)).toMatchObject({
      requests: [{ method: 'GET' }, { method: 'HEAD' }, { method: 'OPTIONS' }],
      unsafe: 4,
    });
    expect(choose(requests, [...SAFE_METHODS, 'POST'], 100).requests).toHaveLength(4);
  });

  it('the POST of a canary is not sent by the probe unless allowed', async () => {
    const requests = [sent('POST http://a.test/'), sent('GET http://a.test/')];
    const closed = world(() => ok);
    expect(await closed.run(probe(input(requests), closed.io))).toMatchObject({ sent: 1, unsafe: 1 });
    const open = world(() => ok);
    expect(await open.run(probe(input(requests, { methods: ['POST'] }), open.io))).toMatchObject({ sent: 2, unsafe: 0 });
  });

  it('at most max, every host with its fair part', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 100 }),
        (counts, max) => {
          const requests = counts.flatMap((count, host) =>
            Array.from({ length: count }, (_, index) => sent(`http://h${host}.test/${index}`)),
          );
          const chosen = choose(requests, SAFE_METHODS, max);
          expect(chosen.requests.length).toBe(Math.min(max, requests.length));
          expect(chosen.requests.length + chosen.surplus).toBe(requests.length);
          const places = chosen.requests.map((request) => requests.indexOf(request));
          expect(places).toEqual([...places].sort((a, b) => a - b));
          const parts = counts.map((_, host) => chosen.requests.filter((request) => request.host === `h${host}.test`).length);
          parts.forEach((part, host) => {
            // Who has not got all its requests has got as many as anybody, but for the remainder.
            if (part < (counts[host] ?? 0)) expect(part).toBeGreaterThanOrEqual(Math.max(...parts) - 1);
          });
        },
      ),
      { seed: 7 },
    );
  });
});
