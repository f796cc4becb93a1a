import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { file, ingress } from '../ingress-text.ts';
import { ask, type RoutedEstate, routed } from '../routed.ts';
import { NGINX_PRESENT, type NginxHost, type RunningNginx, startNginx } from './nginx-process.ts';

type Sent = string | { readonly path: string; readonly method?: string; readonly headers?: Readonly<Record<string, string>> };

/** Snippets and requests: what the routing table says has to be what nginx answers. */
const CASES: Readonly<
  Record<
    string,
    {
      readonly paths?: readonly string[];
      readonly server?: string;
      readonly configuration?: string;
      readonly regex?: boolean;
      readonly requests: readonly Sent[];
    }
  >
> = {
  'rewrites of everything': {
    configuration: 'rewrite ^ https://b.test$request_uri? permanent;',
    requests: ['/', '/x/y', '/x?q=1'],
  },
  'a path before the path': {
    configuration: 'rewrite ^ https://b.test/blog$request_uri? redirect;',
    requests: ['/', '/x/y', '/x?q=1'],
  },
  'a path before the path, on a part of the host': {
    paths: ['/ web', '/app app'],
    configuration: 'rewrite ^/app https://b.test/blog$request_uri? redirect;',
    requests: ['/', '/app', '/app/x', '/appendix', '/app/x?q=1'],
  },
  groups: {
    configuration: 'rewrite ^/ru(/|$)(.*) https://ru.test/$2 redirect;\nrewrite ^/blog/(.*)$ https://blog.test/$1 permanent;',
    requests: ['/', '/ru', '/ru/', '/ru/a/b', '/rus', '/blog', '/blog/', '/blog/a?q=1'],
  },
  'groups of a pattern for every path': {
    paths: ['/ web', '/app app'],
    configuration: 'rewrite ^/(.*)$ https://b.test/x/$1 permanent;',
    requests: ['/', '/a/b', '/app', '/app/', '/app/a?q=1'],
  },
  'groups with the slash': { configuration: 'rewrite ^(.*)$ https://b.test/x$1 permanent;', requests: ['/', '/a/b'] },
  'a target without query': { configuration: 'rewrite ^/a https://b.test/x? permanent;', requests: ['/a?q=1', '/b?q=1'] },
  'patterns that begin anywhere': { configuration: 'rewrite old /new redirect;', requests: ['/old', '/a/old/b', '/new'] },
  'patterns that match nothing': { configuration: 'rewrite ^~/resource/ https://b.test redirect;', requests: ['/', '/resource/'] },
  'changed paths': {
    configuration: 'rewrite ^/old/(.*)$ /new/$1 break;\nrewrite ^/fixed$ /other break;',
    requests: ['/', '/old', '/old/', '/old/a/b', '/fixed', '/fixed/x'],
  },
  'paths that another location gets': {
    paths: ['/ web', '/api api'],
    configuration: 'rewrite ^/v1/(.*)$ /api/$1 last;',
    requests: ['/v1', '/v1/', '/v1/a', '/api/v1/a', '/x'],
  },
  'one return for everything': { configuration: 'return 301 $scheme://$host/start/;', requests: ['/', '/x?q=1', '/start/'] },
  'returned paths': { configuration: 'return 302 /start;', requests: ['/', '/x?q=1'] },
  'a status': { paths: ['/ web', '/app app'], configuration: 'return 403;', requests: ['/', '/app/x'] },
  'the query kept by hand': { configuration: 'return 301 https://b.test$uri$is_args$args;', requests: ['/a', '/a?q=1'] },
  'names that are not this one': {
    configuration: "if ($host != 'c17.test' ) {\n rewrite ^ https://c17.test$request_uri? permanent;\n}",
    requests: ['/', '/a?q=1'],
  },
  'a name by pattern': {
    configuration: 'if ($host ~ ^c(.*)\\.test$ ) {\n return 301 https://other.test/$1$request_uri;\n}',
    requests: ['/', '/a?q=1'],
  },
  methods: {
    configuration: 'if ($request_method !~ ^(GET|HEAD)$ ) { return 405; }',
    requests: ['/', { path: '/', method: 'POST' }, { path: '/x', method: 'DELETE' }],
  },
  'one method': { configuration: 'if ($request_method = POST) { return 403; }', requests: ['/', { path: '/', method: 'POST' }] },
  headers: {
    configuration: 'if ($http_x_key != "s") { return 403; }',
    requests: ['/', { path: '/', headers: { 'x-key': 's' } }, { path: '/', headers: { 'x-key': 'S' } }],
  },
  'a header that is there': {
    configuration: 'if ($http_x_old) { return 410; }',
    requests: [
      '/',
      { path: '/', headers: { 'x-old': '1' } },
      { path: '/', headers: { 'x-old': '0' } },
      { path: '/', headers: { 'x-old': '00' } },
    ],
  },
  'a header that is not there': {
    configuration: 'if ($http_x_key = "") { return 401; }',
    requests: ['/', { path: '/', headers: { 'x-key': '1' } }],
  },
  'a header by pattern': {
    configuration: 'if ($http_user_agent ~* "(bot|crawler)$") { return 403; }',
    requests: ['/', ...['GoodBot', 'Bots', 'my CRAWLER'].map((agent) => ({ path: '/', headers: { 'user-agent': agent } }))],
  },
  'a query parameter': { configuration: 'if ($arg_v = 2) { return 302 /two; }', requests: ['/', '/?v=2', '/?v=22'] },
  'several conditions': {
    configuration:
      'set $go "";\nif ($request_method = POST) { set $go p; }\nif ($http_x_key = s) { set $go k$go; }\nif ($go = kp) { return 403; }',
    requests: [
      '/',
      { path: '/', method: 'POST' },
      { path: '/', headers: { 'x-key': 's' } },
      { path: '/', method: 'POST', headers: { 'x-key': 's' } },
    ],
  },
  'paths by condition': {
    configuration:
      'if ($request_uri ~ ^/old/) { return 301 /new; }\nif ($uri = /exact) { return 410; }\nif ($uri !~ ^/(public|new)) { return 403; }',
    requests: ['/', '/old/x', '/old', '/exact', '/exact/x', '/public/x', '/new'],
  },
  'a server that rewrites': {
    paths: ['/ web', '/blog/news news'],
    server: 'rewrite ^/blog/(.*)$ https://blog.test/$1 permanent;\nrewrite ^/master$ http://m.test/ redirect;',
    requests: ['/', '/blog', '/blog/news', '/blog/news/x', '/master', '/master/x'],
  },
  'a server that answers all': {
    paths: ['/ web', '/app app'],
    server: 'rewrite ^/master$ http://m.test/ redirect;\nreturn 404;',
    requests: ['/', '/app', '/app/x', '/master'],
  },
  'a server with conditions': {
    paths: ['/ web', '/app app'],
    server: 'if ($http_x_key = s) { return 403; }\nif ($request_method = POST) { return 405; }',
    requests: [
      '/',
      '/app/x',
      { path: '/app/x', headers: { 'x-key': 's' } },
      { path: '/', method: 'POST' },
      { path: '/app', method: 'POST' },
    ],
  },
  'locations of the server': {
    paths: ['/ web', '/docs/api api'],
    server: [
      'location ^~ /admin { deny all; }',
      'location = /old.html { return 301 /new.html; }',
      'location /docs/ { return 302 https://docs.test$request_uri; }',
      'location /nothing { add_header X-A b; }',
      'location ~ \\.php$ { return 404; }',
      'location ~* /(private|secret)/ { deny all; }',
    ].join('\n'),
    requests: [
      '/',
      '/admin',
      '/administrator',
      '/admin/x.php',
      '/old.html',
      '/old.html/x',
      '/docs',
      '/docs/',
      '/docs/a',
      '/docs/api',
      '/docs/api/x',
      '/nothing',
      '/a.php',
      '/docs/a.php',
      '/x/PRIVATE/y',
      '/x/private',
    ],
  },
  'prefixes that are firm': {
    paths: ['/ web', '/static/app app'],
    server: 'location ^~ /static { return 302 /cdn; }\nlocation /st { return 410; }',
    requests: ['/', '/static', '/static/app', '/static/app/x', '/staticky', '/st', '/stx'],
  },
  'a location inside': {
    configuration: 'location /robots.txt { return 200 "x"; }\nlocation = /closed { deny all; }',
    requests: ['/', '/robots.txt', '/robots.txts', '/closed', '/closed/x'],
  },
  'locations on a host of patterns': {
    paths: ['/ web', '/api api'],
    regex: true,
    server: [
      'location ^~ /admin { deny all; }',
      'location /idle { return 410; }',
      'location = /api { return 302 /api/; }',
      'location ~ \\.php$ { return 404; }',
    ].join('\n'),
    requests: ['/', '/admin', '/administrator', '/idle', '/idle/x', '/api', '/API', '/api/x', '/api/x.php', '/admin/x.php', '/x.php'],
  },
  'rewrites on a host of patterns': {
    paths: ['/ web', '/api api'],
    regex: true,
    configuration:
      'rewrite ^/api/v1/(.*)$ https://v1.test/$1 redirect;\nrewrite ^/old https://b.test$request_uri? permanent;\nif ($uri ~* ^/a) { return 410; }',
    requests: ['/', '/api', '/api/v1', '/api/v1/x', '/old', '/OLD', '/older', '/a', '/b/api'],
  },
  'addresses that are all denied': { paths: ['/ web', '/app app'], configuration: 'deny all;', requests: ['/', '/app'] },
  'methods that are left': {
    configuration: 'limit_except GET { deny all; }',
    requests: ['/', { path: '/', method: 'POST' }],
  },
  'a captured path': {
    configuration: 'if ($uri ~ ^/u/([a-z]+)) { return 301 https://u.test/$1; }',
    requests: ['/', '/u/abc', '/u/abc/x', '/u/1'],
  },
};

