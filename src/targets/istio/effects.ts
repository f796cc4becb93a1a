import type { ExtensionObject } from '../../gateway/types.ts';
import { type Json, type JsonObject, member } from '../../model/json.ts';
import { extensionFilters, NO_EFFECTS, type ReadEffects, type RulePlace } from '../effects.ts';
import { TERMINATE_MODE } from './client-certificate.ts';
import { coverageOf, textsOf } from './coverage.ts';
import { authorizationPolicy, SECURITY_GROUP } from './kinds.ts';

/** AuthorizationPolicies of the Gateway that refuse some of a rule's requests, and what its listener asks for. */
export const effects: ReadEffects = (objects) => {
  const policies = objects.filter(
    (object): object is ExtensionObject => object.kind === authorizationPolicy.kind && object.apiVersion.startsWith(`${SECURITY_GROUP}/`),
  );
  const covers = coverageOf(objects);
  return (place) => {
    const rules = policies.filter((policy) => holdsFor(policy, place)).flatMap((policy) => refusalsOf(specOf(policy)));
    const covering = rules.filter((rule) => itemsOf(rule, 'to', 'operation').some((operation) => covers(operation, place)));
    const mode = place.listener.tls?.options?.[TERMINATE_MODE];
    return {
      ...NO_EFFECTS,
      protections: [
        ...new Set(covering.flatMap((rule) => itemsOf(rule, 'from', 'source').flatMap(protectionsOf))),
        ...(mode === 'MUTUAL' || mode === 'OPTIONAL_MUTUAL' ? ['clientCertificate'] : []),
      ],
      // A route with a filter of another API is refused.
      unknown: extensionFilters(place).map(({ kind, name }) => `${kind} ${name}`),
    };
  };
};

function specOf(object: ExtensionObject): JsonObject {
  return (object.spec ?? {}) as JsonObject;
}

function holdsFor(policy: ExtensionObject, { owner }: RulePlace): boolean {
  const refs = member(specOf(policy), 'targetRefs');
  const here = (policy.metadata.namespace ?? 'default') === (owner.metadata.namespace ?? 'default');
  return (
    here &&
    Array.isArray(refs) &&
    refs.some((ref: Json) => member(ref, 'kind') === owner.kind && member(ref, 'name') === owner.metadata.name)
  );
}

/** Rules with further conditions refuse less than they seem to. */
function refusalsOf(spec: JsonObject): readonly Json[] {
  const rules = member(spec, 'rules');
  if (member(spec, 'action') !== 'DENY' || !Array.isArray(rules)) return [];
  return rules.filter((rule: Json) => member(rule, 'when') === undefined);
}

function itemsOf(rule: Json, list: 'from' | 'to', item: 'source' | 'operation'): readonly Json[] {
  const items = member(rule, list);
  return Array.isArray(items) ? items.flatMap((each: Json) => member(each, item) ?? []) : [];
}

function protectionsOf(source: Json): readonly string[] {
  const fields = Object.keys(typeof source === 'object' && source !== null && !Array.isArray(source) ? source : {});
  if (fields.length !== 1) return [];
  return [
    ...(textsOf(member(source, 'notRemoteIpBlocks')).length > 0 ? ['allowList'] : []),
    ...(textsOf(member(source, 'remoteIpBlocks')).length > 0 ? ['denyList'] : []),
    ...(textsOf(member(source, 'notRequestPrincipals')).includes('*') ? ['jwt'] : []),
  ];
}
