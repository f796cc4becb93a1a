import { defineFindings, type Finding, type NoArgs } from '../../src/ledger/finding.ts';
import type { Ingress, IngressPath } from '../../src/model/ingress.ts';
import { type AnyRule, defineRule } from '../../src/rule/rule.ts';
import { MAY_BE_EMPTY } from './roles.ts';
import { placeOf } from './settlement.ts';

const shapeFindings = defineFindings('nginx-inc/ingress', {
  'no-rules': {
    level: 'error',
    message: (_: NoArgs) => 'the controller rejects an Ingress without rules, also one with a default backend',
    help: () => 'Nothing was written. Add the rules it is meant to have and convert again.',
    differs: ['unreachable'],
  },
  'host-twice': {
    level: 'error',
    message: (a: { host: string }) => `the controller rejects this Ingress: two of its rules are for ${a.host}`,
    help: () => 'Put their paths into one rule and convert again.',
    differs: ['unreachable'],
  },
  backend: {
    level: 'error',
    message: (a: { path: string }) => `the controller rejects this Ingress: the backend of ${a.path} is no Service`,
    help: () => 'Name a Service and convert again.',
    differs: ['unreachable'],
  },
  path: {
    level: 'error',
    message: (a: { path: string; why: string }) => `the controller rejects this Ingress: its path "${a.path}" ${a.why}`,
    help: () => 'Correct the path and convert again. Nothing was written: the controller serves nothing of it either.',
    differs: ['unreachable'],
  },
  empty: {
    level: 'error',
    message: (a: { annotation: string }) => `the controller rejects this Ingress: ${a.annotation} is empty`,
    help: () => 'Remove the annotation or give it a value, and convert again.',
    differs: ['unreachable'],
  },
});

/** What the controller asks of an Ingress whatever it is for (`validateIngressSpec`): else nothing of it is served. */
export function ingressShape(known: ReadonlySet<string>): AnyRule {
  return defineRule({
    id: 'nginx-inc/ingress',
    title: 'What the controller rejects',
    docs: 'https://docs.nginx.com/nginx-ingress-controller/configuration/ingress-resources/basic-configuration/',
    scope: 'ingress',
    becomes: 'nothing: the Ingress is not served',
    reads: {},
    findings: shapeFindings,
    convert: ({ ingress }) => ({ refused: problemOf(ingress, known) }),
  });
}

function problemOf(ingress: Ingress, known: ReadonlySet<string>): Finding | null {
  const place = { at: ingress.ref.at, ingress: ingress.ref };
  const empty = ingress.annotations.find(
    ({ name, value, malformed }) => value === '' && malformed !== true && known.has(name) && !MAY_BE_EMPTY.has(name),
  );
  if (empty !== undefined) return shapeFindings.empty({ annotation: empty.name }, placeOf(empty));
  if (ingress.rules.length === 0) return shapeFindings['no-rules']({}, place);
  const hosts = ingress.rules.map(({ host }) => host);
  const twice = hosts.find((host, index) => hosts.indexOf(host) !== index);
  if (twice !== undefined) return shapeFindings['host-twice']({ host: twice === '' ? 'no host' : twice }, place);
  if (ingress.defaultBackend?.kind === 'resource') return shapeFindings.backend({ path: 'spec.defaultBackend' }, place);
  for (const path of ingress.rules.flatMap((rule) => rule.paths ?? [])) {
    const at = { at: path.entries[0]?.at ?? place.at, ingress: ingress.ref };
    if (path.backend?.kind !== 'service') return shapeFindings.backend({ path: path.path || '/' }, at);
    const why = pathProblem(path);
    if (why !== null) return shapeFindings.path({ path: path.path, why }, at);
  }
  return null;
}

/** `validatePath` of internal/k8s/validation.go: every path is looked at as if it were a regular expression. */
function pathProblem({ path, pathType }: IngressPath): string | null {
  if (path === '') return pathType === null || pathType === 'ImplementationSpecific' ? null : 'is empty';
  if (path.startsWith('//')) return 'begins with //';
  if (path.split(/[/\\]/).includes('..')) return 'has a .. in it';
  if (!/^\/[^\s;]*$/.test(path)) return 'does not begin with / or has blanks or ; in it';
  if (!isPattern(path)) return 'is no regular expression, which the controller asks of every path';
  if (/["\\]/.test(path.replace(/\\./g, ''))) return 'has an unescaped quote or a backslash at its end';
  if ([...path.matchAll(/\{([^}]*)\}/g)].some(([, inside = '']) => /[A-Za-z]/.test(inside))) return 'has letters in curly braces';
  return /^\/etc\/|^\/root(?:\/|$)|^\/var(?:\/|$)|\\n|\\r$/.test(path) ? 'looks like a path of the controller’s own files' : null;
}

/** Only syntax that this parser and the controller's take for broken alike; nothing is matched with it. */
function isPattern(path: string): boolean {
  if (path.includes('(?')) return true;
  try {
    return new RegExp(path) instanceof RegExp;
  } catch {
    return false;
  }
}
