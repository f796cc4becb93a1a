import { describe, expect, it } from 'vitest';
import { checkConstraints } from '../../src/gateway/constraints/check-constraints.ts';
import type { Intent } from '../../src/intent/intent.ts';
import { DEFAULT_OPTIONS } from '../../src/options.ts';
import type { Action } from '../../src/route/table.ts';
import {
  backend,
  codes,
  host,
  httpsRedirect,
  ingress,
  outcomes,
  plan,
  type plan as planOf,
  routes,
  rule,
  secret,
  served,
  table,
} from './tables.ts';

const web = ingress();
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `/p${String(index).padStart(3, '0')}`);
const expectValid = (made: ReturnType<typeof planOf>) => {
  for (const { object } of made.objects) expect(checkConstraints(object, DEFAULT_OPTIONS.release)).toEqual([]);
};

describe('limits', () => {
  it('of 16 rules make further routes, in order', () => {
    const made = plan(
      table([
        host(
          'a.test',
          numbered(35).map((path) => rule(web, path)),
        ),
      ]),
    );
    expect(routes(made).map(({ spec }) => spec.rules.length)).toEqual([16, 16, 3]);
    expect(routes(made).flatMap(({ spec }) => spec.rules.map(({ matches }) => matches?.[0]?.path?.value))).toEqual(numbered(35));
  });

  it('of 64 matches split a rule, and every part does the same', () => {
    const redirect = httpsRedirect(web);
    const rules = numbered(130).map((path) => rule(web, path, { httpsRedirect: redirect }));
    const made = plan(table([host('a.test', rules, { certificate: secret(web) })]));
    const http = routes(made).filter(({ spec }) => spec.parentRefs[0]?.sectionName === 'http-a-test');
    expect(http.map(({ spec }) => spec.rules.map(({ matches }) => matches?.length))).toEqual([[64, 64], [2]]);
    for (const { spec } of http) for (const { filters } of spec.rules) expect(filters?.[0]?.type).toBe('RequestRedirect');
    expectValid(made);
  });

  it('leave the API server nothing to refuse where methods multiply matches under a prefix replacement', () => {
    const action: Action = { kind: 'forward', backends: [backend(web)], rewrite: { kind: 'prefix', path: '/new', entries: [] } };
    const made = plan(table([host('a.test', [rule(web, '/old', { action, match: { methods: ['GET', 'POST', 'GET'] } })])]));
    expect(served(made)).toEqual([
      'a.test [http] /old GET → {"path":{"type":"ReplacePrefixMatch","replacePrefixMatch":"/new"}} web',
      'a.test [http] /old POST → {"path":{"type":"ReplacePrefixMatch","replacePrefixMatch":"/new"}} web',
    ]);
    expectValid(made);
  });

  it('replace the whole of an exact path, which has no prefix to replace', () => {
    const action: Action = { kind: 'forward', backends: [backend(web)], rewrite: { kind: 'prefix', path: '/new/', entries: [] } };
    const made = plan(table([host('a.test', [rule(web, '=/old', { action })])]));
    expect(served(made)).toEqual(['a.test [http] =/old → {"path":{"type":"ReplaceFullPath","replaceFullPath":"/new"}} web']);
    expectValid(made);
  });

  it('keep the rules of one path together, whose order decides', () => {
    const canary = ['a', 'b', 'c'].map((value) => rule(web, '/x', { match: { headers: [{ name: 'x', value, kind: 'exact' }] } }));
    const made = plan(table([host('a.test', [...numbered(15).map((path) => rule(web, path)), ...canary])]));
    expect(routes(made).map(({ spec }) => spec.rules.length)).toEqual([15, 3]);
  });

  it('of 16 headers cut a filter, and say which were left out', () => {
    const set = Array.from({ length: 18 }, (_, index) => ({ name: `x-${String(index).padStart(2, '0')}`, value: '1' }));
    const intent: Intent = { kind: 'responseHeaders', set, add: [], remove: [], entries: [] };
    const made = plan(table([host('a.test', [rule(web, '/', { intents: [intent] })])]));
    expectValid(made);
    expect(made.objects).toHaveLength(2);
  });

  it('of 16 backends block the rule', () => {
    const backends = Array.from({ length: 17 }, (_, index) => backend(web, `s${index}`));
    const blocked = rule(web, '/x', { action: { kind: 'forward', backends, rewrite: null } });
    const made = plan(table([host('a.test', [blocked, rule(web, '/')])]));
    expect(served(made)).toEqual(['a.test [http] /x → error', 'a.test [http] / → web']);
    expect(codes(made)).toContain('plan/backends-too-many');
  });

  it('of weights scale them, and nobody loses his last share', () => {
    const backends = [backend(web, 'one', { weight: 4_000_000 }), backend(web, 'two', { weight: 1 }), backend(web, 'off', { weight: 0 })];
    const made = plan(table([host('a.test', [rule(web, '/', { action: { kind: 'forward', backends, rewrite: null } })])]));
    expect(served(made)).toEqual(['a.test [http] / → one*1000000 two*1 off*0']);
    expectValid(made);
  });

  it('keep a single backend without share at none', () => {
    const backends = [backend(web, 'off', { weight: 0 })];
    const made = plan(table([host('a.test', [rule(web, '/', { action: { kind: 'forward', backends, rewrite: null } })])]));
    expect(served(made)).toEqual(['a.test [http] / → off*0']);
  });

  it('of time: all parts together, and no attempt longer than the request', () => {
    const timeouts = (request: number, attempt: number) => {
      const intents: Intent[] = [
        { kind: 'requestTimeout', ms: request, entries: [] },
        { kind: 'idleTimeout', direction: 'read', ms: attempt, entries: [] },
      ];
      const made = plan(table([host('a.test', [rule(web, '/', { intents })])]));
      expectValid(made);
      return routes(made)[0]?.spec.rules[0]?.timeouts;
    };
    expect(timeouts(9000, 1000)).toEqual({ request: '9000ms', backendRequest: '1000ms' });
    expect(timeouts(9000, 10_000)).toEqual({ request: '9000ms' });
    expect(timeouts(0, 10_000)).toEqual({ request: '0ms', backendRequest: '10000ms' });
  });
});

