import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HTTPRoute, HTTPRouteMatch, HTTPRouteRule } from '../../../src/gateway/types.ts';
import { ask, evaluate, gateway, http, pathOf, route, rule } from '../gateway-objects.ts';

const gw = gateway([http('')]);
const header = (name: string, value = 'v') => ({ name, value });

describe('the order of rules', () => {
  it('a precise hostname beats wildcards, a longer wildcard a shorter, any wildcard none at all', () => {
    const routes = [
      route('none', [], [rule('=/x', 'none')]),
      route('short', ['*.test'], [rule('=/x', 'short')]),
      route('long', ['*.a.test'], [rule('=/x', 'long')]),
      route('precise', ['b.a.test'], [rule('/', 'precise')]),
    ];
    expect(ask([gw, ...routes], 'http://b.a.test/x')).toEqual(['precise:80 /x']);
    expect(ask([gw, ...routes], 'http://c.a.test/x')).toEqual(['long:80 /x']);
    expect(ask([gw, ...routes], 'http://c.test/x')).toEqual(['short:80 /x']);
    expect(ask([gw, ...routes], 'http://other/x')).toEqual(['none:80 /x']);
  });

  it('a path that the best hostname does not have is found under the next', () => {
    const routes = [route('any', ['*.test'], [rule('/', 'any')]), route('own', ['a.test'], [rule('/x', 'own')])];
    expect(ask([gw, ...routes], 'http://a.test/y')).toEqual(['any:80 /y']);
  });

  it.each([
    ['Exact before a longer prefix', rule('/a/b', 'prefix'), rule('=/a/b', 'exact'), '/a/b', 'exact'],
    ['the longer prefix', rule('/', 'root'), rule('/a', 'a'), '/a/b', 'a'],
    [
      'the longer prefix, whatever the conditions of the shorter',
      rule('/', 'root', { match: { method: 'GET', headers: [header('x-a')] } }),
      rule('/a', 'a'),
      '/a',
      'a',
    ],
    [
      'a method',
      rule('/a', 'headers', { match: { headers: [header('x-a'), header('x-b')] } }),
      rule('/a', 'method', { match: { method: 'GET' } }),
      '/a',
      'method',
    ],
    [
      'more headers',
      rule('/a', 'one', { match: { headers: [header('x-a')], queryParams: [header('q')] } }),
      rule('/a', 'two', { match: { headers: [header('x-a'), header('x-b')] } }),
      '/a',
      'two',
    ],
    [
      'more query parameters',
      rule('/a', 'one', { match: { queryParams: [header('q')] } }),
      rule('/a', 'two', { match: { queryParams: [header('q'), header('r')] } }),
      '/a',
      'two',
    ],
    ['the trailing slash of a prefix does not count', rule('/a/', 'first'), rule('/a', 'second'), '/a/b', 'first'],
    ['the first of equals', rule('/a', 'first'), rule('/a', 'second'), '/a', 'first'],
  ] as const)('%s', (_, first, second, path, service) => {
    const request = { headers: { 'x-a': 'v', 'x-b': 'v' }, query: { q: 'v', r: 'v' } };
    expect(ask([gw, route('r', ['a.test'], [first, second])], `http://a.test${path}`, request)).toEqual([`${service}:80 ${path}`]);
  });

  it('among routes the older, then the name that sorts first', () => {
    const named = [route('b', ['a.test'], [rule('/', 'b')]), route('a', ['a.test'], [rule('/', 'a')])];
    expect(ask([gw, ...named], 'http://a.test/')).toEqual(['a:80 /']);
    const since: Readonly<Record<string, string>> = { b: '2024-01-01T00:00:00Z', a: '2025-01-01T00:00:00Z' };
    const dated = named.map((each) => ({ ...each, metadata: { ...each.metadata, creationTimestamp: since[each.metadata.name] } }));
    expect(ask([gw, ...dated], 'http://a.test/')).toEqual(['b:80 /']);
  });

  it('a pattern may rank before or after prefixes: both answers are given', () => {
    const objects = [gw, route('r', ['a.test'], [rule('~/a.*', 'pattern'), rule('/a', 'prefix'), rule('=/abc', 'exact')])];
    expect(ask(objects, 'http://a.test/a/b')).toEqual(['pattern:80 /a/b', 'prefix:80 /a/b']);
    expect(ask(objects, 'http://a.test/ab')).toEqual(['pattern:80 /ab']);
    expect(ask(objects, 'http://a.test/abc')).toEqual(['exact:80 /abc']);
  });

  it('a pattern that cannot be evaluated leaves the answer open, unless something better matches', () => {
    const objects = [gw, route('r', ['a.test'], [rule('~/a(?!b)', 'pattern'), rule('=/ab', 'exact')])];
    expect(ask(objects, 'http://a.test/ab')).toEqual(['exact:80 /ab']);
    expect(ask(objects, 'http://a.test/ac')).toEqual(['undecidable']);
  });
});

