import { findObject } from './findings.ts';
import { type Notes, readMap, readText, wrongType } from './readers.ts';
import type { SettingNode } from './setting-tree.ts';

/** v1: `{number}` or `{name}`. The form of v1beta1, a number or name by itself, is reported and taken. */
export function readV1Port(node: SettingNode | undefined, notes: Notes): number | string | null {
  if (node !== undefined && (typeof node.value === 'number' || typeof node.value === 'string')) {
    wrongType(node, 'a map', notes);
    return portValue(node.value);
  }
  const port = readMap(node, notes);
  const numberNode = port?.children.get('number');
  const nameNode = port?.children.get('name');
  const number = numberNode === undefined ? null : readNumber(numberNode, notes);
  // An empty name is the same as none, as Go reads it.
  const name = readText(nameNode, notes) || null;
  if (port !== null && number !== null && name !== null) {
    const args = { field: port.name, used: 'number', ignored: 'name' };
    notes.report(findObject['conflicting-fields'](args, { at: port.at, ingress: notes.ingress ?? null }));
  }
  if (number === null && name !== null && nameNode !== undefined && isDigits(name)) {
    quotedNumber(nameNode, notes);
    return Number(name);
  }
  return number ?? name;
}

/** v1beta1: a number or a name. A number in quotes counts as a name, which no port can have. */
export function readPort(node: SettingNode | undefined, notes: Notes): number | string | null {
  if (node === undefined || node.value === null || node.value === '') return null;
  if (typeof node.value === 'number' || (typeof node.value === 'string' && !isDigits(node.value))) return node.value;
  if (typeof node.value === 'string') {
    quotedNumber(node, notes);
    return Number(node.value);
  }
  wrongType(node, 'a number', notes);
  return null;
}

function readNumber(node: SettingNode, notes: Notes): number | null {
  if (node.value === null) return null;
  if (typeof node.value === 'number') return node.value;
  if (typeof node.value === 'string') {
    quotedNumber(node, notes);
    return isDigits(node.value) ? Number(node.value) : null;
  }
  wrongType(node, 'a number', notes);
  return null;
}

function quotedNumber(node: SettingNode, notes: Notes): void {
  const args = { field: node.name, expected: 'a number', found: `the text "${String(node.value)}"` };
  notes.report(findObject['wrong-type'](args, { at: node.at, ingress: notes.ingress ?? null }));
}

function portValue(value: number | string): number | string {
  return typeof value === 'string' && isDigits(value) ? Number(value) : value;
}

function isDigits(text: string): boolean {
  return /^[0-9]+$/.test(text);
}
