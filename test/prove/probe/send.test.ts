import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Address, addressOf } from '../../../src/prove/probe/address.ts';
import { httpSender } from '../../../src/prove/probe/send.ts';
import { readRequests, type SentRequest } from '../../../src/prove/request-json.ts';
import { lineOf, OPENSSL_PRESENT, type Running, serve, serveTls } from './servers.ts';

const started: Running[] = [];
const keep = (server: Running) => {
  started.push(server);
  return server;
};
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()));
});

function sent(url: string, method = 'GET', headers: Readonly<Record<string, string>> = {}): SentRequest {
  const read = readRequests(JSON.stringify({ requests: [{ method, url, headers }] }));
  if (read.kind === 'malformed' || read.requests[0] === undefined) throw new Error('malformed');
  return read.requests[0];
}

const at = (port: number): Address => addressOf([`http://127.0.0.1:${port}`, `https://127.0.0.1:${port}`]);
const send = httpSender({ timeoutMs: 2000, insecure: false });

describe('a request', () => {
  it('arrives as it is written, with the host it is for', async () => {
    const lines: string[] = [];
    const { port } = keep(
      await serve((request, response) => {
        lines.push(`${lineOf(request)} ${request.headers['x-canary'] ?? ''} ${request.headers.cookie ?? ''}`);
        response.writeHead(204, { 'x-backend': 'web' }).end();
      }),
    );
    const reply = await send(sent('http://a.test/a//b/../%2Fc?x=1&x=2', 'GET', { 'x-canary': 'always', cookie: 'a=1; b=2' }), at(port));
    expect(reply).toMatchObject({ kind: 'reply', status: 204, headers: { 'x-backend': 'web' } });
    await send(sent(`http://a.test:${port}/`, 'HEAD'), addressOf(['http://127.0.0.1']));
    expect(lines).toEqual(['GET a.test /a//b/../%2Fc?x=1&x=2 always a=1; b=2', `HEAD a.test:${port} /  `]);
  });

  it('does not follow redirects', async () => {
    let count = 0;
    const { port } = keep(
      await serve((_, response) => {
        count += 1;
        response.writeHead(302, { location: '/elsewhere' }).end();
      }),
    );
    expect(await send(sent('http://a.test/'), at(port))).toMatchObject({ status: 302, headers: { location: '/elsewhere' } });
    expect(count).toBe(1);
  });

  it('does not wait for a body, hangs up on it, and joins repeated headers', async () => {
    let hungUp: () => void = () => undefined;
    const isHungUp = new Promise<void>((resolve) => {
      hungUp = resolve;
    });
    const { port } = keep(
      await serve((_, response) => {
        response.on('close', hungUp);
        response.writeHead(200, { 'set-cookie': ['a=1', 'b=2'] });
        response.write('the beginning of something endless');
      }),
    );
    expect(await send(sent('http://a.test/'), at(port))).toMatchObject({ status: 200, headers: { 'set-cookie': 'a=1, b=2' } });
    await isHungUp;
  });

  it.each([
    ['no answer in time', 'http://a.test/', true, /within 300 ms/],
    ['characters that Node does not write', 'http://a.test/\u0000', false, /unescaped|invalid/i],
  ])('fails without rejecting: %s', async (_, url, network, reason) => {
    const { port } = keep(await serve(() => undefined));
    expect(await httpSender({ timeoutMs: 300, insecure: false })(sent(url), at(port))).toMatchObject({
      kind: 'failed',
      network,
      reason: expect.stringMatching(reason),
    });
  });

  it('fails where nothing listens', async () => {
    const { port, stop } = await serve(() => undefined);
    await stop();
    expect(await send(sent('http://a.test/'), at(port))).toEqual({ kind: 'failed', reason: 'ECONNREFUSED', network: true });
  });

  it('fails where something else answers than HTTP', async () => {
    const server = createServer((socket) => socket.resume().end('220 mail\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    expect(await send(sent('http://a.test/'), at(port))).toMatchObject({ kind: 'failed', network: false });
    await new Promise((resolve) => server.close(resolve));
  });
});

describe.skipIf(!OPENSSL_PRESENT)('over TLS (skipped where there is no openssl to make a certificate)', () => {
  it('names the host it is for, and verifies certificates unless told not to', async () => {
    const names: string[] = [];
    const { port } = keep(
      await serveTls(
        (_, response) => response.writeHead(200).end(),
        (name) => names.push(name),
      ),
    );
    expect(await send(sent('https://a.test/'), at(port))).toMatchObject({
      kind: 'failed',
      network: false,
      reason: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
    const lenient = httpSender({ timeoutMs: 2000, insecure: true });
    expect(await lenient(sent('https://a.test/'), at(port))).toMatchObject({ kind: 'reply', status: 200 });
    expect(await lenient(sent('https://b.test/'), at(port))).toMatchObject({ kind: 'reply', status: 200 });
    expect(names.slice(-2)).toEqual(['a.test', 'b.test']);
  });
});
