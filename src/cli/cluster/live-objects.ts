import { isObject, type Json, member } from '../../model/json.ts';
import { compareText } from '../../model/position.ts';
import type { SourceFile } from '../../model/source.ts';

/** The objects in what `kubectl get -o json` prints: those of a List, or the one. */
export function objectsIn(text: string): readonly Json[] {
  if (text.trim() === '') return [];
  const value: Json = JSON.parse(text);
  const items = member(value, 'items');
  return Array.isArray(items) ? items : [value];
}

/**
 * Objects as files to read, one each, by name: `cluster: ingress/shop/web`. Of one that was read twice, by two namespaces or
 * two kinds of the same name, the first counts.
 */
export function liveFiles(objects: readonly Json[]): readonly SourceFile[] {
  const files = new Map<string, SourceFile>();
  for (const object of objects) {
    const file = nameOf(object);
    if (!files.has(file)) files.set(file, { file, text: JSON.stringify(object, null, 4), live: true });
  }
  return [...files.values()].sort((a, b) => compareText(a.file, b.file));
}

function nameOf(object: Json): string {
  const metadata = member(object, 'metadata');
  const parts = [member(object, 'kind'), member(metadata, 'namespace'), member(metadata, 'name')];
  const [kind = '', ...names] = parts.filter((part): part is string => typeof part === 'string');
  return `cluster: ${[kind.toLowerCase(), ...names].join('/')}`;
}

/** What only the server writes, and nobody would hold it against: dropped before anything is kept. */
export function withoutBookkeeping(object: Json): Json {
  const metadata = member(object, 'metadata');
  if (!isObject(object) || !isObject(metadata)) return object;
  const { managedFields: _, ...kept } = metadata;
  return { ...object, metadata: kept };
}
