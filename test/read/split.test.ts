import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitDocuments } from '../../src/read/split.ts';

const texts = (text: string) => splitDocuments(text).map((chunk) => chunk.text.trim());

describe('splitDocuments', () => {
  it.each([
    ['one document', 'a: 1\n', ['a: 1']],
    ['a marker between', 'a: 1\n---\nb: 2\n', ['a: 1', '---\nb: 2']],
    ['a comment behind the marker', 'a: 1\n--- # next\nb: 2', ['a: 1', '--- # next\nb: 2']],
    ['content behind the marker', '--- {a: 1}\n--- b\n', ['--- {a: 1}', '--- b']],
    ['Windows line ends', 'a: 1\r\n---\r\nb: 2\r\n', ['a: 1', '---\r\nb: 2']],
    ['a longer row of dashes', 'a: 1\n------\nb: 2', ['a: 1', 'b: 2']],
    ['no marker in indented text', 'a: |\n  x\n  ---\n  y\n', ['a: |\n  x\n  ---\n  y']],
    ['no marker in a longer word', 'a: 1\n---b: 2', ['a: 1\n---b: 2']],
    ['empty and comment-only documents', '---\n---\n# nothing\n---\na: 1\n---\n', ['---\na: 1']],
    ['a directive goes with what follows', '%YAML 1.1\n# c\n---\na: 1', ['%YAML 1.1\n# c\n---\na: 1']],
    ['a byte order mark in the middle', 'a: 1\n\uFEFF---\nb: 2', ['a: 1', '---\nb: 2']],
    ['nothing at all', '', []],
  ])('%s', (_, text, expected) => {
    expect(texts(text)).toEqual(expected);
  });

  it.each([
    ['JSON values in a row', '{"a":"}\\"{"}\n{"b":[1,{}]}{"c":1}', ['{"a":"}\\"{"}', '{"b":[1,{}]}', '{"c":1}']],
    ['one JSON value', '\n{"a":1}\n', ['{"a":1}']],
    ['not JSON after all', '{a: 1} # {b}', ['{a: 1} # {b}']],
    ['braces that do not match', '{"a":1}{"b":', ['{"a":1}{"b":']],
  ])('%s', (_, text, expected) => {
    expect(texts(text)).toEqual(expected);
  });

  it('gives the offset of every piece', () => {
    const line = fc.constantFrom('a: 1', '---', '--- # c', '----', '# c', '', '{"a": 1}', '{"a": 1}{"b": 2}', '%YAML 1.1', '\r', ' ---');
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = lines.join('\n');
        for (const chunk of splitDocuments(text)) expect(text.slice(chunk.start, chunk.start + chunk.text.length)).toBe(chunk.text);
      }),
    );
  });
});
