import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineStarts, positionAt, sourceLines } from '../../src/read/lines.ts';

describe('positionAt', () => {
  it('agrees with counting line ends', () => {
    const text = fc.array(fc.constantFrom('a', 'bc', '\n', '\r\n', '')).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.nat(), (source, any) => {
        const offset = source.length === 0 ? 0 : any % source.length;
        const before = source.slice(0, offset).split('\n');
        const expected = { file: 'f', line: before.length, column: (before.at(-1) ?? '').length + 1 };
        expect(positionAt('f', lineStarts(source), offset)).toEqual(expected);
      }),
    );
  });
});

describe('sourceLines', () => {
  const lineOf = sourceLines([
    { file: 'a', text: 'one\r\n\ttwo\u001B[31m\u202E\n\nlast' },
    { file: 'b', text: '{"kind":"Secret","data":{"password":"aHVudGVyMg=="}}\n- {data: {a: b}, kind: Secret}\nkind: Secret\n' },
  ]);

  it('has every line without its end', () => {
    expect([1, 3, 4].map((line) => lineOf('a', line))).toEqual(['one', '', 'last']);
    expect([0, 5].map((line) => lineOf('a', line))).toEqual([null, null]);
    expect(lineOf('nope', 1)).toBeNull();
  });

  it('replaces what a terminal would obey', () => {
    expect(lineOf('a', 2)).toBe('\ttwo\uFFFD[31m\uFFFD');
  });

  it('shows no line with a whole Secret', () => {
    expect([1, 2, 3].map((line) => lineOf('b', line))).toEqual([null, null, 'kind: Secret']);
  });
});
