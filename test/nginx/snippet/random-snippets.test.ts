import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { file, ingress } from '../ingress-text.ts';
import { ask, routed } from '../routed.ts';
import { NGINX_PRESENT, type NginxHost, type RunningNginx, startNginx } from './nginx-process.ts';

const pick = fc.constantFrom;

const rewrite = fc
  .tuple(
    pick('^', '^/a', '^/a/', '^/a(/|$)(.*)', '^/b/(.*)$', '^/(.*)$', '/c', '^/a$'),
    pick(
      'https://x.test/y redirect',
      'https://x.test$request_uri? permanent',
      'https://x.test/p$uri? redirect',
      'https://x.test/$1 redirect',
      '/b/$1 break',
      '/z break',
      '/q redirect',
    ),
  )
  .map(([pattern, target]) => `rewrite ${pattern} ${target};`);

const condition = pick(
  '$host = other.test',
  '$host != other.test',
  '$request_method = POST',
  '$request_method != POST',
  '$request_method ~ ^(POST|PUT)$',
  '$http_x_a = 1',
  '$http_x_a != 1',
  '$http_x_a',
  '$http_x_a = ""',
  '$http_x_a ~ ^1',
  '$arg_q = 1',
  '$uri ~ ^/a',
  '$uri !~ ^/b/',
  '$request_uri = /a',
  '$scheme = https',
  '$v = 1',
);

const answer = pick('return 403;', 'return 301 https://r.test$request_uri;', 'return 302 /login;', 'return 204;', 'set $v 1;', 'break;');

const statement = fc.oneof(
  rewrite,
  answer,
  fc.tuple(condition, fc.oneof(answer, rewrite)).map(([what, then]) => `if (${what} ) { ${then} }`),
  fc.tuple(condition, fc.oneof(answer, rewrite)).map(([what, then]) => `if (${what} ) { ${then} }`),
);

const location = fc
  .tuple(
    pick('= /a', '/c', '^~ /a/x', '~ ^/b', '~* \\.php$', '/c/d'),
    pick('deny all;', 'return 410;', 'return 301 /moved;', 'add_header A b;'),
  )
  .map(([where, what]) => `location ${where} { ${what} }`);

const hostOf = fc.record({
  paths: pick<readonly string[]>(['/ web'], ['/ web', '/b app'], ['/ web', '/a/x app']),
  server: fc.oneof(
    fc.constant([]),
    fc.array(statement, { maxLength: 2 }),
    fc.uniqueArray(location, { maxLength: 2, selector: (text) => text.replace(/ \{.*/, '') }),
  ),
  configuration: fc.array(statement, { maxLength: 4 }),
});

const REQUESTS = ['/', '/a', '/a/', '/a/x', '/a/x/y', '/b', '/b/z', '/c', '/cc', '/c/d/e', '/x.php', '/a?q=1', '/b/z?q=2'].flatMap((path) =>
  [{}, { method: 'POST' }, { headers: { 'x-a': '1' } }, { headers: { 'x-a': '2' }, method: 'PUT' }].map((more) => ({ path, ...more })),
);

describe.skipIf(!NGINX_PRESENT)('random snippets against nginx itself (skipped where /usr/sbin/nginx is absent)', () => {
  const samples = fc.sample(hostOf, { numRuns: 250, seed: 11 });
  const hosts = samples.map(
    ({ paths, server, configuration }, index): NginxHost => ({
      host: `r${index}.test`,
      paths,
      server: `set $v 0;\n${server.join('\n')}`,
      configuration: configuration.join('\n'),
    }),
  );
  let nginx: RunningNginx;
  beforeAll(async () => {
    nginx = await startNginx(hosts);
  });
  afterAll(async () => {
    await nginx.stop();
  });

  it('the table answers as nginx does, wherever it says that it can', async () => {
    let compared = 0;
    for (const { host, paths, server, configuration } of hosts) {
      const annotations = { 'server-snippet': server, ...(configuration === '' ? {} : { 'configuration-snippet': configuration }) };
      const table = routed(file(ingress('a', { annotations, rules: { [host]: paths } })));
      if ([...table.findings, ...table.settled.map(({ finding }) => finding)].some((finding) => LEFT.test(finding?.code ?? ''))) continue;
      compared += 1;
      for (const { path, method = 'GET', headers = {} } of REQUESTS as readonly Sent[]) {
        const said = ask(table, `http://${host}${path}`, { method, headers }).replace(/^(\w+):80 /, '$1 ');
        // A file that is not there may not be posted to either.
        const answered = (await nginx.ask(host, path, { method, headers })).replace(/^([a-z]\w* [^?]*)\?.*$/, '$1').replace(/^405$/, '404');
        expect(said, `${method} ${path} ${JSON.stringify(headers)}\n${server}\n--\n${configuration}`).toBe(answered);
      }
    }
    expect(compared).toBeGreaterThan(150);
  });
});

interface Sent {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What was not converted is said, and need not be the same. */
const LEFT = /^nginx\/snippet\/(way-not-carried-over|restricts|duplicate-location|location-order|with-query|query-)/;
