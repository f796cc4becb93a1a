import type { ObjectRef } from './entry.ts';
import { isObject, type Json, type JsonObject, member } from './json.ts';
import type { OtherObject } from './objects.ts';

/** What runs Pods, with what of them a load balancer may look at. */
export interface Workload {
  readonly ref: ObjectRef;
  /** Of its Pods. */
  readonly labels: Readonly<Record<string, string>>;
  readonly containers: readonly Container[];
}

export interface Container {
  readonly ports: readonly { readonly name: string | null; readonly port: number }[];
  /** As it was written; null without one. */
  readonly readinessProbe: JsonObject | null;
}

const KINDS: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Pod']);

/** A Pod, or what has a template of Pods; null for any other object. */
export function workloadOf({ ref, value }: OtherObject): Workload | null {
  if (!KINDS.has(ref.kind)) return null;
  const pod = ref.kind === 'Pod' ? value : member(value['spec'], 'template');
  const labels = member(member(pod, 'metadata'), 'labels');
  return {
    ref,
    labels: Object.fromEntries(
      isObject(labels) ? Object.entries(labels).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])) : [],
    ),
    containers: listOf(member(member(pod, 'spec'), 'containers')).map(readContainer),
  };
}

/** Whether a selector takes Pods with these labels; an empty one takes none. */
export function selects(selector: Readonly<Record<string, string>>, labels: Readonly<Record<string, string>>): boolean {
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}

function readContainer(container: Json): Container {
  const probe = member(container, 'readinessProbe');
  return {
    ports: listOf(member(container, 'ports')).flatMap((port) => {
      const number = member(port, 'containerPort');
      const name = member(port, 'name');
      return typeof number === 'number' ? [{ name: typeof name === 'string' ? name : null, port: number }] : [];
    }),
    readinessProbe: isObject(probe) ? probe : null,
  };
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
