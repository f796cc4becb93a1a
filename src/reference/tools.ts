import type { Entry } from '../model/entry.ts';
import type { Ingress } from '../model/ingress.ts';
import { readEstate } from '../read/estate.ts';
import type { ToolRule } from '../rule/pack.ts';
import { inOrder, type ReferenceOutcome } from './outcomes.ts';

/** Values that settings of tools have: names, switches, durations, numbers. */
const VALUES = ['name', 'true', 'false', '60', '1h'];

const MANIFEST = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: default}
spec:
  ingressClassName: web
  tls: [{hosts: [www.example.com], secretName: tls}]
  rules: [{host: www.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
`;

/**
 * Tools mean the same on every target: what their rules make of an Ingress with TLS, of a class that no controller is known for. It
 * carries the annotation alone, or beside all others that tools know by name. `inert` only where nothing else was seen.
 */
export function toolOutcomes(
  rule: ToolRule,
  name: string,
  others: readonly string[],
): { readonly becomes: string; readonly outcomes: readonly ReferenceOutcome[] } {
  const outputs = ingresses(others).flatMap((ingress) => VALUES.map((value) => rule.convert(entryOf(name, value, ingress), ingress)));
  const places = new Set(outputs.flatMap(({ metadata }) => metadata.map(({ on }) => on)));
  const becomes = [
    ...(places.has('gateway') ? ['an annotation of the Gateway'] : []),
    ...(places.has('route') ? ['an annotation of the HTTPRoutes'] : []),
  ];
  const seen = new Set(outputs.map(({ outcome }) => outcome));
  if (seen.size > 1) seen.delete('inert');
  return { becomes: becomes.length === 0 ? 'nothing' : becomes.join(', '), outcomes: inOrder(seen) };
}

function ingresses(others: readonly string[]): readonly Ingress[] {
  const { ingresses: read } = readEstate([{ file: 'web.yaml', text: MANIFEST }], { defaultNamespace: 'default' });
  return [...read, ...read.map((ingress) => ({ ...ingress, annotations: others.map((name) => entryOf(name, 'name', ingress)) }))];
}

function entryOf(name: string, value: string, { ref }: Ingress): Entry {
  const written = name.replace(/\*$/, 'name');
  return { object: ref, ingress: ref, kind: 'annotation', name: written, key: written, value, at: ref.at };
}
