import type { ExtensionObject, GRPCRoute, HTTPRoute, HTTPRouteFilter } from '../gateway/types.ts';
import type { IngressRef } from '../model/entry.ts';
import type { JsonObject } from '../model/json.ts';
import type { PolicyKind, PolicyPart, PolicyPlace, PolicyTarget } from '../targets/policy.ts';
import type { DraftRule } from './draft.ts';
import type { CrossReference } from './grants.ts';
import { mergeSpecs } from './merge-spec.ts';
import type { PlannedObject } from './plan.ts';

type PartFor<T extends PolicyPlace['to']> = PolicyPart & { readonly on: Extract<PolicyPlace, { to: T }> };

/** The fragments that a rule brings for one kind of place. */
export function policyParts<T extends PolicyPlace['to']>(draft: Pick<DraftRule, 'parts'>, to: T): readonly PartFor<T>[] {
  const isFor = (part: PolicyPart): part is PartFor<T> => part.on.to === to;
  return draft.parts.flatMap((part) => part.policies ?? []).filter(isFor);
}

/** Equal for rules that may share a route: what is attached to it holds for all of them. */
export function routeSignature(draft: Pick<DraftRule, 'parts' | 'route'>): string {
  return JSON.stringify([draft.route ?? '', policyParts(draft, 'route').map(({ policy, spec }) => [policy.kind, spec])]);
}

/** Everything that the implementation's own objects make of a rule. */
export function policySignature(draft: Pick<DraftRule, 'parts'>): string {
  return JSON.stringify(draft.parts.flatMap((part) => part.policies ?? []).map(({ policy, on, spec }) => [policy.kind, on, spec]));
}

/** Fragments by the kind of object they belong to, in order of appearance. */
export function byKind<P extends PolicyPart>(parts: readonly P[]): ReadonlyMap<PolicyKind, readonly P[]> {
  const found = new Map<PolicyKind, P[]>();
  for (const part of parts) found.set(part.policy, [...(found.get(part.policy) ?? []), part]);
  return found;
}

export function policyObject(
  policy: PolicyKind,
  name: { readonly namespace: string; readonly name: string },
  spec: JsonObject,
  holdsFor: readonly PolicyTarget[],
): ExtensionObject {
  return {
    apiVersion: policy.apiVersion,
    kind: policy.kind,
    metadata: { name: name.name, namespace: name.namespace },
    spec: policy.write(spec, holdsFor, name.name),
  };
}

/** A policy for each kind that the rules of the route bring: they all bring the same. */
export function routePolicies(
  route: HTTPRoute | GRPCRoute,
  drafts: readonly DraftRule[],
  origin: readonly IngressRef[],
): readonly PlannedObject[] {
  const { namespace = '', name } = route.metadata;
  const holdsFor = [{ group: 'gateway.networking.k8s.io', kind: route.kind, name }];
  return [...byKind(drafts.flatMap((draft) => policyParts(draft, 'route')))].map(([policy, parts]) => ({
    object: policyObject(policy, { namespace, name }, mergeSpecs(parts.map(({ spec }) => spec)).spec, holdsFor),
    role: policy.role,
    origin,
    notes: [],
  }));
}

/** Filters of the implementation's own kind: one object for each that is different, in the namespace of its Ingress. */
export interface ExtensionFilter {
  /** Unique over the run; equal for rules that can share the object. */
  readonly identity: string;
  readonly wanted: string;
  readonly order: number;
  readonly part: PartFor<'filter'>;
}

export function extensionFilters(draft: Pick<DraftRule, 'parts' | 'ingress'>): readonly ExtensionFilter[] {
  const { namespace, name } = draft.ingress;
  return [...byKindAndName(policyParts(draft, 'filter'))]
    .map(([, parts]): ExtensionFilter | null => {
      const [part] = parts;
      if (part === undefined) return null;
      const merged = { ...part, spec: mergeSpecs(parts.map(({ spec }) => spec)).spec };
      return {
        identity: `${part.policy.kind} ${namespace}/${name} ${JSON.stringify(merged.spec)}`,
        wanted: `${name}-${part.on.name}`,
        order: part.on.order,
        part: merged,
      };
    })
    .filter((filter) => filter !== null)
    .sort((a, b) => a.order - b.order);
}

function byKindAndName(parts: readonly PartFor<'filter'>[]): ReadonlyMap<string, readonly PartFor<'filter'>[]> {
  const found = new Map<string, PartFor<'filter'>[]>();
  for (const part of parts) {
    const key = `${part.policy.kind} ${part.on.name}`;
    found.set(key, [...(found.get(key) ?? []), part]);
  }
  return found;
}

/** The filters of a rule with those of the implementation in their places. */
export function withExtensions(draft: DraftRule, names: ReadonlyMap<string, string>): readonly HTTPRouteFilter[] {
  const reference = ({ identity, wanted, part }: ExtensionFilter): HTTPRouteFilter => ({
    type: 'ExtensionRef',
    extensionRef: { group: part.policy.apiVersion.replace(/\/.*$/, ''), kind: part.policy.kind, name: names.get(identity) ?? wanted },
  });
  const all = extensionFilters(draft);
  return [
    ...all.filter(({ order }) => order < 0).map(reference),
    ...draft.filters,
    ...all.filter(({ order }) => order >= 0).map(reference),
  ];
}

export function filterObjects(draft: DraftRule, names: ReadonlyMap<string, string>): readonly PlannedObject[] {
  return extensionFilters(draft).map(({ identity, wanted, part }) => ({
    object: policyObject(part.policy, { namespace: draft.ingress.namespace, name: names.get(identity) ?? wanted }, part.spec, []),
    role: part.policy.role,
    origin: [draft.ingress],
    notes: [],
  }));
}

/** What the fragments name in other namespaces, seen from the namespace their object stands in. */
export function policyReferences(
  parts: readonly PolicyPart[],
  fromNamespace: string,
  origin: readonly IngressRef[],
): readonly CrossReference[] {
  return parts.flatMap(({ policy, references = [] }) =>
    references.map(
      ({ kind, namespace, name }): CrossReference => ({
        fromGroup: policy.apiVersion.replace(/\/.*$/, ''),
        fromKind: policy.kind,
        fromNamespace,
        toKind: kind,
        toNamespace: namespace,
        toName: name,
        origin,
      }),
    ),
  );
}
