import type { HTTPBackendRef } from '../gateway/types.ts';
import type { PolicyKind } from '../targets/policy.ts';
import type { DraftBackend, DraftRule } from './draft.ts';
import { mergeSpecs } from './merge-spec.ts';
import type { PlannedObject } from './plan.ts';
import { byKind, policyObject, policyParts } from './policies.ts';
import { copyKey } from './service-copies.ts';

/** What stands between a rule and one of its Services: the object that the rule names, and its companions of the same name. */
export interface BackendObjects {
  /** Unique over the run; equal for rules that can share the objects. */
  readonly identity: string;
  readonly wanted: string;
  readonly backend: DraftBackend;
  readonly reference: PolicyKind;
  readonly specs: ReadonlyMap<PolicyKind, ReturnType<typeof mergeSpecs>['spec']>;
}

type Drafted = Pick<DraftRule, 'parts' | 'ingress' | 'backends'>;

export function backendObjects(draft: Drafted): readonly BackendObjects[] {
  const parts = policyParts(draft, 'backend');
  const reference = parts.find(({ on }) => on.as === 'reference')?.policy;
  if (reference === undefined) return [];
  const specs = new Map([...byKind(parts)].map(([policy, some]) => [policy, mergeSpecs(some.map(({ spec }) => spec)).spec]));
  const text = JSON.stringify([...specs].map(([policy, spec]) => [policy.kind, spec]));
  const { namespace, name } = draft.ingress;
  return draft.backends.map((backend) => ({
    identity: `backend ${namespace}/${name} ${backend.namespace}/${backend.name}:${backend.port} ${text}`,
    wanted: `${name}-${backend.name}`,
    backend,
    reference,
    specs,
  }));
}

/** The reference to a backend of a rule in a route of `namespace`. */
export function backendRef(
  draft: Drafted,
  backend: DraftBackend,
  { namespace, names }: { readonly namespace: string; readonly names: ReadonlyMap<string, string> },
): Omit<HTTPBackendRef, 'weight'> {
  const home = backend.namespace === namespace ? {} : { namespace: backend.namespace };
  const objects = backendObjects(draft).find((each) => each.backend === backend);
  if (objects === undefined) return { ...backend.imported, name: names.get(copyKey(backend)) ?? backend.name, ...home, port: backend.port };
  const { apiVersion, kind } = objects.reference;
  return { group: apiVersion.replace(/\/.*$/, ''), kind, name: names.get(objects.identity) ?? objects.wanted, ...home };
}

/** In the namespace of the Service, from which alone they may be told to send there. */
export function writeBackendObjects(draft: Drafted, names: ReadonlyMap<string, string>): readonly PlannedObject[] {
  return backendObjects(draft).flatMap(({ identity, wanted, backend, specs }) =>
    [...specs].map(([policy, spec]) => ({
      object: policyObject(policy, { namespace: backend.namespace, name: names.get(identity) ?? wanted }, spec, [
        { group: '', kind: 'Service', name: backend.name, port: backend.port },
      ]),
      role: policy.role,
      origin: [draft.ingress],
      notes: [],
    })),
  );
}
