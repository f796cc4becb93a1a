import { type CrdSet, crdSet } from '../../src/check/crd-set.ts';
import { type CheckResult, checkObject } from '../../src/check/crds.ts';
import type { Json, JsonObject } from '../../src/model/json.ts';

/** A CRD for `Sample` of example.com, whose spec has the given schema. */
export function sampleCrd(spec: JsonObject, rest: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'samples.example.com' },
    spec: {
      group: 'example.com',
      names: { kind: 'Sample', plural: 'samples' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              required: ['spec'],
              properties: { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'object' }, spec },
              ...rest,
            },
          },
        },
        { name: 'v1alpha1', served: false, storage: false, schema: { openAPIV3Schema: { type: 'object' } } },
      ],
    },
  };
}

export function sampleSet(spec: JsonObject, rest: JsonObject = {}): CrdSet {
  return crdSet([{ source: 'sample.yaml', value: sampleCrd(spec, rest) }]);
}

export function sample(spec: Json, apiVersion = 'example.com/v1') {
  return { apiVersion, kind: 'Sample', metadata: { name: 'one', namespace: 'shop' }, spec };
}

/** `rule path` of each violation. */
export function broken(result: CheckResult): string[] {
  return result.kind === 'checked' ? result.violations.map(({ rule, path }) => `${rule} ${path}`) : [result.kind];
}

export function check(schema: JsonObject, spec: Json): string[] {
  return broken(checkObject(sampleSet(schema), sample(spec)));
}

/** Schema of an object with these properties. */
export function fields(properties: JsonObject, rest: JsonObject = {}): JsonObject {
  return { type: 'object', properties, ...rest };
}

export function rules(...expressions: string[]): JsonObject {
  return { 'x-kubernetes-validations': expressions.map((rule) => ({ rule, message: 'no' })) };
}
