import { describe, expect, it, test } from 'vitest';
import { codesOf, endsOf, ingress, intentsOf, routed } from './routed.ts';

const id = 'default/i rules[0].paths[0]';
const of = (name: string, text: string) => routed(ingress('i', { annotations: { [name]: text }, rules: { 'a.test': ['/a web'] } }));

describe('snippets', () => {
  test.each([
    'deny all;',
    'allow 10.0.0.0/8; deny all;',
    'return 403;',
    'return 302 https://else.test/;',
    'auth_basic "x"; auth_basic_user_file /x;',
    'if ($http_x_key != "s") { return 403; }',
    'if ($cookie_id = "") { return 302 /login; }',
    'location /admin { deny all; }',
    'access_by_lua_block { ngx.exit(403) }',
    'satisfy any;',
    'include /etc/nginx/extra.conf;',
    'add_header X y; never_heard_of on;',
  ])('that may keep somebody out are access control: %s', (text) => {
    for (const name of ['server-snippets', 'location-snippets']) {
      const result = of(name, text);
      expect(intentsOf(result, id)).toMatchObject([{ kind: 'rawAccessControl', language: 'nginx' }]);
      expect(codesOf(result)).toEqual(['nginx-inc/snippet/restricts']);
    }
  });

  test.each([
    'add_header X-A b;\nproxy_set_header X-B c;',
    'location = /old { return 301 /new; }',
    'if ($host = "old.test") { return 301 https://new.test$request_uri; }',
    'gzip on; sub_filter a b;',
  ])('that keep nobody out are named, directive by directive: %s', (text) => {
    const result = of('server-snippets', text);
    expect(intentsOf(result, id)).toEqual([]);
    expect(endsOf(result, 'server-snippets')).toEqual(['unmapped nginx-inc/snippet/directives']);
  });

  it('say line and alternative', () => {
    const { finding } =
      of('location-snippets', 'add_header X-A b;\n\nclient_max_body_size 1m;').settled.find(({ entry }) =>
        entry.name.endsWith('snippets'),
      ) ?? {};
    expect(finding?.args['directives']).toMatch(
      /^add_header X-A b \(line 1\): .*; client_max_body_size 1m \(line 3\): .*client-max-body-size$/,
    );
  });

  it('of comments alone are nothing', () => {
    expect(endsOf(of('server-snippets', '# nothing'), 'server-snippets')).toEqual(['inert nginx-inc/snippet/empty']);
  });
});
