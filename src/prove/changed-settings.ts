import type { OutputObject } from '../gateway/types.ts';
import type { Difference } from '../ledger/finding.ts';
import { isObject, type Json, type JsonObject, member } from '../model/json.ts';
import { compareText } from '../model/position.ts';
import { type RuleSettings, specOf } from './after/settings.ts';
import { listChange } from './list-change.ts';

/** The protections of a rule if the manifests were these. */
export type ProtectionsWith = (objects: readonly OutputObject[], places: RuleSettings['places']) => ReadonlySet<string>;

/**
 * How a rule's settings are other than the conversion wrote them, in what its answers do not show. What was added is nobody's
 * loss: a person may have done by hand what could not be written.
 */
export function changedSettings(
  written: RuleSettings,
  edited: RuleSettings,
  objects: readonly OutputObject[],
  protectionsWith: ProtectionsWith,
): readonly Difference[] {
  const found = new Set<Difference>();
  for (const [name, value] of written.own) {
    if (textOf(edited.own.get(name) ?? null) !== textOf(value)) found.add(OWN[name] ?? 'setting');
  }
  for (const [key, own] of written.objects) {
    const left = [...(edited.objects.get(key) ?? [])].map(specOf);
    for (const object of own) {
      const at = left.findIndex((spec) => heldText(spec) === heldText(specOf(object)));
      if (at >= 0) {
        left.splice(at, 1);
        continue;
      }
      const [other = {}] = left.splice(0, 1);
      found.add(classOf(object, other, objects, written.places, protectionsWith));
    }
  }
  return [...found];
}

const OWN: Readonly<Record<string, Difference>> = {
  RequestHeaderModifier: 'headers',
  ResponseHeaderModifier: 'headers',
  CORS: 'headers',
  ExternalAuth: 'protection',
};

/** Whether what changed is what protects the rule: without it the manifests as written would protect it less. */
function classOf(
  object: OutputObject,
  edited: JsonObject,
  objects: readonly OutputObject[],
  places: RuleSettings['places'],
  protectionsWith: ProtectionsWith,
): Difference {
  const spec = specOf(object);
  const changed = Object.keys(spec).filter((key) => !HOLDING.includes(key) && textOf(spec[key] ?? null) !== textOf(edited[key] ?? null));
  const kept = Object.fromEntries(Object.entries(spec).filter(([key]) => !changed.includes(key)));
  const without = objects.map((each): OutputObject => (each === object ? withSpec(object, kept) : each));
  const [whole, less] = [protectionsWith(objects, places), protectionsWith(without, places)];
  const isProtecting = [...whole].some((protection) => !less.has(protection));
  if (!isProtecting) return 'setting';
  const isNarrower = changed.every((key) => listChange(spec[key] ?? null, edited[key] ?? null) === 'narrower');
  return isNarrower ? 'narrower' : 'protection';
}

function withSpec(object: OutputObject, spec: JsonObject): OutputObject {
  return { ...object, spec } as unknown as OutputObject;
}

/** What an object holds for is not what it sets. */
const HOLDING: readonly string[] = ['targetRef', 'targetRefs', 'targetReference'];

/** With the ports of Services that it is about. */
function heldText(spec: JsonObject): string {
  const refs = [spec.targetRefs ?? [], spec.targetRef ?? []].flat();
  const ports = refs.flatMap((ref) => (member(ref, 'kind') === 'Service' ? [String(member(ref, 'sectionName') ?? '')] : []));
  const set = Object.fromEntries(Object.entries(spec).filter(([key]) => !HOLDING.includes(key)));
  return textOf({ ...set, ' ports': ports.sort(compareText) });
}

/** The same for every order of keys. */
function textOf(value: Json): string {
  return JSON.stringify(value, (_, held: Json) =>
    isObject(held) ? Object.fromEntries(Object.entries(held).sort(([a], [b]) => compareText(a, b))) : held,
  );
}
