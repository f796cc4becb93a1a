import { describe, expect, it } from 'vitest';
import { checkConstraints } from '../../src/gateway/constraints/check-constraints.ts';
import type { Match, ValueMatch } from '../../src/route/table.ts';
import { backend, codes, EXPERIMENTAL, host, ingress, plan, routes, rule, served, table } from './tables.ts';

const web = ingress();
const is = (name: string, value: string, kind: ValueMatch['kind'] = 'exact'): ValueMatch => ({ name, value, kind });
const when = (match: Partial<Match>, service: string) => rule(web, '/', { match, service });

describe('canary rules', () => {
  const weighted = {
    kind: 'forward' as const,
    backends: [backend(web, 'stable', { weight: 90 }), backend(web, 'canary', { weight: 10 })],
    rewrite: null,
  };
  const made = plan(
    table([
      host('a.test', [
        when({ headers: [is('x-canary', 'always')] }, 'canary'),
        when({ headers: [is('x-canary', 'never')] }, 'stable'),
        when({ cookies: [is('c.1', 'always')] }, 'canary'),
        when({ cookies: [is('c.1', 'never')] }, 'stable'),
        rule(web, '/', { action: weighted }),
      ]),
    ]),
  );

  it('stay in order in one route: header, cookie, weight', () => {
    expect(routes(made)).toHaveLength(1);
    expect(served(made)).toEqual([
      'a.test [http] / x-canary:always → canary',
      'a.test [http] / x-canary:never → stable',
      'a.test [http] / Cookie:^(.*;\\s*)?c\\.1=always(;.*)?$ → canary',
      'a.test [http] / Cookie:^(.*;\\s*)?c\\.1=never(;.*)?$ → stable',
      'a.test [http] / → stable*90 canary*10',
    ]);
    expect(codes(made)).toContain('plan/cookie-match');
    expect(codes(made)).not.toContain('plan/order-undefined');
  });

  it.each<[string, string, boolean]>([
    ['alone', 'c.1=always', true],
    ['first', 'c.1=always; b=2', true],
    ['last', 'b=2; c.1=always', true],
    ['of another name', 'xc.1=always', false],
    ['of a name that the dot would take', 'cx1=always', false],
    ['of a longer value', 'c.1=always2', false],
  ])('match the cookie %s', (_, header, expected) => {
    const pattern = routes(made)[0]?.spec.rules[2]?.matches?.[0]?.headers?.[0]?.value ?? '';
    expect(new RegExp(pattern).test(header)).toBe(expected);
  });

  it('say that patterns of headers are a matter of the implementation', () => {
    expect(codes(plan(table([host('a.test', [when({ headers: [is('x', 'a|b', 'regex')] }, 'b'), rule(web, '/')])])))).toContain(
      'plan/header-regex',
    );
  });
});

describe('conditions that the API has no place for', () => {
  it.each<[string, Partial<Match>]>([
    ['a client address', { sourceRanges: ['10.0.0.0/8'] }],
    ['a foreign method', { methods: ['PURGE'] }],
    ['two cookies', { cookies: [is('a', '1'), is('b', '2')] }],
    ['a header twice', { headers: [is('x', '1'), is('X', '2')] }],
    ['a cookie beside the Cookie header', { headers: [is('cookie', 'x')], cookies: [is('a', '1')] }],
    ['an empty header', { headers: [is('x', '')] }],
    ['a header that is no token', { headers: [is('x y', '1')] }],
    ['a header of other than printable characters', { headers: [is('x', 'ä')] }],
    ['a parameter twice', { queryParams: [is('a', '1'), is('a', '2')] }],
    ['a parameter with brackets', { queryParams: [is('a[]', '1')] }],
    ['too many headers', { headers: Array.from({ length: 17 }, (_, index) => is(`x${index}`, '1')) }],
    ['too many parameters', { queryParams: Array.from({ length: 17 }, (_, index) => is(`x${index}`, '1')) }],
  ])('leave the requests to the next rule: %s', (_, match) => {
    for (const release of [{ version: '1.6', channel: 'standard' } as const, EXPERIMENTAL]) {
      const made = plan(table([host('a.test', [when(match, 'some'), rule(web, '/')])]), { options: { release } });
      expect(served(made)).toEqual(['a.test [http] / → web']);
      expect(codes(made)).toContain('plan/match-not-expressible');
      for (const { object } of made.objects) expect(checkConstraints(object, release)).toEqual([]);
    }
  });
});
