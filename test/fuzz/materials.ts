import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { packs } from '../../rules/index.ts';
import { isObject, type Json, type JsonObject, member } from '../../src/model/json.ts';

/** What estates are made from: manifests that somebody wrote, and the values that annotations have in them. */
export interface Materials {
  /** The objects of one file each. */
  readonly sets: readonly (readonly JsonObject[])[];
  readonly names: readonly string[];
  readonly valuesOf: ReadonlyMap<string, readonly string[]>;
}

export const FIXTURES = resolve('fixtures');

/** @param folders searched for YAML; one that is not there has none */
export function materials(folders: readonly string[], catalogue: string | null = null): Materials {
  const sets = folders.flatMap(inputsIn).flatMap((file) => {
    const objects = objectsOf(readFileSync(file, 'utf8'));
    return objects.length === 0 || objects.length > MOST ? [] : [objects];
  });
  const values = new Map<string, Set<string>>();
  for (const object of sets.flat()) {
    const annotations = member(member(object, 'metadata'), 'annotations');
    if (!isObject(annotations)) continue;
    for (const [name, value] of Object.entries(annotations)) {
      if (typeof value === 'string') values.set(name, (values.get(name) ?? new Set()).add(value));
    }
  }
  const names = [...new Set([...READ, ...(catalogue === null ? [] : namesIn(catalogue)), ...values.keys()])].sort();
  return { sets, names, valuesOf: new Map([...values].map(([name, each]) => [name, [...each].sort()])) };
}

/** Larger files say nothing new and take long. */
const MOST = 40;

/** Everything that any pack reads from an Ingress; of a family one member. */
const READ = packs.flatMap(({ rules, prefixes }) => [
  ...rules.flatMap((rule) => Object.values(rule.reads).map(({ annotation }) => annotation.replace(/\*$/, 'web'))),
  ...prefixes.map((prefix) => `${prefix}made-up`),
]);

function inputsIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name) && !/(?:^|[/\\])(?:out\.|gateshift)/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

function objectsOf(text: string): readonly JsonObject[] {
  try {
    return parseAllDocuments(text, { logLevel: 'silent', version: '1.1' }).flatMap((document) => {
      const value: Json = document.errors.length > 0 ? null : JSON.parse(JSON.stringify(document.toJS() ?? null));
      return isObject(value) && isObject(member(value, 'metadata')) ? [value] : [];
    });
  } catch {
    return [];
  }
}

/** Of every entry `name:` with a prefix, with or without that of its file. */
function namesIn(catalogue: string): readonly string[] {
  if (!existsSync(catalogue)) return [];
  return readdirSync(catalogue).flatMap((file) => {
    const text = readFileSync(join(catalogue, file), 'utf8');
    const prefix = /^prefix: (\S+)/m.exec(text)?.[1];
    const names = [...text.matchAll(/^ +- (?:name|annotation): "?([^\s"]+)/gm)].map(([, name = '']) => name);
    return names.flatMap((name) =>
      name.includes('/') ? name.replace(/[*<{].*$/, 'web') : prefix === undefined ? [] : `${prefix}/${name}`,
    );
  });
}
