import type { Ingress } from '../../src/model/ingress.ts';
import { ORG } from './annotation.ts';

/** Lists of Services are held against the Services that the Ingress names: one that it does not name rejects it. */
export function unknownServices(names: readonly string[], { rules, defaultBackend }: Ingress): string | null {
  const backends = [defaultBackend, ...rules.flatMap((rule) => (rule.paths ?? []).map((path) => path.backend))];
  const known = new Set(backends.flatMap((backend) => (backend?.kind === 'service' ? [backend.name] : [])));
  const unknown = names.filter((name) => !known.has(name));
  return unknown.length === 0
    ? null
    : `which names Services that the Ingress does not use: ${unknown.map((name) => `"${name}"`).join(', ')}`;
}

/** The value of another rule's annotation, of the prefix nginx.org/; null where absent. */
export function beside(ingress: Ingress, name: string): string | null {
  return ingress.annotations.find((entry) => entry.name === `${ORG}${name}` && entry.malformed !== true)?.value ?? null;
}
