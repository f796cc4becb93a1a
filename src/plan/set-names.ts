import { LIMITS } from '../gateway/limits.ts';
import type { Gateway, Listener } from '../gateway/types.ts';
import { uniquePerNamespace } from './names.ts';

/** A ListenerSet of the input: what is called like it must not take its place, unless it holds nothing else. */
export interface ExistingSet {
  readonly namespace: string;
  readonly name: string;
  /** `namespace/name` of its Gateway. */
  readonly gateway: string;
  readonly listeners: readonly string[];
}

interface Wanted {
  readonly gateway: Gateway;
  readonly home: string;
  readonly part: number;
  readonly listeners: readonly Listener[];
}

/** Called like its Gateway, with a number from the second on; in the order given. Two Gateways of one name may meet in a namespace. */
export function setNames(wanted: readonly Wanted[], existing: readonly ExistingSet[]): readonly string[] {
  const identities = wanted.map(({ gateway: { metadata }, home, part }) => `${metadata.namespace ?? ''}/${metadata.name} ${home} ${part}`);
  const names = new Map(
    wanted.map(({ gateway: { metadata }, home, part }, index) => [
      identities[index] ?? '',
      `${home}/${metadata.name}${part === 1 ? '' : `-part${String(part).padStart(2, '0')}`}`,
    ]),
  );
  for (const set of existing) {
    const isOwn = wanted.some(
      ({ gateway: { metadata }, home, listeners }) =>
        home === set.namespace &&
        `${metadata.namespace ?? ''}/${metadata.name}` === set.gateway &&
        set.listeners.every((name) => listeners.some((listener) => listener.name === name)),
    );
    if (!isOwn) names.set(`there ${set.namespace}/${set.name}`, `${set.namespace}/${set.name}`);
  }
  const found = uniquePerNamespace(names, LIMITS.name);
  return identities.map((identity) => found.get(identity) ?? 'listeners');
}
