import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { file, ingress } from '../ingress-text.ts';
import { ask, routed } from '../routed.ts';
import { anyHost } from './any-snippet.ts';
import { NGINX_PRESENT, type NginxHost, type RunningNginx, startNginx } from './nginx-process.ts';

const REQUESTS = ['/', '/a', '/a/', '/a/x', '/a/x/y', '/b', '/b/z', '/c', '/cc', '/c/d/e', '/x.php', '/a?q=1', '/b/z?q=2'].flatMap((path) =>
  [{}, { method: 'POST' }, { headers: { 'x-a': '1' } }, { headers: { 'x-a': '2' }, method: 'PUT' }].map((more) => ({ path, ...more })),
);

describe.skipIf(!NGINX_PRESENT)('random snippets against nginx itself (skipped where /usr/sbin/nginx is absent)', () => {
  const samples = fc.sample(anyHost, { numRuns: 120, seed: 11 });
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
    expect(compared).toBeGreaterThan(80);
  });
});

interface Sent {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What was not converted is said, and need not be the same. */
const LEFT = /^nginx\/snippet\/(way-not-carried-over|restricts|duplicate-location|location-order|with-query|query-)/;
