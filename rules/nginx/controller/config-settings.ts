import type { Entry } from '../../../src/model/entry.ts';
import type { Codec } from '../../../src/rule/codec.ts';
import { nearest } from '../../../src/rule/nearest.ts';
import { PREFIX } from '../annotation.ts';
import { annotationRules } from '../annotations.ts';
import { routingRules } from '../routing-rules.ts';
import { configKey } from './config-key.ts';
import type { Controller } from './controller.ts';
import { INHERITED, ONLY_CONFIG } from './keys.ts';

/** One setting of the ConfigMap. `entry` is the one that rules read, by the name they read it under. */
export type ConfigSetting = { readonly key: string; readonly entry: Entry } & (
  | { readonly kind: 'only-config' }
  /** Full names of the annotations beside which it is not looked at. */
  | { readonly kind: 'inherited'; readonly overriddenBy: readonly string[] }
  /** The controller logs it and takes its default; an annotation with such a value might have stopped the Ingress. */
  | { readonly kind: 'invalid'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly meant: string | null }
);

export function configSettings({ config }: Pick<Controller, 'config'>): readonly ConfigSetting[] {
  return [...(config ?? [])].map(([key, entry]): ConfigSetting => {
    if (ONLY_CONFIG.has(key)) return { kind: 'only-config', key, entry: readUnder(configKey(key), entry) };
    const inherited = INHERITED.get(key);
    if (inherited === undefined) return { kind: 'unknown', key, entry, meant: nearest(key, [...INHERITED.keys(), ...ONLY_CONFIG]) };
    const annotation = `${PREFIX}${inherited.annotation}`;
    const parsed = CODECS.get(annotation)?.parse(entry.value) ?? { ok: true };
    // nginx does not start with such a list, so nobody is let in by it: the rule of the annotation keeps its routes closed.
    if (!parsed.ok && !LISTS.has(key)) return { kind: 'invalid', key, entry, reason: parsed.reason };
    const overriddenBy = [annotation, ...inherited.unless.map((name) => `${PREFIX}${name}`)];
    return { kind: 'inherited', key, entry: readUnder(annotation, entry), overriddenBy };
  });
}

const LISTS: ReadonlySet<string> = new Set(['whitelist-source-range', 'denylist-source-range']);

const CODECS: ReadonlyMap<string, Codec<unknown>> = new Map(
  [...routingRules, ...annotationRules].flatMap((rule) =>
    Object.values(rule.reads).map(({ annotation, codec }) => [annotation, codec] as const),
  ),
);

/** One object for each setting, whichever Ingress reads it: the ledger tells entries apart by identity. */
const renamed = new WeakMap<Entry, Entry>();

function readUnder(name: string, entry: Entry): Entry {
  const made = renamed.get(entry) ?? { ...entry, name };
  renamed.set(entry, made);
  return made;
}
