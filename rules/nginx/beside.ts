import type { Entry } from '../../src/model/entry.ts';
import type { Estate } from '../../src/model/estate.ts';
import type { Ingress } from '../../src/model/ingress.ts';
import type { ConfigMap } from '../../src/model/objects.ts';
import { PREFIX } from './annotation.ts';

/** Another rule's annotation that decides whether this one has any effect; null where absent or empty. */
export function beside(ingress: Ingress, name: string): string | null {
  const entry = ingress.annotations.find((each) => each.name === `${PREFIX}${name}` && each.value !== '' && each.malformed !== true);
  return entry?.value ?? null;
}

/**
 * A setting of the controller's ConfigMap, which nothing but its keys makes known; null where no ConfigMap of the input
 * has it, and then the controller's default holds as far as one can see.
 */
export function controllerSetting(estate: Estate, key: string): string | null {
  const found = estate.configMaps.flatMap(({ data }) => data.filter((entry) => entry.name === `data.${key}` && entry.malformed !== true));
  return found[0]?.value.trim() ?? null;
}

/** A ConfigMap of the input, by name. */
export function configMapNamed(estate: Estate, namespace: string, name: string): ConfigMap | null {
  return estate.configMaps.find(({ ref }) => ref.namespace === namespace && ref.name === name) ?? null;
}

/** Keys and values of a ConfigMap. */
export function dataOf(map: ConfigMap): readonly { readonly name: string; readonly value: string; readonly entry: Entry }[] {
  return map.data.map((entry) => ({ name: entry.name.slice('data.'.length), value: entry.value, entry }));
}
