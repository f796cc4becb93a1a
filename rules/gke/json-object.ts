import { isObject, type Json, type JsonObject } from '../../src/model/json.ts';
import type { Codec } from '../../src/rule/codec.ts';

/** Go's json.Unmarshal into a struct: an object, with fields found whatever their case; what the struct has not is ignored. */
export const jsonObject: Codec<JsonObject> = {
  name: 'JSON object',
  parse(text) {
    const value = parsed(text);
    return isObject(value) ? { ok: true, value } : { ok: false, reason: 'not a JSON object' };
  },
};

/** A member by its name in any case; the exact name first. */
export function memberOf(object: JsonObject, name: string): Json | undefined {
  if (Object.hasOwn(object, name)) return object[name];
  const key = Object.keys(object).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : object[key];
}

function parsed(text: string): Json | undefined {
  try {
    // Sound: JSON.parse gives JSON.
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
