import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { boolean, integer, json, listOf, objectOf, portOrName, text } from '../../rules/alb/json/decode.ts';
import { type JsonNode, parseJson } from '../../rules/alb/json/parse.ts';

function plain(node: JsonNode): unknown {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(node.members.map(({ key, value }) => [key, plain(value)]));
    case 'array':
      return node.items.map(plain);
    case 'null':
      return null;
    case 'string':
    case 'number':
    case 'boolean':
      return node.value;
    default:
      return node satisfies never;
  }
}

describe('parsing', () => {
  it('reads what JSON.parse reads, and refuses what it refuses', () => {
    const texts = fc.oneof(
      fc.json(),
      fc.json().map((value) => JSON.stringify(JSON.parse(value), null, 2)),
      fc.string(),
      fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '1', 'e', '-', '.', '0', ' ', '\\', 't', 'null', 'true') }),
      fc
        .tuple(fc.json(), fc.nat(40), fc.constantFrom('', '"', ',', '}', ' '))
        .map(([value, at, put]) => value.slice(0, at) + put + value.slice(at + 1)),
    );
    void fc.assert(
      fc.property(texts, (value) => {
        const parsed = parseJson(value);
        let expected: unknown;
        try {
          expected = JSON.parse(value);
        } catch {
          expect(parsed).toMatchObject({ ok: false });
          return;
        }
        expect(parsed.ok && JSON.stringify(plain(parsed.root))).toBe(JSON.stringify(expected));
      }),
      { numRuns: 1500, seed: 5 },
    );
  });

  test.each([
    ['{"a":1', 6, 'the end where a comma or } is expected'],
    ['{"a" 1}', 5, '"1}" where a colon is expected after "a"'],
    ['[1,]', 3, '"]" where a value is expected'],
    ["{'a':1}", 1, `"'a':1}" where a member's name in quotes is expected`],
    ['{"a":01}', 6, '"1}" where a comma or } is expected'],
    ['{} x', 3, '"x" after the end of the value'],
    ['', 0, 'it ends where a value is expected'],
    ['{"a":"b\n"}', 5, 'a text that does not end, or has a character or escape that JSON does not allow'],
  ])('%j is broken at %i', (value, at, problem) => {
    expect(parseJson(value)).toEqual({ ok: false, at, problem });
  });

  it('gives up on nesting without end', () => {
    expect(parseJson('['.repeat(100_000)).ok).toBe(false);
  });
});

const shape = objectOf(
  ({ required, optional }) => ({
    name: required('serviceName', text, ''),
    port: optional('servicePort', portOrName),
    on: optional('on', boolean),
  }),
  ['serviceName', 'servicePort', 'on'],
);
const read = (value: string) => {
  const parsed = json('shape', listOf(shape)).parse(value);
  return parsed.ok ? parsed.value : null;
};

describe('decoding as Go does', () => {
  it('takes names of members without regard to case, and the last of several', () => {
    expect(read('[{"ServiceName":"a","SERVICEPORT":"80","servicename":"b"}]')).toEqual({
      kind: 'read',
      value: [{ name: 'b', port: 80, on: null }],
      unknown: [],
    });
  });

  it('takes null for absent, and names unknown members with their place', () => {
    expect(read('[\n {"serviceName":"a", "on": null,\n  "weigth": 1}]')).toEqual({
      kind: 'read',
      value: [{ name: 'a', port: null, on: null }],
      unknown: [{ member: 'weigth', line: 3, column: 3 }],
    });
  });

  test.each([
    ['[{"serviceName":1}]', 1, 17, 'the number 1 where a text in quotes is expected'],
    ['[{"serviceName":"a","on":"true"}]', 1, 26, 'the text "true" where true or false without quotes is expected'],
    ['[\n{"servicePort":80}]', 2, 1, 'no member "serviceName"'],
    ['{"serviceName":"a"}', 1, 1, 'an object where a list is expected'],
    ['[{"serviceName":"a","servicePort":1.5}]', 1, 35, 'the number 1.5 where a whole number without quotes is expected'],
  ])('%j', (value, line, column, problem) => {
    expect(read(value)).toEqual({ kind: 'broken', line, column, problem });
  });

  it('refuses numbers in quotes where numbers belong', () => {
    expect(json('n', integer).parse('"5"')).toMatchObject({ ok: true, value: { kind: 'broken', line: 1, column: 1 } });
  });
});
