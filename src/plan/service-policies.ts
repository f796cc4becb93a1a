import type { Finding } from '../ledger/finding.ts';
import { compareText } from '../model/position.ts';
import type { DraftRule } from './draft.ts';
import { planFindings } from './findings.ts';
import { mergeSpecs } from './merge-spec.ts';
import { byPosition } from './places.ts';
import type { PlannedObject } from './plan.ts';
import { byKind, policyObject, policyParts } from './policies.ts';

/**
 * Policies of Services hold for every route that sends to them. One for each kind and Service, of all rules of the run; where
 * rules ask for different ones the first by position counts, and the others are told.
 */
export function writeServicePolicies(drafts: readonly DraftRule[]): {
  readonly objects: readonly PlannedObject[];
  readonly findings: readonly Finding[];
} {
  const users = usersByService(drafts);
  const objects: PlannedObject[] = [];
  const findings: Finding[] = [];
  for (const [service, rules] of [...users].sort(([a], [b]) => compareText(a, b))) {
    const [namespace = '', name = ''] = service.split('/');
    const wishes = byPosition(rules.map(({ ingress }) => ingress)).flatMap((ingress) => rules.filter((rule) => rule.ingress === ingress));
    const partsOf = (rule: DraftRule) => policyParts(rule, 'service').filter(({ on }) => on.namespace === namespace && on.service === name);
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

function usersByService(drafts: readonly DraftRule[]): ReadonlyMap<string, readonly DraftRule[]> {
  const found = new Map<string, DraftRule[]>();
  for (const draft of drafts) {
    for (const service of new Set(draft.backends.map(({ namespace, name }) => `${namespace}/${name}`))) {
      const known = found.get(service);
      if (known === undefined) found.set(service, [draft]);
      else known.push(draft);
    }
  }
  return found;
}
