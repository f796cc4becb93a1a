import { isObject, type Json } from '../model/json.ts';

/**
 * Whether two values differ in lists of texts alone, and so that fewer are let in: entries gone from a list, or come to one of those
 * who are refused. Which it is, the nearest `action` around it says.
 */
export function listChange(before: Json, after: Json, action = 'allow'): 'same' | 'narrower' | 'other' {
  if (JSON.stringify(before) === JSON.stringify(after)) return 'same';
  if (isTexts(before) && isTexts(after)) {
    const [longer, shorter] = action === 'allow' ? [before, after] : [after, before];
    return shorter.length > 0 && shorter.every((text) => longer.includes(text)) ? 'narrower' : 'other';
  }
  const pairs = pairsOf(before, after);
  if (pairs === null) return 'other';
  const own = isObject(before) && typeof before.action === 'string' ? before.action.toLowerCase() : action;
  const changes = pairs.map(([was, is]) => listChange(was, is, own));
  return changes.includes('other') ? 'other' : changes.includes('narrower') ? 'narrower' : 'same';
}

function isTexts(value: Json): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** Members that belong together; null where one side has others. */
function pairsOf(before: Json, after: Json): readonly (readonly [Json, Json])[] | null {
  if (Array.isArray(before) && Array.isArray(after)) {
    return before.length === after.length ? before.map((item: Json, index) => [item, after[index] ?? null] as const) : null;
  }
  if (!isObject(before) || !isObject(after)) return null;
  const keys = Object.keys(before);
  if (keys.length !== Object.keys(after).length || keys.some((key) => !Object.hasOwn(after, key))) return null;
  return keys.map((key) => [before[key] ?? null, after[key] ?? null] as const);
}
