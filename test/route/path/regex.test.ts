import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  covers,
  gatewayRegex,
  isRe2,
  literalHead,
  matchesPath,
  overlap,
  portablePaths,
  portableRewrite,
  rewrittenPath,
  samplePaths,
} from '../../../src/route/path/index.ts';
import { parsePattern } from '../../../src/route/path/regex/parse.ts';
import { paths, patterns } from './arbitraries.ts';

/** Text over the signs of patterns, most of it broken. */
const scribbles = fc
  .array(
    fc.constantFrom(
      ...'/ab.*+?()[]|^$\\{}12,-:=!<>#'.split(''),
      '(?:',
      '(?=',
      '(?<n>',
      '[^',
      '\\d',
      '\\Q',
      '\\E',
      '\\1',
      '{2}',
      '[:alpha:]',
      '(?i)',
    ),
    { maxLength: 14 },
  )
  .map((pieces) => `/${pieces.join('')}`);

describe('parsePattern', () => {
  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), scribbles), (pattern) =>
        ['parsed', 'unparsed'].includes(parsePattern(pattern).kind),
      ),
      {
        numRuns: 3000,
        seed: 3,
      },
    );
  });

  it.each([
    ['/a(?=b)', { kind: 'parsed', opaque: true }],
    ['/(a)\\1', { kind: 'parsed', opaque: true, captures: 1 }],
    ['/a++', { kind: 'parsed', opaque: true }],
    ['/(?>a)', { kind: 'parsed', opaque: true }],
    ['/a\\b', { kind: 'parsed', opaque: true }],
    ['/(?:a)(b)(?<n>c)', { kind: 'parsed', opaque: false, captures: 2 }],
    ['/[^/]+[[:alpha:]\\d-]', { kind: 'parsed', opaque: false }],
    ['/a{,3}', { kind: 'parsed', ambiguous: true }],
    ['/a{x}', { kind: 'parsed', opaque: false }],
    ['/\\Qa.b\\E', { kind: 'parsed', opaque: false }],
    ['/(?i)a', { kind: 'parsed', insensitive: true }],
    ['/a(?i)b', { kind: 'unparsed', reason: 'flags' }],
    ['/(?R)', { kind: 'unparsed', reason: 'unsupported' }],
    ['/(a', { kind: 'unparsed', reason: 'invalid' }],
    ['/a)', { kind: 'unparsed', reason: 'invalid' }],
    ['/[a', { kind: 'unparsed', reason: 'invalid' }],
    ['/[b-a]', { kind: 'unparsed', reason: 'invalid' }],
    ['/(*)', { kind: 'unparsed', reason: 'unsupported' }],
    ['/a**', { kind: 'unparsed', reason: 'invalid' }],
    [`/${'('.repeat(200)}${')'.repeat(200)}`, { kind: 'unparsed', reason: 'too-complex' }],
    [`/${'a'.repeat(5000)}`, { kind: 'unparsed', reason: 'too-complex' }],
  ] as const)('%s', (pattern, expected) => {
    expect(parsePattern(pattern)).toMatchObject(expected);
  });

  it('understands patterns as RE2 does', () => {
    let compared = 0;
    fc.assert(
      fc.property(fc.oneof(patterns, scribbles), paths, fc.boolean(), (pattern, path, caseInsensitive) => {
        const parsed = parsePattern(pattern);
        if (parsed.kind === 'unparsed' || parsed.opaque || !isRe2(`^${pattern}`)) return;
        compared += 1;
        const match = { kind: 'regex', pattern, caseInsensitive } as const;
        const ours = overlap({ kind: 'exact', value: path }, match);
        expect({ pattern, path, ours }).toEqual({ pattern, path, ours: matchesPath(match, path) });
      }),
      { numRuns: 3000, seed: 3 },
    );
    expect(compared).toBeGreaterThan(1000);
  });
});

describe('patterns made to keep an analysis busy', () => {
  it.each([
    '/(?:(?:(?:(?:){999}){999}){999}){999}',
    '/((((a?){8}){8}){8}){8}',
    `/${'(a|b)'.repeat(40)}`,
    '/(((((a{99}){99}){99}){99}){99})',
    '/(.*)*(.*)*(.*)*x',
    `/${'('.repeat(45)}a${')*'.repeat(45)}`,
    `/${'(x|y|)'.repeat(50)}$`,
    `/${'a?'.repeat(200)}${'a'.repeat(200)}`,
    '/(?:a{0,1000}){0,1000}',
  ])(
    '%s',
    (pattern) => {
      const match = { kind: 'regex', pattern, caseInsensitive: true } as const;
      const path = `/${'a'.repeat(400)}`;
      portablePaths(pattern, match);
      portableRewrite(pattern, '/$1', match);
      rewrittenPath(pattern, '/$1', match, path);
      gatewayRegex(pattern, match);
      literalHead(pattern, match);
      covers(match, match);
      samplePaths(match);
      expect(overlap(match, { kind: 'prefix', value: '/' })).not.toBe(false);
    },
    5000,
  );
});
