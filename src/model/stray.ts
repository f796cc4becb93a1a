import type { Entry } from './entry.ts';
import type { Ingress } from './ingress.ts';

/**
 * The leaves of a spec that no part of the model names: unknown or misplaced fields, which the API server drops, and
 * values of a wrong type.
 */
export function strayEntries(ingress: Ingress): readonly Entry[] {
  const paths = ingress.rules.flatMap((rule) => rule.paths ?? []);
  const backends = [ingress.defaultBackend, ...paths.map((path) => path.backend)].filter((backend) => backend !== null);
  const named = new Set([...ingress.rules, ...paths, ...backends, ...ingress.tls].flatMap((part) => part.entries));
  return ingress.spec.filter((entry) => !named.has(entry) && entry !== ingress.className?.entry);
}
