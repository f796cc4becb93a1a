import type { Finding } from '../../ledger/finding.ts';
import type { ObjectRef } from '../entry.ts';
import { isObject, type Json, member } from '../json.ts';
import type { SourceDocument } from '../source.ts';
import { findObject } from './findings.ts';
import { isClusterScoped } from './kinds.ts';
import { typeName } from './readers.ts';

export interface Identity {
  readonly ref: ObjectRef;
  /** True when the namespace is the default one because the object names none. */
  readonly assumed: boolean;
}

/** The name of an object; null, with a finding, for one without. */
export function identify(document: SourceDocument, defaultNamespace: string, report: (finding: Finding) => void): Identity | null {
  const kind = String(document.value['kind']);
  const name = readName(document, 'name', report);
  if (name === '') {
    const generateName = readName(document, 'generateName', () => {});
    report(findObject['no-name']({ kind, generateName }, { at: document.at }));
    return null;
  }
  if (isClusterScoped(kind)) return { ref: { kind, namespace: '', name }, assumed: false };
  const namespace = readName(document, 'namespace', report);
  return { ref: { kind, namespace: namespace === '' ? defaultNamespace : namespace, name }, assumed: namespace === '' };
}

function readName(document: SourceDocument, field: string, report: (finding: Finding) => void): string {
  const value = member(document.value['metadata'], field) ?? null;
  if (value === null || typeof value === 'string') return value ?? '';
  const path = ['metadata', field];
  const args = { field: path.join('.'), expected: 'text', found: typeName(value) };
  report(findObject['wrong-type'](args, { at: document.locate(path, 'key') }));
  return document.written(path) ?? '';
}

/** Labels as text; what is no text in them has no part in a selection. */
export function readLabels(document: SourceDocument): Readonly<Record<string, string>> {
  return textsOf(member(document.value['metadata'], 'labels'));
}

/** Of a map, what is text. */
export function textsOf(map: Json | undefined): Readonly<Record<string, string>> {
  const found: Record<string, string> = Object.create(null);
  if (isObject(map)) for (const [key, value] of Object.entries(map)) if (typeof value === 'string') found[key] = value;
  return found;
}

export function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
