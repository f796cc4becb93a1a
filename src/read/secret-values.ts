import { parseAllDocuments } from 'yaml';
import { isObject, type Json, type JsonObject, member } from '../model/json.ts';
import { SecretValues } from '../model/secret-values.ts';
import type { SourceFile } from '../model/source.ts';
import { mayHoldSecret } from './prefilter.ts';

/**
 * The values of the Secrets that are asked for, by `namespace/name`; of several with the same name the first that stands in the input
 * counts, as for everything else. What cannot be parsed or decoded is left out without a word: an error could quote a value.
 */
export function secretValuesIn(
  files: readonly SourceFile[],
  wanted: ReadonlySet<string>,
  { defaultNamespace }: { readonly defaultNamespace: string },
): ReadonlyMap<string, SecretValues> {
  const found = new Map<string, SecretValues>();
  if (wanted.size === 0) return found;
  for (const { text } of files) {
    if (!mayHoldSecret(text)) continue;
    for (const object of documentsOf(text).flatMap(objectsIn)) {
      if (member(object, 'kind') !== 'Secret') continue;
      const metadata = member(object, 'metadata');
      const [name, namespace] = [member(metadata, 'name'), member(metadata, 'namespace')];
      const key = `${typeof namespace === 'string' && namespace !== '' ? namespace : defaultNamespace}/${String(name)}`;
      const values = wanted.has(key) && !found.has(key) ? valuesOf(object) : null;
      if (values !== null) found.set(key, values);
    }
  }
  return found;
}

function documentsOf(text: string): readonly Json[] {
  try {
    return parseAllDocuments(text, { logLevel: 'silent' }).flatMap((document) =>
      document.errors.length > 0 ? [] : [document.toJS() as Json],
    );
  } catch {
    return [];
  }
}

function objectsIn(value: Json): readonly JsonObject[] {
  if (!isObject(value)) return [];
  const items = member(value, 'items');
  const kind = member(value, 'kind');
  if (typeof kind !== 'string' || !kind.endsWith('List') || !Array.isArray(items)) return [value];
  // The API server leaves the kind out of the items of a typed list.
  return items.flatMap((item) => objectsIn(isObject(item) && kind !== 'List' ? { kind: kind.slice(0, -4), ...item } : item));
}

/** `stringData` counts over `data`, as on the API server. */
function valuesOf(object: JsonObject): SecretValues | null {
  const data = new Map<string, Uint8Array>();
  for (const [field, decode] of [
    ['data', base64],
    ['stringData', (text: string) => new TextEncoder().encode(text)],
  ] as const) {
    const section = member(object, field);
    if (section === undefined || section === null) continue;
    if (!isObject(section)) return null;
    for (const [key, value] of Object.entries(section)) {
      const bytes = typeof value === 'string' ? decode(value) : null;
      if (bytes === null) return null;
      data.set(key, bytes);
    }
  }
  return new SecretValues(data);
}

function base64(text: string): Uint8Array | null {
  const compact = text.replace(/\s+/g, '');
  return /^[A-Za-z0-9+/]*={0,2}$/.test(compact) && compact.length % 4 === 0 ? Buffer.from(compact, 'base64') : null;
}
