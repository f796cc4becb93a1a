import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/prove/answer.ts';
import { tableEvaluator } from '../../src/prove/before/evaluate.ts';
import { estateOf } from '../read/estate-of.ts';
import { file, type IngressShape, ingress } from './ingress-text.ts';
import { serverBlocks, serversOf } from './nginx-configuration.ts';
import { requestOf } from './requests.ts';
import { routeEstate } from './routed.ts';
import { NGINX_PRESENT } from './snippet/nginx-process.ts';

const PATHS =
  '/ /foo /foo/ /foo/bar /Foo /foo(/|$)(.*) /foo/(.*) /foo/?(.*) /v[0-9]+ /(a|b)/(.*) /foo.bar /foo$ /a /foobar /.* /(.*) /foo(.*)'.split(
    ' ',
  );
const ASKED =
  '/ /foo /foo/ /foo/bar /foo/bar/ /FOO /FOO/x /foobar /foobarx /Foo /v1 /v12/x /a /a/ /a/x /b/y /c /fooXbar /foo.bar/x /foo//bar'.split(
    ' ',
  );
const NAMES = ['a.test', 'b.test', 'x.b.test', 'y.x.b.test', 'other.test'];

/** Of a path that is no plain one the API server takes no other type. */
const rule = fc.tuple(fc.constantFrom(...PATHS), fc.constantFrom('Prefix', 'Exact', 'ImplementationSpecific')).map(
  ([path, type]) =>
    (service: string) =>
      `${path} ${service} ${/^[/.\w-]+$/.test(path) ? type : 'ImplementationSpecific'}`,
);
const annotations = fc.record(
  {
    'rewrite-target': fc.constantFrom('/', '/$1', '/$2', '/bar', '/bar/$1', '/foo', '/x$1$2'),
    'use-regex': fc.constant('true'),
    'permanent-redirect': fc.constant('https://r.test/x'),
    'app-root': fc.constant('/home'),
  },
  { requiredKeys: [] },
);
const shape = fc.record({
  paths: fc.dictionary(fc.constantFrom('a.test', 'b.test', '*.b.test', ''), fc.array(rule, { minLength: 1, maxLength: 3 }), {
    maxKeys: 2,
  }),
  annotations: fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, annotations),
  fallback: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
});
const estate = fc.array(shape, { minLength: 1, maxLength: 4 }).map((drafts) =>
  drafts.map(({ paths, annotations: own, fallback }, index): IngressShape => {
    const hosts = Object.entries(paths);
    const isBare = hosts.length === 0;
    return {
      created: `2020-01-0${index + 1}T00:00:00Z`,
      annotations: own,
      ...(isBare ? {} : { rules: Object.fromEntries(hosts.map(([host, rules]) => [host, rules.map((make) => make(`s${index}`))])) }),
      ...(isBare || fallback ? { defaultBackend: `d${index}` } : {}),
    };
  }),
);

describe.skipIf(!NGINX_PRESENT)('hosts and paths (skipped where nginx is absent)', () => {
  it('are served as nginx serves what the controller would write', { timeout: 120_000 }, async () => {
    const backend = createServer((incoming, response) => {
      response.statusCode = incoming.headers['x-service'] === 'none' ? 404 : 200;
      response.end(response.statusCode === 404 ? '' : `${incoming.headers['x-service']} ${incoming.url}`);
    });
    const backendPort = await listen(backend);
    const folder = mkdtempSync(join(tmpdir(), 'gateshift-hosts-'));
    const configuration = (blocks: string) => {
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
        .map((name) => `${name}_temp_path ${folder}/${name};`)
        .join(' ');
      return `daemon off; master_process off; pid ${folder}/pid; error_log stderr;\nevents { worker_connections 2048; }\nhttp { access_log off; ${temporary}\n${blocks}\n}`;
    };
    const run = (name: string, blocks: string) => {
      writeFileSync(join(folder, name), configuration(blocks));
      return ['-p', folder, '-c', join(folder, name), '-e', 'stderr'];
    };
    const isValid = (blocks: string) => spawnSync('/usr/sbin/nginx', ['-t', ...run('one.conf', blocks)]).status === 0;
    const cases = [];
    for (const shapes of fc.sample(estate, { numRuns: 30, seed: 11 })) {
      const port = await freePort();
      const blocks = serverBlocks(serversOf(shapes), port, backendPort);
      // The same location twice: the controller would stay on what it had.
      if (isValid(blocks)) cases.push({ shapes, port, blocks });
    }
    const nginx = spawn('/usr/sbin/nginx', run('all.conf', cases.map(({ blocks }) => blocks).join('\n')), { stdio: 'ignore' });
    try {
      await answering(cases[0]?.port ?? 0);
      for (const { shapes, port } of cases) {
        const documents = shapes.map((each, index) => ingress(`i${index}`, each));
        const [table] = routeEstate(estateOf(file(...documents))).tables;
        const evaluate = table === undefined ? null : tableEvaluator(table).evaluate;
        const requests = NAMES.flatMap((name) => ASKED.map((path) => ({ name, path })));
        const answers = await Promise.all(
          requests.map(async ({ name, path }) => {
            const answer = evaluate?.(requestOf(`http://${name}${path}`)).answer ?? { kind: 'unreachable' };
            return { name, path, table: textOf(answer), nginx: await ask(port, name, path) };
          }),
        );
        expect({ shapes, unlike: answers.filter(({ table: said, nginx: real }) => said !== real) }).toEqual({ shapes, unlike: [] });
      }
      expect(cases.length).toBeGreaterThan(20);
    } finally {
      const ended = new Promise((resolve) => nginx.once('exit', resolve));
      nginx.kill();
      await ended;
      await new Promise((resolve) => backend.close(resolve));
      rmSync(folder, { recursive: true });
    }
  });
});

/** Where nothing is served nginx answers 404. */
function textOf(answer: Answer): string {
  switch (answer.kind) {
    case 'backends':
      return answer.shares.map(({ backend, path }) => `${backend.replace(/^.*\/|:.*$/g, '')} ${path}`).join();
    case 'redirect':
      return `${answer.status} ${answer.location}`;
    case 'error':
      return String(answer.status);
    default:
      return '404';
  }
}

function ask(port: number, host: string, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ host: '127.0.0.1', port, path, headers: { host } }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => {
        const { location } = response.headers;
        if (location !== undefined) resolve(`${response.statusCode} ${location}`);
        else resolve(response.statusCode === 200 ? body : String(response.statusCode));
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}

async function answering(port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if ((await ask(port, 'other.test', '/').catch(() => '')) !== '') return;
    await sleep(50);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}
