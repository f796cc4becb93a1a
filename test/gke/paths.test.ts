import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { ask, codesOf, converted, endsOf, ingress, service } from './converted.ts';

const SERVICES = ['a', 'b', 'c', 'd'].map((name) => service(name)).join('');
const served = (paths: readonly string[], more: object = {}) =>
  converted(ingress({ rules: [{ host: 'a.test', paths }], ...more }) + SERVICES);
const answers = (paths: readonly string[], ...requests: readonly string[]) => {
  const conversion = served(paths);
  return requests.map((path) => ask(conversion, `http://a.test${path}`));
};

describe('paths', () => {
  test.each([
    ['- a', ['/', '/x'], ['a:80', 'a:80']],
    ['/* a', ['/', '/x'], ['a:80', 'a:80']],
    ['/ a', ['/', '/x'], ['a:80', '404']],
    ['/foo a', ['/foo', '/foo/', '/foo/x'], ['a:80', '404', '404']],
    ['/foo/ a', ['/foo', '/foo/', '/foo/x'], ['404', 'a:80', '404']],
    ['/foo/* a', ['/foo', '/foo/', '/foo/x', '/foobar'], ['404', 'a:80', 'a:80', '404']],
    ['/ a Prefix', ['/', '/x'], ['a:80', 'a:80']],
    ['/foo a Prefix', ['/foo', '/foo/', '/foo/x', '/foobar'], ['a:80', 'a:80', 'a:80', '404']],
    ['/foo/ a Prefix', ['/foo', '/foo/x'], ['a:80', 'a:80']],
    ['/foo a Exact', ['/foo', '/foo/'], ['a:80', '404']],
  ])('%s', (path, requests, expected) => expect(answers([path], ...requests)).toEqual(expected));

  test.each([
    [
      'the longest wins, whatever the order',
      ['/* a', '/x/* b', '/x/y/* c', '/x/y d'],
      ['/x/y', '/x/y/z', '/x/z', '/z'],
      ['d:80', 'c:80', 'b:80', 'a:80'],
    ],
    ['a literal path before a star', ['/x/* a', '/x/ b'], ['/x/', '/x/y'], ['b:80', 'a:80']],
    ['of the same path the last wins, after expansion', ['/foo a Exact', '/foo b Prefix'], ['/foo', '/foo/x'], ['b:80', 'b:80']],
    ['and the other way round', ['/foo b Prefix', '/foo a Exact'], ['/foo', '/foo/x'], ['a:80', 'b:80']],
  ])('%s', (_, paths, requests, expected) => expect(answers(paths, ...requests)).toEqual(expected));

  it('overwritten ones have no effect, and say so', () => {
    const conversion = served(['/foo a Exact', '/foo b Prefix']);
    expect(endsOf(conversion, 'paths[0].path')).toEqual(['inert gke/path/overwritten']);
    expect(codesOf(served(['/foo b Prefix', '/foo a Exact']))).toEqual(['gke/path/partly-overwritten']);
  });

  test.each(['/foo* a', '/a/*/b a', '/x?y a', '/x#y a', 'x a', '/foo/* a Prefix', '/* a Exact', '- a Prefix', '- a Exact'])(
    '%s is refused, and with it the Ingress',
    (path) => {
      const conversion = served([path, '/ok b']);
      expect(codesOf(conversion)).toEqual(['gke/frontend/frozen', 'gke/path/refused']);
      expect(endsOf(conversion, 'paths[0].path')).toEqual(['manual gke/path/refused']);
      expect(ask(conversion, 'http://a.test/ok')).toBe('b:80');
    },
  );

  it('come out as Exact and PathPrefix, a bare path guarded or sent where it went', () => {
    const matches = (conversion: ReturnType<typeof served>) =>
      conversion.plan.objects.flatMap(({ object }) =>
        object.kind === 'HTTPRoute' && 'rules' in (object.spec ?? {})
          ? (
              object.spec as { rules: { matches: { path: { type: string; value: string } }[]; backendRefs?: { name: string }[] }[] }
            ).rules.flatMap(({ matches: all, backendRefs }) =>
              all.map(({ path }) => `${path.type} ${path.value} ${backendRefs?.[0]?.name ?? '-'}`),
            )
          : [],
      );
    expect(matches(served(['/foo/* a', '/foo a']))).toEqual(['PathPrefix /foo a']);
    expect(matches(served(['/foo/* a'])).sort()).toEqual(['Exact /foo -', 'PathPrefix /foo/ a']);
    expect(matches(served(['/foo/* a'], { defaultBackend: 'b' })).slice(0, 3)).toEqual(
      expect.arrayContaining(['Exact /foo b', 'PathPrefix / b']),
    );
  });

  it('answer as a URL map does: the longest literal path or star that takes the request', () => {
    const segment = fc.constantFrom('x', 'y');
    const literal = fc.array(segment, { maxLength: 3 }).map((parts) => `/${parts.join('/')}`);
    const path = fc.tuple(literal, fc.constantFrom('', '/*'), fc.constantFrom('a', 'b', 'c'));
    void fc.assert(
      fc.property(fc.array(path, { minLength: 1, maxLength: 6 }), literal, fc.constantFrom('', '/'), (paths, request, slash) => {
        const texts = paths.map(([stem, star, name]) => `${star === '/*' && stem === '/' ? '/*' : `${stem}${star}`} ${name}`);
        const url = request === '/' ? '/' : request + slash;
        expect(answers(texts, url)[0]).toBe(byUrlMap(texts, url));
      }),
      { numRuns: 200, seed: 7 },
    );
  });
});

/** The rule of Compute Engine, written the other way round. */
function byUrlMap(texts: readonly string[], request: string): string {
  const map = new Map(texts.map((text): [string, string] => [text.split(' ')[0] ?? '', text.split(' ')[1] ?? '']));
  const literal = map.get(request);
  if (literal !== undefined) return `${literal}:80`;
  const stars = [...map].filter(([path]) => path.endsWith('/*') && request.startsWith(path.slice(0, -1)));
  const [, longest] = stars.sort(([a], [b]) => b.length - a.length)[0] ?? [];
  return longest === undefined ? '404' : `${longest}:80`;
}
