import type { ParametersRef } from '../gateway/types.ts';
import type { IngressRef } from '../model/entry.ts';
import type { PolicyPart } from '../targets/policy.ts';
import type { DraftRule } from './draft.ts';
import type { GatewayPlan } from './gateways.ts';
import type { CrossReference } from './grants.ts';
import type { HostPlan } from './host-plan.ts';
import type { GatewayName } from './input.ts';
import type { ListenerDraft } from './listeners.ts';
import { mergeSpecs } from './merge-spec.ts';
import { byPosition } from './places.ts';
import type { PlannedObject } from './plan.ts';
import { byKind, policyObject, policyParts, policyReferences } from './policies.ts';

const GROUP = 'gateway.networking.k8s.io';

/** Objects for listeners and for whole Gateways, and what they refer to. */
export interface GatewayPolicies {
  readonly objects: readonly PlannedObject[];
  readonly references: readonly CrossReference[];
  /** `infrastructure.parametersRef` of every Gateway of the plan. */
  readonly parameters: ParametersRef | null;
}

export function writeGatewayPolicies(
  hosts: readonly HostPlan[],
  listeners: ReadonlyMap<HostPlan, readonly ListenerDraft[]>,
  plan: GatewayPlan,
  gateway: GatewayName,
  /** Fragments for the Gateways that no rule brings. */
  own: readonly PolicyPart[] = [],
): GatewayPolicies {
  const ofListeners = hosts.flatMap((host) => listenerPolicies(host, listeners.get(host) ?? [], plan));
  const drafts = hosts.flatMap(draftsOf);
  const ofGateway = [
    ...policyParts({ parts: [{ policies: own }] }, 'gateway'),
    ...drafts.flatMap((draft) => policyParts(draft, 'gateway')),
  ];
  const whole = [...byKind(plan.gateways.length === 0 ? [] : ofGateway)].map(([policy, parts]) => {
    const holdsFor = parts.some(({ on }) => on.as === 'target')
      ? plan.gateways.map(({ name }) => ({ group: GROUP, kind: 'Gateway', name }))
      : [];
    const object = policyObject(policy, gateway, mergeSpecs(parts.map(({ spec }) => spec)).spec, holdsFor);
    const asking = drafts.filter((draft) => policyParts(draft, 'gateway').some((part) => part.policy === policy));
    const origin = originOf(own.some((part) => part.policy === policy) ? drafts : asking);
    return {
      planned: { object, role: policy.role, origin, notes: [] } satisfies PlannedObject,
      parts,
      isParameters: holdsFor.length === 0,
    };
  });
  const parameters = whole.find(({ isParameters }) => isParameters)?.planned.object;
  const all = [...ofGateway, ...drafts.flatMap((draft) => policyParts(draft, 'listener'))];
  return {
    objects: [...ofListeners, ...whole.map(({ planned }) => planned)],
    references: policyReferences(all, plan.namespace, originOf(drafts)),
    parameters:
      parameters === undefined
        ? null
        : { group: parameters.apiVersion.replace(/\/.*$/, ''), kind: parameters.kind, name: parameters.metadata.name },
  };
}

function draftsOf(host: HostPlan): readonly DraftRule[] {
  return [...host.http, ...host.https];
}

/** One object for each kind and listener; rules of one host that disagree are merged, the first counting. */
function listenerPolicies(host: HostPlan, listeners: readonly ListenerDraft[], plan: GatewayPlan): readonly PlannedObject[] {
  const drafts = draftsOf(host);
  return listeners.flatMap((listener): readonly PlannedObject[] => {
    const { scheme } = listener;
    if (scheme !== 'http' && scheme !== 'https') return [];
    const parts = drafts.flatMap((draft) => policyParts(draft, 'listener')).filter(({ on }) => on.schemes.includes(scheme));
    const [name, sectionName] = [plan.gatewayOf(host.table.host), plan.nameOf(listener)];
    return [...byKind(parts)].map(([policy, some]) => ({
      object: policyObject(
        policy,
        { namespace: plan.namespace, name: `${name}-${sectionName}` },
        mergeSpecs(some.map(({ spec }) => spec)).spec,
        [{ group: GROUP, kind: 'Gateway', name, sectionName }],
      ),
      role: policy.role,
      origin: originOf(drafts.filter((draft) => policyParts(draft, 'listener').some((part) => part.policy === policy))),
      notes: [],
    }));
  });
}

function originOf(drafts: readonly DraftRule[]): readonly IngressRef[] {
  return byPosition(drafts.map(({ ingress }) => ingress));
}
