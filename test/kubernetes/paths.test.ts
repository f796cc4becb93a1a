import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPath } from '../../rules/kubernetes/path-match.ts';
import { answerTo, ingress, routed } from './routed.ts';

/** The table of examples in the Kubernetes documentation of Ingress paths: type, paths, request, which path takes it. */
const EXAMPLES: readonly (readonly [type: string, paths: readonly string[], request: string, taken: string | null])[] = [
  ['Prefix', ['/'], '/any/thing', '/'],
  ['Exact', ['/foo'], '/foo', '/foo'],
  ['Exact', ['/foo'], '/bar', null],
  ['Exact', ['/foo'], '/foo/', null],
  ['Exact', ['/foo/'], '/foo', null],
  ['Prefix', ['/foo'], '/foo', '/foo'],
  ['Prefix', ['/foo'], '/foo/', '/foo'],
  ['Prefix', ['/foo/'], '/foo', '/foo/'],
  ['Prefix', ['/foo/'], '/foo/', '/foo/'],
  ['Prefix', ['/aaa/bb'], '/aaa/bbb', null],
  ['Prefix', ['/aaa/bbb'], '/aaa/bbb', '/aaa/bbb'],
  ['Prefix', ['/aaa/bbb/'], '/aaa/bbb', '/aaa/bbb/'],
  ['Prefix', ['/aaa/bbb'], '/aaa/bbb/', '/aaa/bbb'],
  ['Prefix', ['/aaa/bbb'], '/aaa/bbb/ccc', '/aaa/bbb'],
  ['Prefix', ['/aaa/bbb'], '/aaa/bbbxyz', null],
  ['Prefix', ['/', '/aaa'], '/aaa/ccc', '/aaa'],
  ['Prefix', ['/', '/aaa', '/aaa/bbb'], '/aaa/bbb', '/aaa/bbb'],
  ['Prefix', ['/', '/aaa', '/aaa/bbb'], '/ccc', '/'],
  ['Prefix', ['/aaa'], '/ccc', null],
];

describe('paths by the Kubernetes documentation', () => {
  it.each(EXAMPLES)('%s %j takes %s: %s', (type, paths, request, taken) => {
    const lines = paths.map((path, index) => ({ path, type, service: `s${index}` }));
    const { tables } = routed(ingress('web', { 'a.test': lines }));
    const expected = taken === null ? '404' : `s${paths.indexOf(taken)}:80`;
    expect(answerTo(tables[0], `http://a.test${request}`)).toBe(expected);
  });

  it('prefers Exact to Prefix of the same path', () => {
    const { tables } = routed(
      ingress('web', {
        'a.test': [
          { path: '/foo', service: 'prefix' },
          { path: '/foo', type: 'Exact', service: 'exact' },
        ],
      }),
    );
    expect(answerTo(tables[0], 'http://a.test/foo')).toBe('exact:80');
    expect(answerTo(tables[0], 'http://a.test/foo/x')).toBe('prefix:80');
  });

  it('reads ImplementationSpecific as Prefix and says so, unless it is /', () => {
    const { tables, settled } = routed(
      ingress('web', {
        'a.test': [
          { path: '/', type: 'ImplementationSpecific', service: 'root' },
          { path: '/foo/', type: 'ImplementationSpecific', service: 'foo' },
        ],
      }),
    );
    expect(answerTo(tables[0], 'http://a.test/foo')).toBe('foo:80');
    expect(settled.map(({ entry, outcome, finding }) => [entry.name, outcome, finding?.code])).toEqual([
      ['spec.rules[0].http.paths[1].pathType', 'approximated', 'kubernetes/path/implementation-specific'],
    ]);
  });

  it.each([
    ['/app/*', 'http://a.test/app/x', 's:80', 'kubernetes/path/glob'],
    ['/*', 'http://a.test/x', 's:80', 'kubernetes/path/glob'],
    ['/app(/|$)(.*)', 'http://a.test/app/x', '404', 'kubernetes/path/pattern'],
  ])('has no patterns: %s', (path, url, answer, code) => {
    const { tables, settled } = routed(ingress('web', { 'a.test': [{ path, type: 'ImplementationSpecific', service: 's' }] }));
    expect(answerTo(tables[0], url)).toBe(answer);
    expect(settled.map(({ finding }) => finding?.code)).toEqual([code]);
  });

  it('leaves out what the API server refuses', () => {
    const { tables, settled, findings } = routed(
      ingress('web', {
        'a.test': [
          { path: 'foo', service: 'bad' },
          { path: '/bar', service: 'good' },
        ],
      }),
    );
    expect(tables[0]?.hosts[0]?.rules.map((rule) => rule.id)).toEqual(['shop/web rules[0].paths[1]']);
    expect(findings.map(({ code }) => code)).toEqual(['kubernetes/path/not-absolute']);
    expect(settled.every(({ entry, outcome }) => entry.name.startsWith('spec.rules[0].http.paths[0]') && outcome === 'inert')).toBe(true);
  });

  it('takes an absent path for every path', () => {
    expect(readPath({ path: '', pathType: null, backend: null, entries: [] }, {})).toMatchObject({
      match: { kind: 'prefix', value: '/' },
      doubt: null,
    });
  });

  it('has a reading for every text, and never one without a leading slash', () => {
    void fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom('Exact' as const, 'Prefix' as const, 'ImplementationSpecific' as const, null),
        (path, pathType) => {
          const reading = readPath({ path, pathType, backend: null, entries: [] }, {});
          if (reading.kind === 'served') expect(reading.match.value.startsWith('/')).toBe(true);
          else expect(path.startsWith('/')).toBe(false);
        },
      ),
    );
  });
});
