import type { OutputObject } from '../../gateway/types.ts';
import { isObject, type Json, type JsonObject, member } from '../../model/json.ts';
import { extensionFilters, NO_EFFECTS, type ReadEffects, type RulePlace } from '../effects.ts';
import { SERVICE_IMPORT } from './classes.ts';
import { backendPolicy, GROUP, httpFilter } from './kinds.ts';

/** What the policies of all backends of a rule ask for before a request comes near one. */
export const effects: ReadEffects = (objects) => {
  const byService = new Map<string, Set<string>>();
  for (const object of objects.filter(({ kind }) => kind === backendPolicy.kind)) {
    const spec = specOf(object);
    const target = member(spec, 'targetRef');
    const service = member(target, 'name');
    if (typeof service !== 'string') continue;
    const key = `${String(member(target, 'kind'))} ${object.metadata.namespace ?? 'default'}/${service}`;
    const known = byService.get(key) ?? new Set();
    for (const protection of protectionsOf(member(spec, 'default'))) known.add(protection);
    byService.set(key, known);
  }
  return (place) => ({
    ...NO_EFFECTS,
    protections: commonTo(servicesOf(place).map((service) => byService.get(service) ?? new Set())),
    backend: ({ group, kind, namespace, name }) =>
      group === SERVICE_IMPORT.group && kind === SERVICE_IMPORT.kind ? { namespace, name, port: null } : null,
    unknown: extensionFilters(place).flatMap(({ group, kind, name }) =>
      group === GROUP && kind === httpFilter.kind ? [] : [`${kind} ${name}`],
    ),
  });
};

function protectionsOf(settings: Json | undefined): readonly string[] {
  const policy = member(settings, 'securityPolicy');
  return [
    ...(member(member(settings, 'iap'), 'enabled') === true ? ['iap'] : []),
    ...(typeof policy === 'string' && policy !== '' ? ['cloudArmor'] : []),
  ];
}

function servicesOf({ route, ruleIndex }: RulePlace): readonly string[] {
  const home = route.metadata.namespace ?? 'default';
  return (route.spec.rules[ruleIndex]?.backendRefs ?? []).map(
    ({ kind = 'Service', namespace = home, name }) => `${kind} ${namespace}/${name}`,
  );
}

function commonTo([first, ...others]: readonly ReadonlySet<string>[]): readonly string[] {
  return [...(first ?? [])].filter((protection) => others.every((other) => other.has(protection)));
}

function specOf(object: OutputObject): JsonObject {
  const { spec } = object as { spec?: Json };
  return isObject(spec) ? spec : {};
}
