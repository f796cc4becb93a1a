import type { Finding } from '../ledger/finding.ts';
import { compareText } from '../model/position.ts';
import type { DraftBackend, DraftRule } from './draft.ts';
import { planFindings } from './findings.ts';
import { mergeSpecs } from './merge-spec.ts';
import { byPosition } from './places.ts';
import type { PlannedObject } from './plan.ts';
import { byKind, policyObject, policyParts } from './policies.ts';
import { copyKey } from './service-copies.ts';

/**
 * Policies of Services hold for every route that sends to them. One for each kind and Service, of all rules of the run; where
 * rules ask for different ones the first by position counts, and the others are told.
 */
export function writeServicePolicies(
  drafts: readonly DraftRule[],
  copies: ReadonlyMap<string, string>,
): {
  readonly objects: readonly PlannedObject[];
  readonly findings: readonly Finding[];
} {
  const users = usersByService(drafts, copies);
  const objects: PlannedObject[] = [];
  const findings: Finding[] = [];
  for (const [service, { backends, rules }] of [...users].sort(([a], [b]) => compareText(a, b))) {
    const [namespace = '', name = ''] = service.split('/');
    const wishes = byPosition(rules.map(({ ingress }) => ingress)).flatMap((ingress) => rules.filter((rule) => rule.ingress === ingress));
    const partsOf = (rule: DraftRule) =>
      policyParts(rule, 'service').filter(({ on }) =>
        backends.some((each) => on.namespace === each.namespace && on.service === each.name && (on.port ?? each.port) === each.port),
      );
    for (const [policy, parts] of byKind(wishes.flatMap(partsOf))) {
      const { spec } = mergeSpecs(parts.map((part) => part.spec));
      const asking = wishes.filter((rule) => partsOf(rule).some((part) => part.policy === policy));
      objects.push({
        object: policyObject(policy, { namespace, name }, spec, [{ group: '', kind: 'Service', name }]),
        role: policy.role,
        origin: byPosition(asking.map(({ ingress }) => ingress)),
        notes: [],
      });
      const others = new Set(
        wishes
          .filter(
            (rule) =>
              JSON.stringify(mergeSpecs(partsOf(rule).flatMap((part) => (part.policy === policy ? [part.spec] : []))).spec) !==
              JSON.stringify(spec),
          )
          .map(({ ingress }) => ingress),
      );
      for (const ingress of others)
        findings.push(planFindings['service-policy-shared']({ kind: policy.kind, service }, { at: ingress.at, ingress }));
    }
  }
  return { objects, findings };
}

interface Users {
  readonly backends: readonly DraftBackend[];
  readonly rules: readonly DraftRule[];
}

/** By the Service that requests are sent to in the end. */
function usersByService(drafts: readonly DraftRule[], copies: ReadonlyMap<string, string>): ReadonlyMap<string, Users> {
  const found = new Map<string, { readonly backends: DraftBackend[]; readonly rules: Set<DraftRule> }>();
  for (const draft of drafts) {
    for (const backend of draft.backends) {
      const name = `${backend.namespace}/${copies.get(copyKey(backend)) ?? backend.name}`;
      const known = found.get(name) ?? { backends: [], rules: new Set() };
      known.backends.push(backend);
      known.rules.add(draft);
      found.set(name, known);
    }
  }
  return new Map([...found].map(([name, { backends, rules }]) => [name, { backends, rules: [...rules] }]));
}
