import { describe, expect, test } from 'vitest';
import { crdSet } from '../../src/check/crd-set.ts';
import { checkObject } from '../../src/check/crds.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { broken, fields, sample, sampleCrd } from './handwritten.ts';

const anything = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
const text = fields({ a: { type: 'string' } });

/** As schema catalogues keep them. */
function bareSchema(spec: JsonObject): JsonObject {
  return fields({ apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'object' }, spec });
}

describe('crdSet', () => {
  test('takes single definitions and lists of any nesting', () => {
    const dump = { apiVersion: 'v1', kind: 'List', items: [{ kind: 'CustomResourceDefinitionList', items: [sampleCrd(text)] }] };
    for (const value of [sampleCrd(text), dump]) {
      const set = crdSet([{ source: 'a.yaml', value }]);
      expect(
        set.crds.map(({ group, kind, versions }) => ({ group, kind, versions: versions.map(({ name, served }) => `${name} ${served}`) })),
      ).toEqual([{ group: 'example.com', kind: 'sample', versions: ['v1 true', 'v1alpha1 false'] }]);
      expect(set.ignored).toEqual([]);
    }
  });

  test('says what it cannot use', () => {
    const set = crdSet([
      { source: 'c.yaml', value: null },
      { source: 'b.yaml', value: { kind: 'Service', apiVersion: 'v1' } },
      { source: 'a.yaml', value: { kind: 'CustomResourceDefinition', spec: {} } },
      { source: 'schema.json', value: bareSchema(text) },
    ]);
    expect(set.crds).toEqual([]);
    expect(set.ignored.map(({ source }) => source)).toEqual(['a.yaml', 'b.yaml', 'c.yaml', 'schema.json']);
  });

  test('takes kind and version of a bare schema from the name of its file', () => {
    const set = crdSet([{ source: 'dump/sample_v1.json', value: bareSchema(text) }]);
    expect(broken(checkObject(set, sample({ a: 1 })))).toEqual(['schema spec.a']);
    expect(broken(checkObject(set, sample({ a: 'x' }, 'example.com/v2')))).toEqual(['not-served apiVersion']);
    expect(checkObject(set, { ...sample({}), kind: 'Other' }).kind).toBe('no-crd');
  });

  test('holds a folder that is called like a group against that group alone', () => {
    const set = crdSet([{ source: 'crds/example.org/sample_v1.json', value: bareSchema(text) }]);
    expect(checkObject(set, sample({})).kind).toBe('no-crd');
    expect(checkObject(set, sample({}, 'example.org/v1')).kind).toBe('checked');
    const versioned = crdSet([{ source: 'vendor-v2.1/sample_v1.json', value: bareSchema(text) }]);
    expect(checkObject(versioned, sample({})).kind).toBe('checked');
  });

  test('lets a real definition win over a bare schema, whatever the order', () => {
    const documents = [
      { source: 'a/sample_v1.json', value: bareSchema(anything) },
      { source: 'b.yaml', value: sampleCrd(text) },
    ];
    for (const order of [documents, documents.toReversed()]) {
      expect(broken(checkObject(crdSet(order), sample({ a: 1 })))).toEqual(['schema spec.a']);
    }
  });
});

describe('checkObject', () => {
  const set = crdSet([{ source: 'a.yaml', value: sampleCrd(text) }]);

  test('tells a kind without CRD from a built-in one', () => {
    expect(checkObject(set, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } })).toEqual({ kind: 'built-in' });
    expect(checkObject(set, { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' } })).toEqual({ kind: 'built-in' });
    expect(
      checkObject(set, { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', metadata: { name: 'a', namespace: 'b' } }),
    ).toEqual({
      kind: 'no-crd',
      object: { kind: 'Gateway', namespace: 'b', name: 'a' },
      apiVersion: 'gateway.networking.k8s.io/v1',
    });
  });

  test('refuses versions that are not served', () => {
    expect(broken(checkObject(set, sample({}, 'example.com/v1alpha1')))).toEqual(['not-served apiVersion']);
    expect(broken(checkObject(set, sample({}, 'example.com/v2')))).toEqual(['not-served apiVersion']);
  });

  test('holds names, labels and annotations against the rules of the server itself', () => {
    const metadata = { name: 'A', namespace: 'a.b', labels: { 'a b': 'x', ok: 'x y' }, annotations: { '/': '' } };
    expect(broken(checkObject(set, { ...sample({}), metadata }))).toEqual([
      'schema metadata.annotations["/"]',
      'schema metadata.labels.ok',
      'schema metadata.labels["a b"]',
      'schema metadata.name',
      'schema metadata.namespace',
    ]);
  });

  test('names the object', () => {
    const result = checkObject(set, sample({ a: 1 }));
    expect(result.kind === 'checked' && result.violations.map((violation) => violation.object)).toEqual([
      { kind: 'Sample', namespace: 'shop', name: 'one' },
    ]);
  });

  test('leaves members without a value out, as the written manifest does', () => {
    const object = { ...sample({}), spec: { a: undefined, b: undefined } };
    expect(broken(checkObject(set, object))).toEqual([]);
  });
});
