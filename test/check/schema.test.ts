import { describe, expect, test } from 'vitest';
import { checkObject } from '../../src/check/crds.ts';
import { check, fields, sample, sampleSet } from './handwritten.ts';

const text = { type: 'string' };

describe('schema', () => {
  test('places every problem', () => {
    const schema = fields({
      list: { type: 'array', maxItems: 1, items: fields({ n: { type: 'integer', minimum: 1 } }, { required: ['n'] }) },
    });
    expect(check(schema, { list: [{ n: 0 }, {}] })).toEqual(['schema spec.list', 'schema spec.list[0].n', 'schema spec.list[1]']);
  });

  test('writes map keys in brackets', () => {
    const schema = fields({ map: { type: 'object', additionalProperties: { type: 'string', maxLength: 1 } } });
    expect(check(schema, { map: { 'a.b/c': 'xx', d: 'x' } })).toEqual(['schema spec.map["a.b/c"]']);
  });

  test.each([
    ['int32', 'integer', 2 ** 31 - 1, 2 ** 31],
    ['int64', 'integer', 2 ** 53, 2 ** 64],
    ['ipv4', 'string', '192.0.2.1', '192.0.2'],
    ['ipv6', 'string', '2001:db8::1', '192.0.2.1'],
    ['date-time', 'string', '2024-01-01T00:00:00Z', '2024-01-01'],
    ['byte', 'string', 'YWI=', 'a'],
  ])('format %s', (format, type, good, bad) => {
    expect(check(fields({ a: { type, format } }), { a: good })).toEqual([]);
    expect(check(fields({ a: { type, format } }), { a: bad })).toEqual(['schema spec.a']);
  });

  test('an unknown format is no constraint', () => {
    expect(check(fields({ a: { type: 'string', format: 'colour' } }), { a: 'x' })).toEqual([]);
  });

  test('int-or-string takes both and nothing else', () => {
    const schema = fields({ a: { 'x-kubernetes-int-or-string': true } });
    expect([check(schema, { a: 1 }), check(schema, { a: '1' }), check(schema, { a: true })]).toEqual([[], [], ['schema spec.a']]);
  });

  test('nullable takes null, also beside an enum', () => {
    expect(check(fields({ a: { type: 'string', nullable: true, enum: ['x'] } }), { a: null })).toEqual([]);
    expect(check(fields({ a: text }), { a: null })).toEqual(['schema spec.a']);
  });

  test('a failed oneOf is one problem', () => {
    const schema = fields({ a: text, b: text }, { oneOf: [{ required: ['a'] }, { required: ['b'] }] });
    expect([check(schema, { a: '' }), check(schema, {}), check(schema, { a: '', b: '' })]).toEqual([[], ['schema spec'], ['schema spec']]);
  });

  test('patterns are RE2: linear, and with inline flags', () => {
    const values = fields({ a: { type: 'string', pattern: '^[!-~]+([\\t ]?[!-~]+)*$' } });
    const start = performance.now();
    expect(check(values, { a: `${'a'.repeat(5000)}\u00e9` })).toEqual(['schema spec.a']);
    expect(performance.now() - start).toBeLessThan(5000);
    expect(check(fields({ a: { type: 'string', pattern: '^(?i)abc$' } }), { a: 'ABC' })).toEqual([]);
  });

  test('two patterns do not become one', () => {
    const schema = fields({ a: { type: 'string', pattern: '^a$' }, b: { type: 'string', pattern: '^b$' } });
    expect(check(schema, { a: 'a', b: 'b' })).toEqual([]);
    expect(check(schema, { a: 'b', b: 'a' })).toEqual(['schema spec.a', 'schema spec.b']);
  });

  test('a pattern that is no RE2 is told as not evaluated', () => {
    const result = checkObject(sampleSet(fields({ a: { type: 'string', pattern: '^(?!x)' } })), sample({ a: 'x' }));
    expect(result).toMatchObject({ kind: 'checked', violations: [], unevaluated: [{ expression: '^(?!x)' }] });
  });
});

describe('fields that the server would prune', () => {
  test('at any depth, in lists and maps', () => {
    const schema = fields({
      list: { type: 'array', items: fields({ known: text }) },
      map: { type: 'object', additionalProperties: fields({ known: text }) },
    });
    expect(check(schema, { x: 1, list: [{ known: 'a' }, { y: {} }], map: { any: { known: 'a', z: 1 } } })).toEqual([
      'unknown-field spec.list[1].y',
      'unknown-field spec.map.any.z',
      'unknown-field spec.x',
    ]);
  });

  test('nothing below x-kubernetes-preserve-unknown-fields, except in what it declares', () => {
    const schema = fields({ open: fields({ closed: fields({ a: text }) }, { 'x-kubernetes-preserve-unknown-fields': true }) });
    expect(check(schema, { open: { x: { y: 1 }, closed: { b: 1 } } })).toEqual(['unknown-field spec.open.closed.b']);
  });

  test('additionalProperties: false of schema catalogues says the same once', () => {
    expect(check(fields({ a: text }, { additionalProperties: false }), { b: 1 })).toEqual(['unknown-field spec.b']);
    expect(check(fields({ a: text }, { additionalProperties: true }), { b: 1 })).toEqual([]);
  });

  test('neither metadata nor the head of an embedded object', () => {
    const schema = fields({ template: fields({ spec: fields({}) }, { 'x-kubernetes-embedded-resource': true }) });
    expect(check(schema, { template: { apiVersion: 'v1', kind: 'Pod', metadata: {}, spec: {}, status: {} } })).toEqual([
      'unknown-field spec.template.status',
    ]);
  });

  test('names that Object.prototype has are unknown like any other', () => {
    expect(check(fields({ a: text }), { constructor: 'x', toString: 'y' })).toEqual([
      'unknown-field spec.constructor',
      'unknown-field spec.toString',
    ]);
  });
});

describe('lists', () => {
  const set = { type: 'array', 'x-kubernetes-list-type': 'set' };

  test('a set has each value once', () => {
    expect(check(fields({ a: { ...set, items: text } }), { a: ['x', 'y', 'x', 'x'] })).toEqual(['set spec.a[2]', 'set spec.a[3]']);
  });

  test('equal objects are equal whatever the order of their fields', () => {
    const schema = fields({ a: { ...set, items: fields({ x: text, y: text }) } });
    expect(
      check(schema, {
        a: [
          { x: '1', y: '2' },
          { y: '2', x: '1' },
          { x: '2', y: '1' },
        ],
      }),
    ).toEqual(['set spec.a[1]']);
  });

  test('map keys are compared together and with their defaults', () => {
    const item = fields({ port: { type: 'integer' }, protocol: { type: 'string', default: 'TCP' } });
    const schema = fields({
      a: { type: 'array', items: item, 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['port', 'protocol'] },
    });
    expect(check(schema, { a: [{ port: 1 }, { port: 1, protocol: 'UDP' }, { port: 1, protocol: 'TCP' }] })).toEqual([
      'list-map-key spec.a[2]',
    ]);
  });
});
