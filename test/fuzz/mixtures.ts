import fc from 'fast-check';
import { stringify } from 'yaml';
import { isObject, type Json, member } from '../../src/model/json.ts';
import type { Manifest } from './estates.ts';
import type { Materials } from './materials.ts';
import { VALUES, valueOf } from './values.ts';

/** Changes objects in place; `pick` says which, among as many as there are. */
type Edit = (objects: JsonValue[]) => void;
interface JsonValue {
  [key: string]: Json;
}

const HOSTS = ['a.example.com', 'b.example.com', '*.example.com', 'x.b.example.com', ''];
const PATHS = ['/', '/foo', '/foo/', '/foo/bar', '/foo(/|$)(.*)', '/ä', '/%C3%A4', '/%2f', '//', '/a/../b', '/foo*', '/*', '', 'foo'];
const LEAVES: readonly Json[] = [...VALUES, 0, -1, 1, 80, 443, 65536, 1.5, true, false, null, [], {}, ['x'], 'ClusterIP', 'ExternalName'];

/** Manifests of one to three fixtures in one estate, brought together by host, namespace or class, and changed here and there. */
export function mixtures(materials: Materials): fc.Arbitrary<readonly Manifest[]> {
  return fc
    .record({
      sets: fc.array(fc.constantFrom(...materials.sets), { minLength: 1, maxLength: 3 }),
      host: fc.option(fc.constantFrom(...HOSTS), { freq: 2 }),
      namespace: fc.option(fc.constantFrom('shop', 'x'), { freq: 2 }),
      className: fc.option(fc.constantFrom('nginx', 'alb', 'nginx-plus', undefined), { freq: 6 }),
      edits: fc.array(edits(materials), { maxLength: 5 }),
    })
    .map(({ sets, host, namespace, className, edits: changes }) => {
      const objects: JsonValue[] = structuredClone(sets.flat()) as JsonValue[];
      if (host !== null) for (const object of objects) setHost(object, host);
      if (namespace !== null) for (const object of objects) setNamespace(object, namespace);
      if (className !== null) for (const object of objects) setClass(object, className);
      for (const change of changes) change(objects);
      return objects.map((object, index) => ({
        file: `${index}.yaml`,
        text: stringify(object, { compat: 'yaml-1.1', aliasDuplicateObjects: false, version: '1.1' }),
      }));
    });
}

function edits(materials: Materials): fc.Arbitrary<Edit> {
  const annotation = fc.constantFrom(...materials.names).chain((name) => valueOf(name, materials).map((value) => ({ name, value })));
  const which = fc.nat(1000);
  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc.tuple(which, annotation).map(
        ([at, { name, value }]): Edit =>
          (objects) => {
            const annotations = mapAt(mapAt(chosen(objects.filter(isAnnotated), at), 'metadata'), 'annotations');
            if (annotations !== null) annotations[name] = value;
          },
      ),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(which, which).map(
        ([at, key]): Edit =>
          (objects) => {
            const annotations = mapAt(mapAt(chosen(objects.filter(isAnnotated), at), 'metadata'), 'annotations');
            const name = chosen(Object.keys(annotations ?? {}), key);
            if (annotations !== null && name !== undefined) delete annotations[name];
          },
      ),
    },
    {
      weight: 3,
      arbitrary: fc.tuple(which, fc.constantFrom(...PATHS), fc.constantFrom('Prefix', 'Exact', 'ImplementationSpecific', null)).map(
        ([at, path, type]): Edit =>
          (objects) => {
            const found = chosen(objects.flatMap(pathsOf), at);
            if (found === undefined) return;
            found['path'] = path;
            if (type !== null) found['pathType'] = type;
          },
      ),
    },
    {
      weight: 3,
      arbitrary: fc.tuple(which, which, fc.constantFrom(...LEAVES)).map(
        ([at, key, value]): Edit =>
          (objects) => {
            const leaf = chosen(leavesOf(chosen(objects, at)), key);
            if (leaf !== undefined) leaf.holder[leaf.key] = value;
          },
      ),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(which, which).map(
        ([at, key]): Edit =>
          (objects) => {
            const leaf = chosen(leavesOf(chosen(objects, at)), key);
            if (leaf !== undefined) delete leaf.holder[leaf.key];
          },
      ),
    },
    {
      weight: 1,
      arbitrary: which.map(
        (at): Edit =>
          (objects) =>
            void objects.splice(at % Math.max(1, objects.length), 1),
      ),
    },
    {
      // Another Ingress of the same host and paths, as rollouts and canaries have them.
      weight: 2,
      arbitrary: fc.tuple(which, fc.constantFrom('copy', 'another')).map(
        ([at, name]): Edit =>
          (objects) => {
            const one = chosen(objects, at);
            if (one === undefined) return;
            const copy = structuredClone(one);
            const metadata = mapAt(copy, 'metadata');
            if (metadata !== null) metadata['name'] = name;
            objects.push(copy);
          },
      ),
    },
  );
}

function chosen<T>(list: readonly T[], at: number): T | undefined {
  return list.length === 0 ? undefined : list[at % list.length];
}

function isAnnotated(object: JsonValue): boolean {
  return ['Ingress', 'Service', 'IngressClass'].includes(String(object['kind'])) && isObject(member(object, 'metadata'));
}

/** The map under that key, made if there is none. */
function mapAt(object: JsonValue | null | undefined, key: string): JsonValue | null {
  if (object === null || object === undefined) return null;
  const found = object[key];
  if (isMap(found)) return found;
  const made: JsonValue = {};
  object[key] = made;
  return made;
}

function isMap(value: unknown): value is JsonValue {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function rulesOf(object: JsonValue): readonly JsonValue[] {
  const rules = object['kind'] === 'Ingress' ? member(member(object, 'spec'), 'rules') : undefined;
  return Array.isArray(rules) ? rules.filter(isMap) : [];
}

function pathsOf(object: JsonValue): readonly JsonValue[] {
  return rulesOf(object).flatMap((rule) => {
    const paths = member(member(rule, 'http'), 'paths');
    return Array.isArray(paths) ? paths.filter(isMap) : [];
  });
}

function setHost(object: JsonValue, host: string): void {
  for (const rule of rulesOf(object)) {
    if (host === '') delete rule['host'];
    else rule['host'] = host;
  }
}

function setNamespace(object: JsonValue, namespace: string): void {
  const metadata: unknown = object['metadata'];
  if (isMap(metadata) && 'namespace' in metadata) metadata['namespace'] = namespace;
}

function setClass(object: JsonValue, className: string | undefined): void {
  const spec: unknown = object['spec'];
  if (object['kind'] !== 'Ingress' || !isMap(spec)) return;
  if (className === undefined) delete spec['ingressClassName'];
  else spec['ingressClassName'] = className;
}

/** Everything below the kind, by what holds it. */
function leavesOf(value: Json | undefined): readonly { readonly holder: JsonValue; readonly key: string }[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  if (!isMap(value)) return [];
  return Object.keys(value).flatMap((key) =>
    key === 'kind' || key === 'apiVersion' ? [] : [{ holder: value, key }, ...leavesOf(value[key])],
  );
}
