import type { OutputObject } from '../gateway/types.ts';
import type { Ingress } from '../model/ingress.ts';
import { compareText } from '../model/position.ts';
import type { PlannedObject } from '../plan/plan.ts';
import type { Group } from './groups.ts';
import type { RunbookInput } from './input.ts';

export interface RouteName {
  /** As kubectl takes it. */
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

export function nameOf({ ref }: Ingress): string {
  return `${ref.namespace}/${ref.name}`;
}

const ROUTES: readonly string[] = ['HTTPRoute', 'GRPCRoute', 'TLSRoute'];

/** The routes that were written for these Ingresses. */
export function routesOf(group: Group, { objects }: RunbookInput): readonly RouteName[] {
  const refs = new Set(group.ingresses.map(({ ref }) => ref));
  return objects
    .filter(({ object, origin }) => ROUTES.includes(object.kind) && origin.some((ref) => refs.has(ref)))
    .map(({ object }) => ({
      kind: object.kind.toLowerCase(),
      namespace: object.metadata.namespace ?? 'default',
      name: object.metadata.name,
    }))
    .sort((a, b) => compareText(a.namespace, b.namespace) || compareText(a.name, b.name));
}

export interface GatewayName {
  readonly namespace: string;
  readonly name: string;
}

/** The Gateways to which the routes of these Ingresses are bound. */
export function gatewaysOf(group: Group, { objects }: RunbookInput): readonly GatewayName[] {
  const refs = new Set(group.ingresses.map(({ ref }) => ref));
  const found = new Map<string, GatewayName>();
  for (const { object, origin } of objects) {
    if (!origin.some((ref) => refs.has(ref))) continue;
    for (const { name, namespace = object.metadata.namespace ?? '' } of parentsOf(object))
      found.set(`${namespace}/${name}`, { namespace, name });
  }
  return [...found.values()].sort((a, b) => compareText(a.namespace, b.namespace) || compareText(a.name, b.name));
}

function parentsOf(object: OutputObject): readonly { readonly name: string; readonly namespace?: string }[] {
  if (!ROUTES.includes(object.kind) || !('spec' in object) || object.spec === undefined || !('parentRefs' in object.spec)) return [];
  const refs = object.spec.parentRefs;
  return Array.isArray(refs) ? refs.filter(isParent) : [];
}

function isParent(value: unknown): value is { readonly name: string; readonly namespace?: string } {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';
}

export function allGateways(objects: readonly PlannedObject[]): readonly GatewayName[] {
  return objects
    .filter(({ object }) => object.kind === 'Gateway')
    .map(({ object: { metadata } }) => ({ namespace: metadata.namespace ?? 'default', name: metadata.name }));
}

/** A name that a wildcard covers, to ask for. */
export function sampleName(host: string): string {
  return host.startsWith('*.') ? `check.${host.slice(2)}` : host;
}
