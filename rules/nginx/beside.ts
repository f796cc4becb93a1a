import type { Entry } from '../../src/model/entry.ts';
import type { Estate } from '../../src/model/estate.ts';
import type { Ingress } from '../../src/model/ingress.ts';
import type { ConfigMap } from '../../src/model/objects.ts';
import type { ConvertOptions } from '../../src/options.ts';
import { PREFIX } from './annotation.ts';
import { controllerOf } from './controller/controller.ts';

/** Another rule's annotation that decides whether this one has any effect; null where absent or empty. */
export function beside(ingress: Ingress, name: string): string | null {
  const entry = ingress.annotations.find((each) => each.name === `${PREFIX}${name}` && each.value !== '' && each.malformed !== true);
  return entry?.value ?? null;
}

/** A setting of the controller's ConfigMap; null where the input does not have it, and then its default holds as far as one can see. */
export function controllerSetting(estate: Estate, options: ConvertOptions, key: string): string | null {
  return controllerOf(estate, options).config?.get(key)?.value.trim() ?? null;
}

/** A ConfigMap of the input, by name. */
export function configMapNamed(estate: Estate, namespace: string, name: string): ConfigMap | null {
  return estate.configMaps.find(({ ref }) => ref.namespace === namespace && ref.name === name) ?? null;
}

/** Keys and values of a ConfigMap. */
export function dataOf(map: ConfigMap): readonly { readonly name: string; readonly value: string; readonly entry: Entry }[] {
  return map.data.map((entry) => ({ name: entry.name.slice('data.'.length), value: entry.value, entry }));
}