/** By the text of the specification, without looking at how it is done: every match that holds, the greatest by its criteria. */
function bySpecification(
  routes: readonly HTTPRoute[],
  path: string,
  method: string,
  sent: Readonly<Record<string, string>>,
): string | null {
  let best: { readonly key: readonly (number | string)[]; readonly service: string } | null = null;
  for (const { metadata, spec } of routes) {
    spec.rules.forEach(({ matches = [{}], backendRefs = [] }, ruleIndex) => {
      for (const match of matches) {
        const { type, value } = match.path ?? { type: 'PathPrefix', value: '/' };
        const trimmed = value.replace(/\/$/, '');
        const takes = type === 'Exact' ? path === value : path === trimmed || `${path}/`.startsWith(`${trimmed}/`);
        const headers = match.headers ?? [];
        if (!takes || (match.method ?? method) !== method || headers.some(({ name, value: wanted }) => sent[name] !== wanted)) continue;
        const key = [
          type === 'Exact' ? 0 : 1,
          -trimmed.length,
          match.method === undefined ? 1 : 0,
          -headers.length,
          `${metadata.namespace}/${metadata.name}`,
          ruleIndex,
        ];
        if (best === null || isLess(key, best.key)) best = { key, service: backendRefs[0]?.name ?? '' };
      }
    });
  }
  return (best as { readonly service: string } | null)?.service ?? null;
}

function isLess(a: readonly (number | string)[], b: readonly (number | string)[]): boolean {
  const index = a.findIndex((value, i) => value !== b[i]);
  const [left, right] = [a[index], b[index]];
  return left !== undefined && right !== undefined && left < right;
}

const match: fc.Arbitrary<HTTPRouteMatch> = fc.record(
  {
    path: fc.constantFrom('/', '/a', '/a/', '/a/b', '/ab', '=/a', '=/a/b', '=/').map(pathOf),
    method: fc.constantFrom('GET', 'POST'),
    headers: fc.uniqueArray(fc.constantFrom('x-a', 'x-b'), { minLength: 1 }).map((names) => names.map((name) => header(name))),
  },
  { requiredKeys: [] },
);
const rules = fc.array(fc.array(match, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 });
const routesOf = (lists: readonly (readonly (readonly HTTPRouteMatch[])[])[]) =>
  lists.map((list, index) =>
    route(
      `r${index}`,
      ['a.test'],
      list.map((matches, at): HTTPRouteRule => ({ matches, backendRefs: [{ name: `s${index}-${at}`, port: 80 }] })),
    ),
  );
const requests = fc.record({
  path: fc.constantFrom('/', '/a', '/a/', '/a/b', '/a/b/c', '/ab', '/abc', '/x'),
  method: fc.constantFrom('GET', 'POST'),
  headers: fc.subarray(['x-a', 'x-b']).map((names) => Object.fromEntries(names.map((name) => [name, 'v']))),
});

describe('for any routes', () => {
  it('one rule answers, whatever the order of the routes, and it is the one the specification names', () => {
    fc.assert(
      fc.property(fc.array(rules, { minLength: 1, maxLength: 3 }), requests, (lists, { path, method, headers }) => {
        const routes = routesOf(lists);
        const expected = bySpecification(routes, path, method, headers);
        const answers = (objects: readonly HTTPRoute[]) => ask([gw, ...objects], `http://a.test${path}`, { method, headers });
        expect(answers(routes)).toEqual([expected === null ? '404' : `${expected}:80 ${path}`]);
        expect(answers([...routes].reverse())).toEqual(answers(routes));
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it('says which rule answered', () => {
    const [first] = evaluate([gw, route('r', [], [rule('/x', 'x'), rule('/', 'root')])], 'http://a.test/y');
    expect(first).toMatchObject({
      source: 'HTTPRoute team/r rules[1]',
      field: { kind: 'HTTPRoute', namespace: 'team', name: 'r', field: 'spec.rules[1]' },
    });
  });
});
