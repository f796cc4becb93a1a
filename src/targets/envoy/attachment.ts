import type { ExtensionObject, OutputObject } from '../../gateway/types.ts';
import { type Json, type JsonObject, member } from '../../model/json.ts';
import { type RulePlace, routeKind, specOf } from '../effects.ts';

/** Nearest first: what a policy names that holds for a rule. */
export const LEVELS = ['rule', 'route', 'listener', 'gateway'] as const;

export type Level = (typeof LEVELS)[number];

/** The specs of the policies that hold for a rule, by what they name. Policies that choose by labels are not looked at. */
export type Attached = Readonly<Record<Level, readonly JsonObject[]>>;

/** Of objects of one kind, in the namespace of what they name. */
export function attachments(objects: readonly OutputObject[], apiGroup: string, kind: string): (place: RulePlace) => Attached {
  const policies = objects
    .filter((object): object is ExtensionObject => object.kind === kind && object.apiVersion.startsWith(`${apiGroup}/`))
    .map((object) => ({ namespace: namespaceOf(object), spec: specOf(object) }))
    .map((policy) => ({ ...policy, refs: refsOf(policy.spec) }));
  return (place) => {
    const found: Record<Level, JsonObject[]> = { rule: [], route: [], listener: [], gateway: [] };
    for (const { namespace, spec, refs } of policies) {
      const levels = new Set(refs.map((ref) => levelOf(ref, namespace, place)).filter((level) => level !== null));
      for (const level of levels) found[level].push(spec);
    }
    return found;
  };
}

export function namespaceOf({ metadata }: OutputObject): string {
  return metadata.namespace ?? 'default';
}

function refsOf(spec: JsonObject): readonly Json[] {
  const [several, one] = [member(spec, 'targetRefs'), member(spec, 'targetRef')];
  return [...(Array.isArray(several) ? several : []), ...(one === undefined ? [] : [one])];
}

function levelOf(ref: Json, namespace: string, place: RulePlace): Level | null {
  const { route, ruleIndex, listener, owner } = place;
  const [kind, name, section] = [member(ref, 'kind'), member(ref, 'name'), member(ref, 'sectionName')];
  if (kind === 'HTTPRoute' || kind === 'GRPCRoute') {
    if (kind !== routeKind(place) || namespace !== namespaceOf(route) || name !== route.metadata.name) return null;
    if (section === undefined) return 'route';
    return section === route.spec.rules[ruleIndex]?.name ? 'rule' : null;
  }
  if (kind !== owner.kind || namespace !== namespaceOf(owner) || name !== owner.metadata.name) return null;
  if (section === undefined) return 'gateway';
  return section === listener.name ? 'listener' : null;
}
