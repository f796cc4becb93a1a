import type { Listener } from '../group.ts';
import { type LoadBalancerSettings, schemeOf } from './settings.ts';

/** Listeners that one table can speak for: those of a protocol all hold the same rules. */
export interface PortClass {
  readonly listeners: readonly Listener[];
}

/**
 * Usually one class, of all listeners. Where listeners of one protocol hold rules of different members, or guard them
 * differently, each such set gets a class: the first of HTTP with the first of HTTPS, and so on.
 */
export function portClasses(listeners: readonly Listener[], settings: LoadBalancerSettings): readonly PortClass[] {
  const sets = (['http', 'https'] as const).map((scheme) => {
    const bySignature = new Map<string, Listener[]>();
    for (const listener of listeners.filter((each) => schemeOf(each) === scheme)) {
      const signature = signatureOf(listener, settings);
      bySignature.set(signature, [...(bySignature.get(signature) ?? []), listener]);
    }
    return [...bySignature.values()];
  });
  const count = Math.max(...sets.map((all) => all.length));
  return Array.from({ length: count }, (_, index) => ({ listeners: sets.flatMap((all) => all[index] ?? []) }));
}

function signatureOf(listener: Listener, settings: LoadBalancerSettings): string {
  const members = listener.members.map(
    ({ ingress }) => `${ingress.ref.namespace}/${ingress.ref.name}@${ingress.ref.at.file}:${ingress.ref.at.line}`,
  );
  const IGNORED = new Set(['entries', 'port', 'listeners']);
  const guards = settings
    .onListener(listener)
    .map((intent) => JSON.stringify(intent, (key, value) => (IGNORED.has(key) ? undefined : value)));
  return JSON.stringify([members, guards]);
}
