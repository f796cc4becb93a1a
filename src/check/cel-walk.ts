import type { CelInput } from '@bufbuild/cel';
import type { Json } from '../model/json.ts';
import { type CompiledRule, compileRule } from './cel-rules.ts';
import { celRoot, celValue } from './cel-values.ts';
import type { SchemaNode } from './schema-node.ts';
import { walkSchema } from './schema-walk.ts';
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
  walkSchema(root, object, (node, value, path) => {
    const own = rules.at.get(node);
    if (own === undefined || failed.some((violation) => isWithin(violation.path, path))) return;
    const self: CelInput = path.length === 0 ? celRoot(node, value) : celValue(node, value);
    for (const rule of own) {
      const message = rule(self);
      if (message !== null) found.push({ path, rule: 'cel', message });
    }
  });
  return found;
}

function isWithin(path: readonly (string | number)[], parent: readonly (string | number)[]): boolean {
  return parent.every((segment, index) => path[index] === segment);
}
