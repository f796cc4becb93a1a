import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type AddressRule, verdictOf } from '../../../rules/nginx/snippet/address-rules.ts';
import { codesOf, hostOf } from '../routed.ts';
import { ends, intentsOf, linesOf, plain, withSnippets } from './snippet-text.ts';

describe('lists of addresses', () => {
  test.each([
    ['allow 10.0.0.0/8; deny all;', { kind: 'allow', ranges: ['10.0.0.0/8'] }],
    ['deny 10.0.0.1;', { kind: 'deny', ranges: ['10.0.0.1/32'] }],
    ['deny 10.0.0.1; allow all; deny all;', { kind: 'deny', ranges: ['10.0.0.1/32'] }],
    ['deny 10.0.0.0/9; allow 10.0.0.0/8; deny all;', { kind: 'allow', ranges: ['10.128.0.0/9'] }],
    ['allow 10.0.0.0/9; deny 10.0.0.0/8;', { kind: 'deny', ranges: ['10.128.0.0/9'] }],
    ['allow 2001:db8::/32; deny all;', { kind: 'allow', ranges: ['2001:db8::/32'] }],
    ['allow 10.0.0.0/8;', { kind: 'everybody' }],
    ['allow all; deny all;', { kind: 'everybody' }],
    ['deny all;', { kind: 'nobody' }],
    ['deny all; allow 10.0.0.0/8;', { kind: 'nobody' }],
    ['deny unix:;', { kind: 'everybody' }],
    ['deny $remote_addr;', { kind: 'unknown', range: '$remote_addr' }],
  ])('%s', (text, verdict) => {
    const rules = [...text.matchAll(/(allow|deny) ([^;]+)/g)].map(
      ([, kind, range]): AddressRule => ({ verdict: kind === 'allow' ? 'allow' : 'deny', range: range ?? '' }),
    );
    expect(verdictOf(rules)).toEqual(verdict);
  });

  it('admit whom the first of them that takes an address admits', () => {
    const rule = fc.record({
      verdict: fc.constantFrom('allow' as const, 'deny' as const),
      range: fc.oneof(
        fc.constant('all'),
        fc.tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 28, max: 32 })).map(([host, prefix]) => `10.0.0.${host}/${prefix}`),
      ),
    });
    const takes = (range: string, host: number) => range === 'all' || inRange(range, host);
    void fc.assert(
      fc.property(fc.array(rule, { maxLength: 5 }), fc.integer({ min: 0, max: 15 }), (rules, host) => {
        const first = rules.find(({ range }) => takes(range, host));
        const verdict = verdictOf(rules);
        const admitted =
          verdict.kind === 'everybody' ||
          (verdict.kind === 'allow' && verdict.ranges.some((range) => inRange(range, host))) ||
          (verdict.kind === 'deny' && !verdict.ranges.some((range) => inRange(range, host)));
        expect(admitted).toBe(first?.verdict !== 'deny');
      }),
      { seed: 2, numRuns: 500 },
    );
  });
});

/** Whether 10.0.0.`host` lies in an IPv4 range. */
function inRange(range: string, host: number): boolean {
  const [address = '', prefix = ''] = range.split('/');
  if (address.includes(':')) return false;
  const number = (text: string) => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(prefix));
  return Math.floor(number(address) / size) === Math.floor(number(`10.0.0.${host}`) / size);
}

describe('access', () => {
  const allowed = { kind: 'allowList', ranges: ['10.0.0.0/8'], entries: ['allow', 'deny'] };

  it('by lists is that of the annotations', () => {
    expect(intentsOf(withSnippets({ configuration: 'allow 10.0.0.0/8; deny all;' }))).toEqual([allowed]);
    expect(intentsOf(withSnippets({ server: 'allow 10.0.0.0/8; deny all;' }))).toEqual([allowed]);
    const both = withSnippets({ configuration: 'allow 10.0.0.0/8; deny all;', annotations: { 'allowlist-source-range': '192.0.2.1' } });
    expect(intentsOf(both)).toMatchObject([{ kind: 'allowList', ranges: ['192.0.2.1/32'] }]);
    expect(Object.values(ends(both))).toEqual(['inert inherited', 'inert inherited']);
  });

  it('of nobody is an answer', () => {
    expect(linesOf(withSnippets({ configuration: 'deny all;' }), 'a.test')).toEqual(['prefix / -> 403']);
    const loosened = withSnippets({
      configuration: 'deny all;',
      annotations: { satisfy: 'any', 'auth-type': 'basic', 'auth-secret': 's' },
    });
    expect(intentsOf(loosened)).toContainEqual({ kind: 'rawAccessControl', language: 'nginx', restricts: 'deny all', entries: ['deny'] });
  });

  it('by methods are two rules', () => {
    const result = withSnippets({ configuration: 'limit_except GET { deny all; }' });
    expect(hostOf(result, 'a.test').rules.map(({ match, action }) => [match.methods, action.kind])).toEqual([
      [['GET', 'HEAD'], 'forward'],
      [[], 'respond'],
    ]);
  });

  test.each([
    'auth_basic "x"; auth_basic_user_file /f;',
    'auth_request /check;',
    'limit_except GET { allow 10.0.0.1; deny all; }',
    'access_by_lua_block { ngx.exit(403) }',
    'valid_referers none a.test;',
    'secure_link $arg_md5;',
    'include /etc/nginx/auth.conf;',
    'SecRuleEngine On;',
    'content_by_lua_block { ngx.say(1) }',
    'if ($geoip_country_code = XX) { return 403; }',
    'if ($ssl_client_verify != SUCCESS) { return 403; }',
    'if ($remote_addr = 10.0.0.1) { return 302 /login; }',
    'return 301 https://$arg_next;',
    'deny a.test;',
  ])('that cannot be read withholds: %s', (configuration) => {
    const raw = withSnippets({ configuration });
    expect(intentsOf(raw)).toContainEqual(expect.objectContaining({ kind: 'rawAccessControl' }));
    expect(codesOf(raw)).toContain('nginx/snippet/restricts');
  });

  it('of a server that cannot be read withholds the host', () => {
    const result = withSnippets({ server: 'if ($geoip_country_code = XX) { return 403; }' });
    expect(hostOf(result, 'a.test').intents.map(plain)).toEqual([
      { kind: 'rawAccessControl', language: 'nginx', restricts: 'if ($geoip_country_code = XX) { return 403 }', entries: ['if', 'return'] },
    ]);
  });

  test.each([
    'if ($geoip_country_code = XX) { rewrite ^/a /b break; }',
    'if ($args ~ foo) { return 301 https://b.test/; }',
    'made_up on;',
    'limit_req zone=a;',
    'proxy_cache static;',
  ])('is not a matter of: %s', (configuration) => {
    const result = withSnippets({ configuration });
    expect(intentsOf(result)).toEqual([]);
    expect(Object.values(ends(result)).every((end) => end.startsWith('unmapped '))).toBe(true);
  });
});