describe.skipIf(!NGINX_PRESENT)('the table of snippets against nginx itself (skipped where /usr/sbin/nginx is absent)', () => {
  const hosts = Object.entries(CASES).map(
    ([, { paths = ['/ web'], server = '', configuration = '', regex = false }], index): NginxHost => ({
      host: `c${index}.test`,
      paths,
      server,
      configuration,
      regex,
    }),
  );
  const table: RoutedEstate = routed(
    file(
      ...hosts.map(({ host, paths, server, configuration, regex }) =>
        ingress(host.replace('.', '-'), {
          annotations: {
            ...(regex ? { 'use-regex': 'true' } : {}),
            ...(server === '' ? {} : { 'server-snippet': server }),
            ...(configuration === '' ? {} : { 'configuration-snippet': configuration }),
          },
          rules: { [host]: paths },
        }),
      ),
    ),
  );
  let nginx: RunningNginx;
  beforeAll(async () => {
    nginx = await startNginx(hosts);
  });
  afterAll(async () => {
    await nginx.stop();
  });

  it.each(Object.entries(CASES).map(([name, { requests }], index) => [name, `c${index}.test`, requests] as const))(
    '%s',
    async (_, host, requests) => {
      const [said, answered]: [string[], string[]] = [[], []];
      for (const sent of requests) {
        const { path, method = 'GET', headers = {} } = typeof sent === 'string' ? { path: sent } : sent;
        const label = `${method} ${path} ${JSON.stringify(headers)}:`;
        said.push(`${label} ${ask(table, `http://${host}${path}`, { method, headers }).replace(/^(\w+):80 /, '$1 ')}`);
        // A backend gets the query along, of which the table says nothing.
        answered.push(`${label} ${(await nginx.ask(host, path, { method, headers })).replace(/^([a-z]\w* [^?]*)\?.*$/, '$1')}`);
      }
      expect(said).toEqual(answered);
    },
  );
});
