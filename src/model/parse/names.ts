import { isValidHost, placeholderIn } from '../host.ts';
import type { Position } from '../position.ts';
import { findObject } from './findings.ts';
import type { Notes } from './readers.ts';
import type { SettingNode } from './setting-tree.ts';

/**
 * A host as controllers compare it. One with a placeholder keeps its case, so that the placeholder can still be filled in.
 */
export function readHost(text: string, node: SettingNode, notes: Notes): string {
  if (text === '') return '';
  if (notePlaceholder(node.name, text, node.at, notes)) return text;
  if (!isValidHost(text)) notes.report(findObject['invalid-host']({ host: text }, { at: node.at, ingress: notes.ingress ?? null }));
  return text.toLowerCase();
}

/** Reports a placeholder in a name; true when there is one. */
export function notePlaceholder(field: string, text: string, at: Position, notes: Notes): boolean {
  const placeholder = placeholderIn(text);
  if (placeholder === null) return false;
  notes.report(findObject.placeholder({ field, value: text, placeholder }, { at, ingress: notes.ingress ?? null }));
  return true;
}
