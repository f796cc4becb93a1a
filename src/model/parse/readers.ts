import type { Finding, Place } from '../../ledger/finding.ts';
import { isObject, type Json } from '../json.ts';
import { findObject } from './findings.ts';
import type { SettingNode } from './setting-tree.ts';

/** Where findings of an object go, and the Ingress they belong to. */
export interface Notes {
  readonly report: (finding: Finding) => void;
  readonly ingress: Place['ingress'];
}

type Maybe = SettingNode | null | undefined;

/** Text; null where there is none. A number or boolean is reported and taken as it is written, which is what was meant. */
export function readText(node: Maybe, notes: Notes): string | null {
  if (!node || node.value === null) return null;
  if (typeof node.value === 'string') return node.value;
  wrongType(node, 'text', notes);
  return node.children.size === 0 && node.written !== null ? node.written : null;
}

/** The items of a list; none where there is no list. */
export function readItems(node: Maybe, notes: Notes): readonly SettingNode[] {
  if (!node || node.value === null) return [];
  if (Array.isArray(node.value)) return [...node.children.values()];
  wrongType(node, 'a list', notes);
  return [];
}

/** A list of texts. One text in the place of a list is reported and taken for a list of one. */
export function readTexts(node: Maybe, notes: Notes): readonly { readonly text: string; readonly node: SettingNode }[] {
  if (node && typeof node.value === 'string') {
    wrongType(node, 'a list', notes);
    return [{ text: node.value, node }];
  }
  return readItems(node, notes).flatMap((item) => {
    const text = readText(item, notes);
    return text === null ? [] : [{ text, node: item }];
  });
}

/** The node if it is a map; null where there is none. */
export function readMap(node: Maybe, notes: Notes): SettingNode | null {
  if (!node || node.value === null) return null;
  if (isObject(node.value)) return node;
  wrongType(node, 'a map', notes);
  return null;
}

export function typeName(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'a boolean';
    default:
      return 'a map';
  }
}

export function wrongType(node: SettingNode, expected: string, notes: Notes): void {
  const args = { field: node.name, expected, found: typeName(node.value) };
  notes.report(findObject['wrong-type'](args, { at: node.at, ingress: notes.ingress ?? null }));
}
