import type { JsonObject } from '../model/json.ts';

/**
 * A fragment of an object of the implementation's own API. The planner merges the fragments that meet in one object (members
 * one by one, lists one after the other), names the object and says what it holds for.
 */
export interface PolicyPart {
  readonly policy: PolicyKind;
  readonly on: PolicyPlace;
  readonly spec: JsonObject;
  /** Objects of other namespaces that it names: each needs a ReferenceGrant. */
  readonly references?: readonly PolicyReference[];
}

export interface PolicyKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly role: 'infrastructure' | 'gateways' | 'routes';
  /** The whole spec: the merged fragments and what they hold for. */
  readonly write: (spec: JsonObject, holdsFor: readonly PolicyTarget[], name: string) => JsonObject;
  /** Of a Service whose routes ask for different things: what holds for each, where the object can tell routes apart. */
  readonly perRoute?: (specs: readonly RouteSpec[], holdsFor: readonly PolicyTarget[]) => JsonObject;
}

export interface RouteSpec {
  readonly route: { readonly kind: string; readonly namespace: string; readonly name: string };
  readonly spec: JsonObject;
}

export type PolicyPlace =
  /** Named by an ExtensionRef of the rule. `name` ends the object's name; of several the lower `order` comes first, below zero before the filters of Gateway API. */
  | { readonly to: 'filter'; readonly name: string; readonly order: number }
  /** The route of the rule. Rules that differ in it stand in routes of their own. */
  | { readonly to: 'route' }
  /** The listeners of the rule's host over these schemes. */
  | { readonly to: 'listener'; readonly schemes: readonly ('http' | 'https')[] }
  /** Every Gateway of the load balancer: by its `infrastructure.parametersRef`, or as what a policy holds for. */
  | { readonly to: 'gateway'; readonly as: 'parameters' | 'target' }
  /**
   * In the place of each Service that the rule sends to: `backendRefs` name the `reference`, which gets the Service as what it
   * holds for and has the same name as its companions.
   */
  | { readonly to: 'backend'; readonly as: 'reference' | 'companion' }
  /** A Service, whichever route sends to it. */
  | {
      readonly to: 'service';
      readonly namespace: string;
      readonly service: string;
      /** Set where it is about one port: a Service whose ports differ in it is copied, a copy for each port. */
      readonly port?: number;
    };

export interface PolicyTarget {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly sectionName?: string;
  /** Of a Service that an object stands for. */
  readonly port?: number;
}

export interface PolicyReference {
  readonly kind: 'Secret' | 'Service' | 'ConfigMap';
  readonly namespace: string;
  readonly name: string;
}

/** The commonest form: `targetRefs` beside the fragments. */
export function withTargetRefs(spec: JsonObject, holdsFor: readonly PolicyTarget[]): JsonObject {
  return { targetRefs: holdsFor.map((target) => ({ ...target })), ...spec };
}

/** A form of older policies: one `targetRef`. */
export function withTargetRef(spec: JsonObject, [target]: readonly PolicyTarget[]): JsonObject {
  return target === undefined ? spec : { targetRef: { ...target }, ...spec };
}

/** Of filters and parameters, which say nothing about what they hold for. */
export function asWritten(spec: JsonObject): JsonObject {
  return spec;
}
