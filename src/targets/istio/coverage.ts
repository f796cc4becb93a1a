import type { HTTPRoute, HTTPRouteMatch, OutputObject } from '../../gateway/types.ts';
import { type Json, member } from '../../model/json.ts';
import type { RulePlace } from '../effects.ts';

type Path = NonNullable<HTTPRouteMatch['path']>;

const EVERYTHING: Path = { type: 'PathPrefix', value: '/' };

/** Whether an `operation` of a policy takes every request of a rule, for each of its hosts and matches. */
export function coverageOf(objects: readonly OutputObject[]): (operation: Json, place: RulePlace) => boolean {
  const routes = objects.filter((object): object is HTTPRoute => object.kind === 'HTTPRoute');
  return (operation, place) => {
    const texts = (field: string) => textsOf(member(operation, field));
    if (['methods', 'notMethods', 'ports', 'notPorts'].some((field) => member(operation, field) !== undefined)) return false;
    const hosts = place.route.spec.hostnames ?? [place.listener.hostname ?? ''];
    const matches = place.route.spec.rules[place.ruleIndex]?.matches ?? [{}];
    return hosts.every(
      (host) =>
        (texts('hosts').length === 0 || texts('hosts').some((pattern) => takesHost(pattern, host))) &&
        !texts('notHosts').some((pattern) => takesHost(pattern, host)) &&
        matches.every(
          ({ path = EVERYTHING }) =>
            (texts('paths').length === 0 || takesPath(texts('paths'), path)) &&
            texts('notPaths').every((pattern) => isBeside(pattern, path) || isElsewhere(pattern, path, pathsOf(routes, host))),
        ),
    );
  };
}

export function textsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

function takesHost(pattern: string, host: string): boolean {
  return pattern === host || pattern === '*' || (pattern.startsWith('*.') && host.endsWith(pattern.slice(1)));
}

/** Patterns of a route go beyond what a policy can say. */
function takesPath(patterns: readonly string[], { type, value }: Path): boolean {
  const takes = (text: string) =>
    patterns.some((pattern) => pattern === text || pattern === '*' || (pattern.endsWith('*') && text.startsWith(pattern.slice(0, -1))));
  const takesBelow = (start: string) => patterns.some((pattern) => pattern.endsWith('*') && start.startsWith(pattern.slice(0, -1)));
  if (type === 'RegularExpression') return patterns.includes('*') || patterns.includes('/*');
  if (type === 'Exact') return takes(value);
  const bare = value.replace(/\/+$/, '');
  return (bare === '' || takes(bare)) && takesBelow(`${bare}/`);
}

/** Nothing under the path of the rule. */
function isBeside(pattern: string, { type, value }: Path): boolean {
  if (type === 'RegularExpression') return false;
  const text = pattern.replace(/\*$/, '');
  const start = type === 'Exact' ? value : `${value.replace(/\/+$/, '')}/`;
  return type === 'Exact'
    ? text !== value && !(pattern.endsWith('*') && value.startsWith(text))
    : !text.startsWith(start) && !start.startsWith(text);
}

/** What is left out belongs to a rule with a longer path, whatever else the request is. */
function isElsewhere(pattern: string, own: Path, others: readonly Path[]): boolean {
  const text = pattern.replace(/\/?\*$/, '');
  const isBelow = pattern.endsWith('*');
  if (isBelow && !pattern.endsWith('/*')) return false;
  return others.some(
    ({ type, value }) =>
      (type === 'PathPrefix' && value.replace(/\/+$/, '') === text && text.length > own.value.replace(/\/+$/, '').length) ||
      (type === 'Exact' && !isBelow && value === text),
  );
}

/** Of matches that ask for nothing but a path. */
function pathsOf(routes: readonly HTTPRoute[], host: string): readonly Path[] {
  return routes
    .filter(({ spec }) => (spec.hostnames ?? ['']).includes(host))
    .flatMap(({ spec }) => spec.rules.flatMap(({ matches = [] }) => matches))
    .flatMap(({ path, ...conditions }) => (path !== undefined && Object.keys(conditions).length === 0 ? [path] : []));
}