describe('redirects that are alike', () => {
  const to = (target: string): Action => ({
    kind: 'redirect',
    redirect: { status: 301, scheme: 'https', host: target, port: null, path: { kind: 'keep' }, query: { kind: 'keep' }, entries: [] },
  });

  it('share one rule, and one match where it takes everything', () => {
    const rules = [rule(web, '/b', { action: to('x.test') }), rule(web, '/', { action: to('x.test') })];
    const made = plan(table([host('a.test', rules)]));
    expect(served(made)).toEqual(['a.test [http] / → https x.test 301']);
    for (const { entries } of rules) for (const each of entries) expect(outcomes(made, each)).toEqual(['converted']);
  });

  it('keep their paths beside other rules', () => {
    const made = plan(
      table([host('a.test', [rule(web, '/b', { action: to('x.test') }), rule(web, '/c'), rule(web, '/', { action: to('x.test') })])]),
    );
    expect(served(made)).toEqual(['a.test [http] /b, / → https x.test 301', 'a.test [http] /c → web']);
  });

  it('do not overtake a rule of the same path', () => {
    const when = (value: string) => ({ headers: [{ name: value, value: '1', kind: 'exact' as const }] });
    const rules = [
      rule(web, '/', { action: to('x.test'), match: when('a') }),
      rule(web, '/', { match: when('b') }),
      rule(web, '/', { action: to('x.test'), match: when('c') }),
    ];
    expect(served(plan(table([host('a.test', rules)])))).toEqual([
      'a.test [http] / a:1 → https x.test 301',
      'a.test [http] / b:1 → web',
      'a.test [http] / c:1 → https x.test 301',
    ]);
  });
});
