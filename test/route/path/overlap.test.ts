import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonPath, covers, matchesPath, overlap, samplePaths, uncoveredPath } from '../../../src/route/path/index.ts';
import { languageOf } from '../../../src/route/path/language.ts';
import { normalisePath } from '../../../src/route/path/normalise-path.ts';
import { findPath } from '../../../src/route/path/search.ts';
import type { PathMatch } from '../../../src/route/table.ts';
import { paths, patterns } from './arbitraries.ts';

const exact = (value: string): PathMatch => ({ kind: 'exact', value });
const prefix = (value: string): PathMatch => ({ kind: 'prefix', value });
const text = (value: string): PathMatch => ({ kind: 'text-prefix', value });
const glob = (value: string): PathMatch => ({ kind: 'glob', value });
const regex = (pattern: string, caseInsensitive = true): PathMatch => ({ kind: 'regex', pattern, caseInsensitive });

describe('overlap', () => {
  it.each([
    [exact('/foo'), prefix('/foo'), true],
    [exact('/foo'), prefix('/foo/'), false],
    [prefix('/foo'), prefix('/foobar'), false],
    [text('/foo'), prefix('/foobar'), true],
    [prefix('/foo'), prefix('/FOO'), false],
    [prefix('/FOO'), regex('/foo'), true],
    [prefix('/FOO'), regex('/foo', false), false],
    [regex('/api/[a-z]{3}'), regex('/api/foo'), true],
    [regex('/api/[a-z]+$'), regex('/api/[0-9]+$'), false],
    [regex('/a$'), regex('/a/b'), false],
    [regex('/a|/b'), prefix('/x'), true],
    [glob('/a*c'), glob('/ab?'), true],
    [glob('/a*c'), glob('/b*'), false],
    [glob('/a*'), exact('/a'), true],
    // What can be read of a pattern may rule it out.
    [regex('/foo(?=x)'), prefix('/bar'), false],
    [regex('/foo(?=x)'), prefix('/foox'), 'unknown'],
    [regex('/(?R)'), prefix('/foo'), 'unknown'],
    [regex('/foo//bar'), prefix('/foo'), false],
  ] as const)('%o and %o', (a, b, expected) => {
    expect(overlap(a, b)).toBe(expected);
    expect(overlap(b, a)).toBe(expected);
  });

  it('is decided for patterns that would keep a backtracking engine busy', () => {
    expect(overlap(regex('/(a+)+(a+)+b$'), regex('/(aa?)*c$'))).toBe(false);
  });

  it('is the same for plain paths with and without a search', () => {
    const value = fc.stringMatching(/^\/?(?:[ab]{1,2}\/){0,3}[ab]?$/);
    const plain = fc.record({ kind: fc.constantFrom('exact', 'prefix', 'text-prefix'), value }) as fc.Arbitrary<PathMatch>;
    fc.assert(
      fc.property(plain, plain, (a, b) => {
        const found = findPath([languageOf(a).program, languageOf(b).program], [true, true], true);
        expect(overlap(a, b)).toBe(found.kind === 'found');
      }),
      { seed: 4, numRuns: 2000 },
    );
  });

  it('gives up on automata that explode', () => {
    expect(overlap(regex('/.*a.{14}$'), regex('/.*b.{13}c.{6}$'))).not.toBe(false);
  });
});

describe('covers', () => {
  it.each([
    [prefix('/'), regex('/(?R)'), true],
    [prefix('/foo'), exact('/foo'), true],
    [prefix('/foo/'), exact('/foo'), false],
    [prefix('/foo'), prefix('/foo/'), true],
    [prefix('/foo'), text('/foo'), false],
    [text('/foo'), regex('/foo', false), true],
    [text('/foo'), regex('/foo'), false],
    [regex('/foo'), prefix('/FOO'), true],
    [regex('/foo(/|$)'), prefix('/foo'), true],
    [regex('/foo/[^/]*'), text('/foo/'), true],
    [prefix('/foo'), regex('/foo/(?!bar)', false), true],
    [regex('/foo(?!bar)'), exact('/foox'), false],
    [glob('/*'), prefix('/a'), true],
    [glob('/a/*'), prefix('/a'), false],
  ] as const)('%o covers %o: %s', (a, b, expected) => {
    expect(covers(a, b)).toBe(expected);
  });

  it('shows what is not covered', () => {
    expect(uncoveredPath(prefix('/foo'), regex('/foo', false))).toBe('/foox');
    expect(uncoveredPath(prefix('/foo/'), prefix('/foo'))).toBe('/foo');
    expect(commonPath(regex('/api/[a-z]{3}'), regex('/api/foo'))).toMatch(/^\/api\/foo$/i);
  });
});

const matches: fc.Arbitrary<PathMatch> = fc.oneof(
  fc.tuple(fc.constantFrom('exact', 'prefix', 'text-prefix'), paths).map(([kind, value]) => ({ kind, value })),
  fc.tuple(paths, fc.constantFrom('*', '?', '*x', '')).map(([path, more]) => glob(path + more)),
  fc.tuple(patterns, fc.boolean()).map(([pattern, caseInsensitive]) => regex(pattern, caseInsensitive)),
);

describe('overlap and covers against single paths', () => {
  it('agree with what each match takes', () => {
    fc.assert(
      fc.property(matches, matches, fc.array(paths, { maxLength: 8 }), (a, b, some) => {
        const tried = [...some, ...[a, b].flatMap(samplePaths).flatMap((raw) => normalisePath(raw) ?? [])];
        const shared = overlap(a, b);
        const covered = covers(a, b);
        for (const path of tried) {
          const [mine, theirs] = [matchesPath(a, path), matchesPath(b, path)];
          if (mine === true && theirs === true) expect({ a, b, path, shared: shared !== false }).toEqual({ a, b, path, shared: true });
          if (mine === false && theirs === true) expect({ a, b, path, covered }).toEqual({ a, b, path, covered: false });
        }
        const [common, uncovered] = [commonPath(a, b), uncoveredPath(a, b)];
        if (common !== null) expect([matchesPath(a, common), matchesPath(b, common)]).toEqual([true, true]);
        if (uncovered !== null) expect([matchesPath(a, uncovered), matchesPath(b, uncovered)]).toEqual([false, true]);
        if (shared === true) expect(common).not.toBeNull();
      }),
      { numRuns: 1000, seed: 3 },
    );
  });
});
