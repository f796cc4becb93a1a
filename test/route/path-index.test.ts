import fc from 'fast-check';
import { expect, it } from 'vitest';
import { overlap, pathIndex } from '../../src/route/path/index.ts';
import type { PathMatch } from '../../src/route/table.ts';

const literal = fc.constantFrom('/', '/a', '/a/', '/A', '/ab', '/a/b', '/a/b/', '/b', '/a//b', '/%61');
const path: fc.Arbitrary<PathMatch> = fc.oneof(
  fc.record({ kind: fc.constantFrom('exact' as const, 'prefix' as const, 'text-prefix' as const), value: literal }),
  fc.record({ kind: fc.constant('glob' as const), value: fc.constantFrom('/*', '/a*', '/a/*', '/?b', '/a') }),
  fc.record({
    kind: fc.constant('regex' as const),
    pattern: fc.constantFrom(
      '^/a',
      '/a(/|$)(.*)',
      '/(a|b)',
      '/A/b$',
      '/[ab]',
      '/a?b',
      '/.*',
      'a',
      '/a\\.b',
      '/(?=a)a',
      '(/a|/b)/b',
      '^/a|/b',
    ),
    caseInsensitive: fc.boolean(),
  }),
);

it('leaves out no path that may share a request', () => {
  fc.assert(
    fc.property(fc.array(path, { maxLength: 6 }), path, (paths, asked) => {
      const found = pathIndex(paths)(asked);
      expect(found).toEqual([...new Set(found)].sort((a, b) => a - b));
      for (const [index, other] of paths.entries()) if (!found.includes(index)) expect(overlap(other, asked)).toBe(false);
    }),
    { numRuns: 3000, seed: 7 },
  );
});

it('leaves out most of a long list', () => {
  const near = pathIndex(Array.from({ length: 1000 }, (_, index): PathMatch => ({ kind: 'prefix', value: `/p-${index}/` })));
  expect(near({ kind: 'exact', value: '/p-7' })).toEqual([
    7,
    ...Array.from({ length: 10 }, (_, i) => 70 + i),
    ...Array.from({ length: 100 }, (_, i) => 700 + i),
  ]);
  expect(near({ kind: 'regex', pattern: '^/p-123(/|$)', caseInsensitive: true })).toEqual([1, 12, 123]);
});
