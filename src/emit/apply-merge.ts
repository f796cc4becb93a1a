import { isObject, type Json, type JsonObject, member } from '../model/json.ts';
import { compareText } from '../model/position.ts';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** What the server writes of itself. */
const OF_THE_SERVER: readonly string[] = ['creationTimestamp', 'generation', 'managedFields', 'resourceVersion', 'selfLink', 'uid'];

export interface Applied {
  /** What is there, without what only the server writes. */
  readonly before: JsonObject;
  /** What is there after `kubectl apply`. */
  readonly after: JsonObject;
}

/**
 * What `kubectl apply` makes of a live object of an API that is a CRD: what the manifest says counts, what an earlier manifest
 * said and this one does not is removed, everything else stays; a list is replaced whole.
 * @param complete fills in the API's defaults; null where they are not known: then what a list's items have beyond the
 *   manifest is taken for defaults
 */
export function applied(live: JsonObject, wanted: JsonObject, complete: ((object: JsonObject) => JsonObject) | null): Applied {
  const before = withoutServerFields(live);
  const merged = merge(before, lastApplied(live), wanted, complete === null);
  // A CRD may have defaults for the status too.
  return { before: inOrder(before), after: inOrder(withoutServerFields(complete === null ? merged : complete(merged))) };
}

export function withoutServerFields(live: JsonObject): JsonObject {
  const { status: _, ...rest } = live;
  const metadata = member(live, 'metadata');
  if (!isObject(metadata)) return rest;
  const kept = Object.entries(metadata).filter(([name]) => !OF_THE_SERVER.includes(name));
  const annotations = Object.entries(isObject(metadata['annotations'] ?? null) ? Object(metadata['annotations']) : {}).filter(
    ([name]) => name !== LAST_APPLIED,
  );
  const named = Object.fromEntries(kept.filter(([name]) => name !== 'annotations'));
  const own: JsonObject = annotations.length === 0 ? {} : { annotations: jsonMap(annotations) };
  return { ...rest, metadata: { ...named, ...own } };
}

function jsonMap(entries: readonly (readonly [string, unknown])[]): JsonObject {
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

/** What kubectl was told last; nothing where the object was made in another way. */
function lastApplied(live: JsonObject): Json {
  const text = member(member(member(live, 'metadata'), 'annotations'), LAST_APPLIED);
  if (typeof text !== 'string') return null;
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return null;
  }
}

function merge(live: JsonObject, last: Json, wanted: JsonObject, lenient: boolean): JsonObject {
  const result: Record<string, Json> = {};
  for (const [key, value] of Object.entries(live)) {
    if (member(wanted, key) === undefined && member(last, key) === undefined) result[key] = value;
    // Of a map that is no longer said, other people's entries stay.
    else if (member(wanted, key) === undefined && isObject(value) && isObject(member(last, key))) {
      const rest = merge(value, member(last, key) ?? null, {}, lenient);
      if (Object.keys(rest).length > 0) result[key] = rest;
    }
  }
  for (const [key, value] of Object.entries(wanted))
    result[key] = mergedValue(member(live, key), member(last, key) ?? null, value, lenient);
  return result;
}

function mergedValue(live: Json | undefined, last: Json, wanted: Json, lenient: boolean): Json {
  if (isObject(wanted) && isObject(live)) return merge(live, last, wanted, lenient);
  if (!lenient || !Array.isArray(wanted) || !Array.isArray(live) || wanted.length !== live.length) return wanted;
  return wanted.map((item: Json, index) => mergedValue(live[index], null, item, true));
}

/** Keys by name at every level, as the server prints them. */
export function inOrder<T extends Json>(value: T): T {
  const ordered = (json: Json): Json => {
    if (Array.isArray(json)) return json.map(ordered);
    if (!isObject(json)) return json;
    return Object.fromEntries(
      Object.entries(json)
        .sort(([a], [b]) => compareText(a, b))
        .map(([key, item]) => [key, ordered(item)]),
    );
  };
  // Sound: the order of keys is all that changes.
  return ordered(value) as T;
}
