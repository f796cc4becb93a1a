import { describe, expect, test } from 'vitest';
import { isIP } from '../../src/check/cel-functions.ts';
import { escapeName } from '../../src/check/cel-values.ts';
import { checkObject } from '../../src/check/crds.ts';
import type { Json, JsonObject } from '../../src/model/json.ts';
import { check, fields, rules, sample, sampleSet } from './handwritten.ts';

const text = { type: 'string' };
const integer = { type: 'integer' };

/** Whether a rule on a spec with these fields holds. */
function holds(rule: string, properties: JsonObject, spec: Json): boolean {
  const found = check(fields(properties, rules(rule)), spec);
  expect([[], ['cel spec']]).toContainEqual(found);
  return found.length === 0;
}

describe('rules', () => {
  test('see integers as integers', () => {
    expect(holds('self.a + 1 == 3', { a: integer }, { a: 2 })).toBe(true);
    expect(holds('self.a / 2 == 1', { a: integer }, { a: 3 })).toBe(true);
    expect(holds('self.a / 2.0 == 1.5', { a: { type: 'number' } }, { a: 3 })).toBe(true);
    expect(holds('type(self.a) == int ? self.a < 5 : self.a.endsWith("%")', { a: { 'x-kubernetes-int-or-string': true } }, { a: 7 })).toBe(
      false,
    );
    expect(
      holds('type(self.a) == int ? self.a < 5 : self.a.endsWith("%")', { a: { 'x-kubernetes-int-or-string': true } }, { a: '7%' }),
    ).toBe(true);
  });

  test('see defaults, also inside defaults', () => {
    expect(holds("self.a == 'x'", { a: { ...text, default: 'x' } }, {})).toBe(true);
    const nested = { a: fields({ b: { ...integer, default: 5 } }, { default: {} }) };
    expect(holds('self.a.b == 5', nested, {})).toBe(true);
    expect(
      holds(
        'self.list.all(item, item.n == 1)',
        { list: { type: 'array', items: fields({ n: { ...integer, default: 1 } }) } },
        { list: [{}, {}] },
      ),
    ).toBe(true);
  });

  test('see null as absent where the schema has a default for it', () => {
    expect(holds('self.a == 1', { a: { ...integer, default: 1 } }, { a: null })).toBe(true);
    expect(holds('self.a == null', { a: { ...integer, nullable: true, default: 1 } }, { a: null })).toBe(true);
  });

  test('name fields that are no identifiers by their escapes, and map keys as they are', () => {
    expect(
      holds("self.__namespace__ == 'x' && has(self.a__dash__b)", { namespace: text, 'a-b': text }, { namespace: 'x', 'a-b': '' }),
    ).toBe(true);
    expect(
      holds("self.m.all(key, key == 'a-b/c.d')", { m: { type: 'object', additionalProperties: text } }, { m: { 'a-b/c.d': '' } }),
    ).toBe(true);
    expect(['namespace', 'a.b', 'a/b', 'a__b', 'plain'].map(escapeName)).toEqual([
      '__namespace__',
      'a__dot__b',
      'a__slash__b',
      'a__underscores__b',
      'plain',
    ]);
  });

  test('stand at any level and are reported there', () => {
    const schema = fields({ list: { type: 'array', items: { ...integer, ...rules('self > 1') } } });
    expect(check(schema, { list: [1, 2, 0] })).toEqual(['cel spec.list[0]', 'cel spec.list[2]']);
  });

  test('see the name of the object at its root', () => {
    const named = (rule: string) => checkObject(sampleSet(fields({}), rules(rule)), sample({}));
    expect(named("self.metadata.name == 'one' && self.kind == 'Sample'")).toMatchObject({ violations: [] });
    expect(named("self.metadata.name == 'two'")).toMatchObject({ violations: [{ path: '', rule: 'cel', message: 'no' }] });
  });

  test('that cannot be evaluated on a value refuse it, unless the rest decides', () => {
    expect(holds('size(self.a) > 0', { a: text }, {})).toBe(false);
    expect(holds('size(self.a) > 0 || size(self.b) > 0', { a: text, b: text }, { b: 'x' })).toBe(true);
  });

  test('do not repeat what the schema said below them', () => {
    const schema = fields(
      { a: fields({ n: integer }, rules('self.n > 1')), b: fields({ n: integer }, rules('self.n > 1')) },
      rules('false'),
    );
    expect(check(schema, { a: { n: 'x' }, b: { n: 1 } })).toEqual(['schema spec.a.n', 'cel spec.b']);
  });

  test('about a change are left out: nothing was there before', () => {
    expect(check(fields({ a: { ...text, ...rules('self == oldSelf') } }), { a: 'x' })).toEqual([]);
  });

  test('decode timestamps and bytes', () => {
    expect(
      holds("self.t > timestamp('2020-01-01T00:00:00Z')", { t: { type: 'string', format: 'date-time' } }, { t: '2024-01-01T00:00:00Z' }),
    ).toBe(true);
    expect(holds('size(self.b) == 2', { b: { type: 'string', format: 'byte' } }, { b: 'YWI=' })).toBe(true);
  });

  test('compute their message when they have an expression for it', () => {
    const schema = fields({
      a: { ...integer, 'x-kubernetes-validations': [{ rule: 'self > 5', messageExpression: "'got ' + string(self)" }] },
    });
    expect(checkObject(sampleSet(schema), sample({ a: 3 }))).toMatchObject({ violations: [{ message: 'got 3' }] });
  });

  test.each(['self.?a.orValue(1) == 1', 'self.a.isSorted2()', 'self.a ==', 'format.dns1123Label().validate(self.a) == null'])(
    'that are beyond us are told as such: %s',
    (rule) => {
      const result = checkObject(sampleSet(fields({ a: integer }, rules(rule))), sample({ a: 1 }));
      expect(result).toMatchObject({ kind: 'checked', violations: [], unevaluated: [{ expression: rule }] });
    },
  );
});

describe("Kubernetes' functions", () => {
  test.each([
    ['192.0.2.1', true],
    ['2001:db8::1', true],
    ['::1', true],
    ['::ffff:192.0.2.1', false],
    ['fe80::1%eth0', false],
    ['192.0.2.01', false],
    ['192.0.2', false],
    ['example.com', false],
    ['', false],
  ])('isIP(%j) is %s', (address, expected) => {
    expect(isIP(address)).toBe(expected);
    expect(holds('isIP(self.a)', { a: text }, { a: address })).toBe(expected);
  });

  test.each([
    ["url(self.a).getScheme() == 'https'", 'https://example.com/x', true],
    ["url(self.a).getHost() == 'example.com:8443'", 'https://example.com:8443/x', true],
    ["url(self.a).getScheme() == ''", '/path', true],
    ['isURL(self.a)', 'example.com', false],
    ["quantity(self.a).isGreaterThan(quantity('64Ki'))", '1Mi', true],
    ["quantity(self.a).isLessThan(quantity('1'))", '999m', true],
    ['isQuantity(self.a)', '1x', false],
    ["self.a.split('/')[0].lowerAscii() == 'ab'", 'AB/c', true],
    ["duration(self.a) > duration('1m')", '61s', true],
    ["self.a.matches('^(?i)abc$')", 'ABC', true],
    ["matches(self.a, '^[0-9]+(h|m|s|ms)$')", '10s', true],
    ["matches(self.a, '^[0-9]+(h|m|s|ms)$')", 'soon', false],
  ])('%s of %j is %s', (rule, value, expected) => {
    expect(holds(rule, { a: text }, { a: value })).toBe(expected);
  });
});
