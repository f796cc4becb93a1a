import type { Entry } from '../../../src/model/entry.ts';
import type { Estate } from '../../../src/model/estate.ts';
import type { Ingress } from '../../../src/model/ingress.ts';
import type { ConvertOptions } from '../../../src/options.ts';
import { PREFIX } from '../annotation.ts';
import { type ConfigSetting, configSettings } from './config-settings.ts';
import { controllerOf } from './controller.ts';

/**
 * A setting of the ConfigMap holds for every Ingress that does not say otherwise: it is read as the annotation that the Ingress
 * does not have. Settings without an annotation are read under `configmap:` and their key.
 */
export function inherit(estate: Estate, options: ConvertOptions): (ingress: Ingress) => Ingress {
  const settings = configSettings(controllerOf(estate, options));
  if (settings.length === 0) return (ingress) => ingress;
  return (ingress) => {
    const own = new Set(ingress.annotations.filter(({ value }) => value.trim() !== '').map(({ name }) => name));
    const optedOut = ingress.annotations.some(({ name, value }) => name === `${PREFIX}enable-global-auth` && value.trim() === 'false');
    const inherited = settings.flatMap((setting) => (isRead(setting, own, optedOut) ? [setting.entry] : []));
    return inherited.length === 0 ? ingress : { ...ingress, annotations: [...ingress.annotations, ...inherited] };
  };
}

function isRead(setting: ConfigSetting, own: ReadonlySet<string>, optedOut: boolean): setting is ConfigSetting & { readonly entry: Entry } {
  switch (setting.kind) {
    case 'only-config':
      return true;
    case 'inherited':
      return !(optedOut && setting.key.startsWith('global-auth-')) && !setting.overriddenBy.some((name) => own.has(name));
    case 'invalid':
    case 'unknown':
      return false;
    default:
      return setting satisfies never;
  }
}
