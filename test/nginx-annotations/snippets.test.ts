import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { alternativesTo } from '../../rules/nginx/directive-alternatives.ts';
import { parseNginx } from '../../rules/nginx/nginx-config.ts';
import { effectsOf } from '../../rules/nginx/snippet-effects.ts';
import { annotated } from './annotated.ts';

describe('the configuration language', () => {
  it('has words, quotes, variables, comments and blocks', () => {
    expect(parseNginx(`add_header X "a; {b}" always; # deny all;\nif ($a = '}') { set $b \${c}d; }\nlast`)).toEqual([
      { name: 'add_header', args: ['X', 'a; {b}', 'always'], block: null },
      { name: 'if', args: ['($a', '=', '}', ')'], block: [{ name: 'set', args: ['$b', `\${c}d`], block: null }] },
      { name: 'last', args: [], block: null },
    ]);
  });

  it('leaves Lua to Lua', () => {
    const lua = 'access_by_lua_block { -- }\n local a = "}" .. [[ } ]] if x then y = {} end }\ndeny all;';
    expect(parseNginx(lua).map(({ name }) => name)).toEqual(['access_by_lua_block', 'deny']);
  });

  it('reads anything to its end', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      ';',
      '"',
      "'",
      '#',
      '\n',
      '\\',
      '$',
      '$\u007b',
      ' ',
      'if',
      'deny',
      'x_by_lua_block',
      '[[',
      '--',
    );
    void fc.assert(fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => void effectsOf(parseNginx(parts.join('')))));
    expect(effectsOf(parseNginx(`a${'{b '.repeat(20_000)}`)).restricts).toEqual([]);
    expect(parseNginx(`"${'a'.repeat(100_000)}`)).toHaveLength(1);
  });
});

describe('what restricts', () => {
  test.each([
    'deny 192.0.2.1; allow all;',
    'allow 10.0.0.0/8; deny all;',
    'allow 10.0.0.0/8;',
    'auth_basic "x"; auth_basic_user_file /f;',
    'auth_request /check;',
    'satisfy any;',
    'limit_except GET { deny all; }',
    'ssl_verify_client on;',
    'access_by_lua_block { ngx.exit(403) }',
    'rewrite_by_lua_file /x.lua;',
    'valid_referers none a.test;',
    'secure_link $arg_md5;',
    'internal;',
    'include /etc/nginx/auth.conf;',
    'return 403;',
    'return 444;',
    'return 503 "later";',
    'return $code;',
    'return 301 https://b.test$request_uri;',
    'return 200 "hello";',
    'rewrite ^ https://b.test$request_uri? permanent;',
    'rewrite ^/(.*)$ https://b.test/$1 redirect;',
    'if ($http_x_key != "s") { return 403; }',
    'if ($request_method !~ ^(GET|HEAD)$ ) { return 405; }',
    'if ($host = "a.test") { return 404; }',
    'if ($cookie_session = "") { return 302 /login; }',
    'if ($cookie_session = "") { rewrite ^ /login redirect; }',
    'if ($cookie_session = "") { rewrite ^/x /login; }',
    'location /metrics { deny all; }',
    'location = /x { return 404; }',
    'content_by_lua_block { ngx.say(1) }',
    'SecRuleEngine On;',
  ])('%s', (text) => expect(effectsOf(parseNginx(text)).restricts).not.toEqual([]));

  test.each([
    '# deny all;',
    'add_header X "deny all; return 403;";',
    'allow all;',
    'more_set_headers "X-Robots-Tag: noindex";',
    'proxy_set_header X-A $host;',
    'rewrite ^(/graph)(.*) /prometheus/graph$2 redirect;',
    'rewrite ^/a/(.*)$ /$1 break;',
    "if ($host != 'b.test' ) { rewrite ^ https://b.test$request_uri? permanent; }",
    'if ($host ~ ^(www\\.)?b\\.test$ ) { return 301 https://b.test$request_uri; }',
    'if ($http_x_forwarded_proto = "http") { return 308 https://$host$request_uri; }',
    'if ($request_method = OPTIONS) { return 204; }',
    'location = /robots.txt { return 200 "User-agent: *"; }',
    `set $a \${b}; proxy_read_timeout 5m; client_max_body_size 0; proxy_cache static;`,
  ])('not %s', (text) => expect(effectsOf(parseNginx(text)).restricts).toEqual([]));

  it('is said with its surroundings', () => {
    expect(effectsOf(parseNginx('if ($a) { deny all; }')).restricts).toEqual(['if ($a) { deny all }']);
    expect(effectsOf(parseNginx(`deny ${'1'.repeat(100)};`)).restricts[0]).toHaveLength(60);
  });
});

describe('snippets', () => {
  it('withhold where they restrict: the paths of the Ingress or the host', () => {
    const { intents, hostIntents, findings } = annotated({ 'configuration-snippet': 'deny all;', 'server-snippet': 'return 403;' });
    expect(intents).toEqual([{ kind: 'rawAccessControl', language: 'nginx', restricts: 'deny all', entries: ['configuration-snippet'] }]);
    expect(hostIntents).toEqual([{ kind: 'rawAccessControl', language: 'nginx', restricts: 'return 403', entries: ['server-snippet'] }]);
    expect(findings).toMatchObject([
      { code: 'nginx/snippet/restricts', security: true },
      { code: 'nginx/snippet/restricts', security: true },
    ]);
  });

  test.each([
    [{ 'configuration-snippet': 'more_set_headers "A: b";' }, { 'configuration-snippet': 'unmapped nginx/snippet/directives' }],
    [{ 'server-snippet': 'gzip on;' }, { 'server-snippet': 'unmapped nginx/snippet/directives' }],
    [{ 'configuration-snippet': 'made_up on;' }, { 'configuration-snippet': 'unmapped nginx/snippet/not-known' }],
    [{ 'configuration-snippet': '# nothing' }, { 'configuration-snippet': 'inert nginx/snippet/empty' }],
    [{ 'stream-snippet': 'server { listen 53 udp; allow 10.0.0.1; deny all; }' }, { 'stream-snippet': 'unmapped nginx/snippet/stream' }],
    [{ 'auth-snippet': 'proxy_set_header A b;' }, { 'auth-snippet': 'inert nginx/value/without-partner' }],
    [{ 'auth-snippet': 'proxy_set_header A b;', 'auth-url': 'http://a.test' }, { 'auth-snippet': 'unmapped nginx/snippet/auth' }],
  ])('%o', (annotations, ends) => expect(annotated(annotations)).toMatchObject({ hostIntents: [], ends }));

  it('name the nearest alternative of each directive', () => {
    expect(alternativesTo(['add_header', 'deny', 'more_set_headers', 'made_up'])).toBe(
      'add_header, more_set_headers: a ResponseHeaderModifier filter; deny: the annotations denylist-source-range and allowlist-source-range; made_up: not known here',
    );
  });
});
