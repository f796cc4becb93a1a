import { readFileSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { jsonProbe } from '../../src/prove/probe/report.ts';
import { type Running, serve } from '../prove/probe/servers.ts';
import { gateshift, ingress, temporaryFolder } from './session.ts';

const started: Running[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()));
});

async function url(listener: RequestListener): Promise<string> {
  const server = await serve(listener);
  started.push(server);
  return `http://127.0.0.1:${server.port}`;
}

/** Serves `web.example.com/app`, as the controller does. */
const controller: RequestListener = (request, response) => {
  const isServed = request.headers.host === 'web.example.com' && /^\/app(\/|$)/.test(request.url ?? '');
  response.writeHead(isServed ? 200 : 404, { 'x-served-by': 'web', 'x-request-id': String(Math.random()) }).end();
};

function requestsFile(rows: readonly { method?: string; url: string }[]): string {
  const folder = temporaryFolder({ 'requests.json': JSON.stringify({ requests: rows.map((row) => ({ method: 'GET', ...row })) }) });
  return join(folder, 'requests.json');
}

const APP = [
  { url: 'http://web.example.com/app' },
  { url: 'http://web.example.com/other' },
  { method: 'POST', url: 'http://web.example.com/app' },
];

describe('probe', () => {
  it('takes the requests of verify and finds nothing between two that answer alike', async () => {
    const file = join(temporaryFolder(), 'requests.json');
    await gateshift(['verify', '-', '--requests-out', file], { stdin: ingress('web', {}, '/app') });
    // Nothing listens for https here.
    const { requests } = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ requests: requests.filter((row: { url: string }) => row.url.startsWith('http:')) }));
    const [before, after] = [await url(controller), await url(controller)];
    const result = await gateshift(['probe', '--requests', file, '--before', before, '--after', after, '--rate', '1000']);
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(result.stdout).toMatch(/^\d\d requests sent to both, \d\d answered alike, 0 differ\n$/);
  });

  it('exits 1 when they do not, with the differences as text and JSON', async () => {
    const [before, after] = [await url(controller), await url((_, response) => response.writeHead(404).end())];
    const json = join(temporaryFolder(), 'probe.json');
    const { code, stdout } = await gateshift([
      'probe',
      '--requests',
      requestsFile(APP),
      '--before',
      before,
      '--after',
      after,
      '--rate',
      '1000',
      '--json',
      json,
    ]);
    expect(code).toBe(1);
    expect(stdout).toBe(`2 requests sent to both, 1 answered alike, 1 differ
1 requests were not sent for their method (--method allows one)

narrower than before: GET http://web.example.com/app
  before  200
  after   404
`);
    expect(jsonProbe.parse(JSON.parse(readFileSync(json, 'utf8')))).toMatchObject({
      summary: { sent: 2, same: 1, different: 1, unsafe: 1 },
      differences: [{ classes: ['narrower'], request: { url: 'http://web.example.com/app' } }],
    });
  });

  it('compares the headers asked for, and the one that names the backend', async () => {
    const other: RequestListener = (_, response) => response.writeHead(200, { 'x-served-by': 'api', server: 'y' }).end();
    const [before, after] = [
      await url((_, response) => response.writeHead(200, { 'x-served-by': 'web', server: 'x' }).end()),
      await url(other),
    ];
    const arguments_ = ['probe', '--requests', requestsFile(APP.slice(0, 1)), '--before', before, '--after', after];
    expect((await gateshift(arguments_)).code).toBe(0);
    expect((await gateshift([...arguments_, '--backend-header', 'X-Served-By'])).stdout).toContain('wrong backend: GET');
    const { stdout } = await gateshift([...arguments_, '--header', 'Server', '--header', 'x-absent']);
    expect(stdout).toContain('headers: GET');
    expect(stdout).toContain('before  200 (server: x, x-absent: (absent))');
  });

  it('sends only requests for the hosts that are named', async () => {
    const seen: string[] = [];
    const address = await url((request, response) => {
      seen.push(request.headers.host ?? '');
      response.end();
    });
    const rows = ['web.example.com', 'api.example.com', 'a.shop.example.com'].map((host) => ({ url: `http://${host}/` }));
    const ask = (...hosts: string[]) =>
      gateshift([
        'probe',
        '--requests',
        requestsFile(rows),
        '--before',
        address,
        '--after',
        address,
        '--rate',
        '1000',
        ...hosts.flatMap((host) => ['--host', host]),
      ]);
    expect((await ask('web.example.com', '*.shop.example.com')).code).toBe(0);
    expect(new Set(seen)).toEqual(new Set(['web.example.com', 'a.shop.example.com']));
    const none = await ask('other.example.com');
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('has no request for other.example.com')]);
  });

  it('sends other methods only when they are allowed', async () => {
    const seen: string[] = [];
    const address = await url((request, response) => {
      seen.push(request.method ?? '');
      response.end();
    });
    const arguments_ = ['probe', '--requests', requestsFile(APP), '--before', address, '--after', address, '--rate', '1000'];
    await gateshift(arguments_);
    expect(new Set(seen)).toEqual(new Set(['GET']));
    await gateshift([...arguments_, '--method', 'post']);
    expect(new Set(seen)).toEqual(new Set(['GET', 'POST']));
  });

  it('reads requests from standard input, sends --max of them, and shows its progress on a terminal', async () => {
    const address = await url(controller);
    const rows = Array.from({ length: 9 }, (_, index) => ({ method: 'GET', url: `http://web.example.com/app/${index}` }));
    const { stdout, stderr } = await gateshift(
      ['probe', '--requests', '-', '--before', address, '--after', address, '--max', '4', '--rate', '1000'],
      { stdin: JSON.stringify({ requests: rows }), terminal: true },
    );
    expect(stdout).toContain('4 requests sent to both');
    expect(stdout).toContain('5 further requests were left out (--max)');
    expect(stderr).toContain('\r4 of 4 requests sent');
    expect(stderr.endsWith('\r\u001b[K')).toBe(true);
  });

  it('exits 3 when nothing reaches an address', async () => {
    const address = await url(controller);
    const { port, stop } = await serve(controller);
    await stop();
    const { code, stdout } = await gateshift([
      'probe',
      '--requests',
      requestsFile(APP),
      '--before',
      address,
      '--after',
      `http://127.0.0.1:${port}`,
    ]);
    expect(code).toBe(3);
    expect(stdout).toContain('given up: no request reached the new address: ECONNREFUSED');
  });

  it.each([
    [
      'requests that are none',
      ['--requests', requestsFile([{ url: 'nonsense' }]), '--before', 'http://x', '--after', 'http://x'],
      3,
      /requests\.0\.url/,
    ],
    [
      'a file that is not there',
      ['--requests', '/nowhere.json', '--before', 'http://x', '--after', 'http://x'],
      2,
      /cannot read \/nowhere\.json/,
    ],
    ['no address', ['--requests', 'x', '--before', 'http://x'], 2, /--after/],
    [
      'an address that is none',
      ['--requests', 'x', '--before', '10.0.0.1', '--after', 'http://x'],
      2,
      /--before: "10\.0\.0\.1" is no http/,
    ],
    ['a rate of nothing', ['--requests', 'x', '--before', 'http://x', '--after', 'http://x', '--rate', '0'], 2, /above 0/],
    ['half a request', ['--requests', 'x', '--before', 'http://x', '--after', 'http://x', '--max', '1.5'], 2, /whole number/],
    [
      'a method that is none',
      ['--requests', 'x', '--before', 'http://x', '--after', 'http://x', '--method', 'GE T'],
      2,
      /no name of a header or method/,
    ],
  ])('%s: exit code and reason', async (_, arguments_, code, reason) => {
    const result = await gateshift(['probe', ...arguments_]);
    expect(result.code).toBe(code);
    expect(result.stderr).toMatch(reason);
  });
});
