import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { convertManifests } from '../../../src/index.ts';
import { requestsJson } from '../../../src/prove/json.ts';
import { addressOf } from '../../../src/prove/probe/address.ts';
import { type ProbeResult, probe } from '../../../src/prove/probe/probe.ts';
import { httpSender } from '../../../src/prove/probe/send.ts';
import { readRequests } from '../../../src/prove/request-json.ts';
import { verify } from '../../../src/prove/verify.ts';
import { OPENSSL_PRESENT, selfSigned } from './servers.ts';

const NGINX = '/usr/sbin/nginx';
const PRESENT = existsSync(NGINX) && OPENSSL_PRESENT;

const ESTATE = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec:
  ingressClassName: nginx
  tls: [{ hosts: [a.test], secretName: a-tls }]
  rules:
    - host: a.test
      http:
        paths:
          - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }
          - { path: /api, pathType: Prefix, backend: { service: { name: api, port: { number: 80 } } } }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: old
  namespace: shop
  annotations: { nginx.ingress.kubernetes.io/permanent-redirect: "https://a.test/start" }
spec:
  ingressClassName: nginx
  rules:
    - host: old.test
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] }
`;

/** One worker in the foreground, below a folder of its own; `servers` is what stands in `http { … }`. */
class Nginx {
  readonly http: number;
  readonly https: number;
  readonly #folder: string;
  readonly #process: ChildProcess;

  private constructor(folder: string, ports: readonly [number, number], process: ChildProcess) {
    this.#folder = folder;
    this.#process = process;
    [this.http, this.https] = ports;
  }

  static async start(servers: (http: number, https: number) => string): Promise<Nginx> {
    const folder = mkdtempSync(join(tmpdir(), 'gateshift-nginx-'));
    const { key, cert } = selfSigned();
    writeFileSync(join(folder, 'key.pem'), key);
    writeFileSync(join(folder, 'cert.pem'), cert);
    const ports = [await freePort(), await freePort()] as const;
    const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ');
    writeFileSync(
      join(folder, 'nginx.conf'),
      `daemon off; master_process off; pid ${folder}/pid; error_log stderr;
events {}
http {
  access_log off; ${paths}
  ssl_certificate ${folder}/cert.pem; ssl_certificate_key ${folder}/key.pem;
${servers(...ports)}
}`,
    );
    const started = spawn(NGINX, ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr'], { stdio: 'ignore' });
    const nginx = new Nginx(folder, ports, started);
    for (let attempt = 0; !(await answers(nginx.http)); attempt++) {
      if (attempt > 100 || started.exitCode !== null) throw new Error(`nginx did not start: ${started.exitCode}`);
      await sleep(50);
    }
    return nginx;
  }

  get address() {
    return addressOf([`http://127.0.0.1:${this.http}`, `https://127.0.0.1:${this.https}`]);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill();
    await ended;
    rmSync(this.#folder, { recursive: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** As the controller writes its servers, in short. */
const asController =
  (more: { readonly api?: string; readonly redirect?: string; readonly start?: string } = {}) =>
  (http: number, https: number): string =>
    `
  server { listen 127.0.0.1:${http} default_server; listen 127.0.0.1:${https} ssl default_server; return 404; }
  server {
    listen 127.0.0.1:${http}; listen 127.0.0.1:${https} ssl; server_name a.test;
    ${more.redirect ?? 'if ($scheme = http) { return 308 https://$host$request_uri; }'}
    location /api/ { add_header X-Backend ${more.api ?? 'api'}; return 200; }
    location = /api { add_header X-Backend ${more.api ?? 'api'}; return 200; }
    location / { add_header X-Backend web; return 200; }
  }
  server { listen 127.0.0.1:${http}; listen 127.0.0.1:${https} ssl; server_name old.test; location / { return 301 ${more.start ?? 'https://a.test/start'}; } }`;

describe.skipIf(!PRESENT)("against NGINX itself (skipped where Debian's /usr/sbin/nginx or openssl is absent)", () => {
  const conversion = convertManifests([{ file: 'in.yaml', text: ESTATE }], { gatewayClass: 'c' });
  const read = readRequests(
    requestsJson(
      verify(
        conversion,
        conversion.plan.objects.map(({ object }) => object),
      ),
    ),
  );
  const requests = read.kind === 'read' ? read.requests : [];
  const running: Nginx[] = [];
  let old: Nginx;

  const start = async (servers: ReturnType<typeof asController>) => {
    const nginx = await Nginx.start(servers);
    running.push(nginx);
    return nginx;
  };
  beforeAll(async () => {
    old = await start(asController());
  });
  afterAll(async () => {
    await Promise.all(running.map((nginx) => nginx.stop()));
  });

  const probed = async (after: Nginx): Promise<ProbeResult> =>
    probe(
      {
        requests,
        before: old.address,
        after: after.address,
        rate: 10_000,
        max: 10_000,
        methods: [],
        headers: [],
        backendHeader: 'x-backend',
      },
      {
        send: httpSender({ timeoutMs: 5000, insecure: true }),
        now: () => performance.now(),
        sleep: async (ms) => {
          await sleep(ms);
        },
        progress: () => undefined,
      },
    );

  const classesAt = ({ discrepancies }: ProbeResult, url: string) =>
    discrepancies.find(({ request }) => `${request.scheme}://${request.host}${request.path}` === url)?.differences ?? [];

  it('two that are configured alike answer alike', async () => {
    const result = await probed(await start(asController()));
    expect(result.sent).toBe(requests.length);
    expect(result.sent).toBeGreaterThan(50);
    expect(result.discrepancies).toEqual([]);
  });

  it('finds another backend, a lost redirect and another Location', async () => {
    const result = await probed(await start(asController({ api: 'web', redirect: '', start: 'https://a.test/' })));
    expect(classesAt(result, 'https://a.test/api')).toEqual(['wrong-backend']);
    expect(classesAt(result, 'https://a.test/api/x')).toEqual(['wrong-backend']);
    expect(classesAt(result, 'https://a.test/apibar')).toEqual([]);
    expect(classesAt(result, 'http://a.test/api')).toEqual(['protection']);
    expect(classesAt(result, 'http://old.test/')).toEqual(['redirect']);
    expect(classesAt(result, 'http://unknown-host.invalid/')).toEqual([]);
  });

  it('what verify says of the old side is what NGINX answers', async () => {
    const send = httpSender({ timeoutMs: 5000, insecure: true });
    for (const request of requests.filter(({ host, method }) => (host === 'a.test' || host === 'old.test') && method === 'GET')) {
      const reply = await send(request, old.address);
      const expected =
        request.host === 'old.test'
          ? { status: 301, headers: { location: 'https://a.test/start' } }
          : request.scheme === 'http'
            ? { status: 308, headers: { location: `https://a.test${request.target}` } }
            : { status: 200 };
      expect(reply, request.target).toMatchObject({ kind: 'reply', ...expected });
    }
  });
});
