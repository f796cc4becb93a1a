import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseDocument } from 'yaml';
import { placeWithin } from '../../src/model/text-piece.ts';
import { scalarPieces } from '../../src/read/scalar-pieces.ts';
import { estateOf } from './estate-of.ts';

/** Where `needle` of an annotation's value stands, as `line:column`. */
function place(lines: readonly string[], needle: string): string {
  const text = ['apiVersion: networking.k8s.io/v1', 'kind: Ingress', 'metadata:', '  name: a', '  annotations:', ...lines, 'spec: {}'].join(
    '\n',
  );
  const entry = estateOf(text).ingresses[0]?.annotations[0];
  if (entry === undefined) throw new Error('no annotation');
  const { line, column } = placeWithin(entry, entry.value.indexOf(needle));
  return `${line}:${column}`;
}

describe('places inside of a text', () => {
  test.each([
    ['a block', ['    s: |', '      one a;', '      two b; three c;'], { one: '7:7', two: '8:7', three: '8:14' }],
    [
      'a block with a comment and a first blank line',
      ['    s: |- # text', '', '        one a;', '          two b;'],
      { one: '8:9', two: '9:11' },
    ],
    ['a folded block', ['    s: >', '      one a;', '      two b;', '', '      three c;'], { one: '7:7', two: '8:7', three: '10:7' }],
    ['a plain text over lines', ['    s: one a;', '      two b;'], { one: '6:8', two: '7:7' }],
    ['quotes over lines', ["    s: 'one ''a'';", "      two b;'"], { one: '6:9', two: '7:7' }],
    ['double quotes over lines', ['    s: "one \\"a\\";', '      two b;\\nthree"'], { one: '6:9', two: '7:7', three: '7:15' }],
    ['the line of its own for what stands in one', ['    s: "one a;\\ntwo b;"'], { one: '6:5', two: '6:5' }],
    ['the line of its own for escapes that are not known', ['    s: "one \\x41;', '      two b;"'], { one: '6:5', two: '6:5' }],
  ])('are known of %s', (_, lines, places) => {
    expect(Object.fromEntries(Object.keys(places).map((needle) => [needle, place(lines, needle)]))).toEqual(places);
  });

  it('are exact for any text in a block', () => {
    const word = fc.stringMatching(/^[a-z;{}"'\\#$]{1,5}$/);
    const line = fc.array(word, { maxLength: 4 }).map((words) => words.join(' '));
    void fc.assert(
      fc.property(fc.array(line, { minLength: 2, maxLength: 6 }), fc.constantFrom('|', '|-', '>', '>-'), (lines, style) => {
        const raw = `${style}\n${lines.map((each) => (each === '' ? '' : `    ${each}`)).join('\n')}\n`;
        const value = parseDocument(`a: ${raw}`, { schema: 'failsafe' }).get('a');
        if (typeof value !== 'string' || lines.every((each) => each === '') || /^\s/.test(lines[0] ?? '')) return;
        const pieces = scalarPieces(raw, value);
        expect(pieces).not.toBeNull();
        for (const [index, { offset, at }] of (pieces ?? []).entries()) {
          const end = pieces?.[index + 1]?.offset ?? value.length;
          const piece = value.slice(offset, end).trimEnd();
          expect(raw.slice(at, at + piece.length)).toBe(piece);
        }
      }),
      { seed: 3 },
    );
  });
});
