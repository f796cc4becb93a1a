import type { CelInput } from '@bufbuild/cel';
import { isObject, type Json } from '../model/json.ts';
import { celRoot, celValue } from './cel-values.ts';
import { type CompiledRule, compileRule } from './cel-rules.ts';
import { childOf } from './schema-defaults.ts';
import type { SchemaNode } from './schema-node.ts';
import type { FoundViolation, UnevaluatedRule } from './violation.ts';

export interface CelRules {
  /** Rules by the level of the schema they stand at; `self` is the value there. */
  readonly at: ReadonlyMap<SchemaNode, readonly CompiledRule[]>;
  readonly unevaluated: readonly UnevaluatedRule[];
}

export function celRules(root: SchemaNode): CelRules {
  const at = new Map<SchemaNode, CompiledRule[]>();
  const unevaluated = new Map<string, UnevaluatedRule>();
  const walk = (node: SchemaNode): void => {
    for (const rule of node.rules) {
      const compiled = compileRule(rule);
      if (typeof compiled === 'function') at.set(node, [...(at.get(node) ?? []), compiled]);
      else if (compiled !== null) unevaluated.set(compiled.expression, compiled);
    }
    for (const child of node.properties.values()) walk(child);
    if (node.values !== null) walk(node.values);
    if (node.items !== null) walk(node.items);
  };
  walk(root);
  return { at, unevaluated: [...unevaluated.values()] };
}

/**
 * Runs the rules on an object that has its defaults. A level is left out when its own value or anything below it
 * already failed: rules take a valid value for granted, and their errors would only repeat the first one.
 */
export function brokenRules(rules: CelRules, root: SchemaNode, object: Json, failed: readonly FoundViolation[]): FoundViolation[] {
  const found: FoundViolation[] = [];
  const walk = (node: SchemaNode, value: Json, path: readonly (string | number)[]): void => {
    const own = rules.at.get(node) ?? [];
    if (own.length > 0 && !failed.some((violation) => isWithin(violation.path, path))) {
      const self: CelInput = path.length === 0 ? celRoot(node, value) : celValue(node, value);
      for (const rule of own) {
        const message = rule(self);
        if (message !== null) found.push({ path, rule: 'cel', message });
      }
    }
    if (Array.isArray(value)) {
      const items = node.items;
      if (items !== null) value.forEach((item: Json, index) => walk(items, item, [...path, index]));
    } else if (isObject(value)) {
      for (const [key, given] of Object.entries(value)) {
        const child = childOf(node, key);
        if (child !== null) walk(child, given, [...path, key]);
      }
    }
  };
  walk(root, object, []);
  return found;
}

function isWithin(path: readonly (string | number)[], parent: readonly (string | number)[]): boolean {
  return parent.every((segment, index) => path[index] === segment);
}
