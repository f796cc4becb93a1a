import type { Entry } from '../../../src/model/entry.ts';
import type { Estate } from '../../../src/model/estate.ts';
import type { ConfigMap } from '../../../src/model/objects.ts';
import { compareText } from '../../../src/model/position.ts';
import type { ConvertOptions } from '../../../src/options.ts';
import { type Flags, flagsOf, fullName } from './flags.ts';

/** What configures the controller as a whole, as far as the input has it. */
export interface Controller {
  /** Of its ConfigMap, by key; null when it is not in the input. */
  readonly config: ReadonlyMap<string, Entry> | null;
  /** Why there is no `config` although somebody spoke of one; '' when nobody did. */
  readonly missing: string;
  readonly flags: Flags;
  /** External ports and the Services behind them. */
  readonly streams: { readonly TCP: readonly Entry[]; readonly UDP: readonly Entry[] };
}

/** Asked once for each Ingress, and the same all through a run. */
const known = new WeakMap<Estate, { readonly options: ConvertOptions; readonly controller: Controller }>();

export function controllerOf(estate: Estate, options: ConvertOptions): Controller {
  const kept = known.get(estate);
  if (kept?.options === options) return kept.controller;
  const controller = readController(estate, options);
  known.set(estate, { options, controller });
  return controller;
}

function readController(estate: Estate, options: ConvertOptions): Controller {
  const flags = flagsOf(estate, options);
  const config = configMapOf(estate, options, flags);
  return {
    flags,
    missing: config === null ? missingConfig(estate, options, flags) : '',
    config: config === null ? valuesOf(estate, 'spec.controller.config') : byKey(config.data, 'data.'),
    streams: {
      TCP: streamsOf(estate, flags.get('tcp-services-configmap'), TCP_NAME, 'spec.tcp'),
      UDP: streamsOf(estate, flags.get('udp-services-configmap'), UDP_NAME, 'spec.udp'),
    },
  };
}

/** Names that the installations of the project, of its Helm chart, of RKE and of MicroK8s give it. */
const CONFIG_NAME =
  /^(?:(?:.+-)?(?:ingress-nginx-controller|nginx-ingress-controller)|nginx-configuration|nginx-load-balancer-conf|nginx-load-balancer-microk8s-conf)$/;
const TCP_NAME = /^(?:tcp-services|(?:.+-)?ingress-nginx-tcp|nginx-ingress-tcp-microk8s-conf)$/;
const UDP_NAME = /^(?:udp-services|(?:.+-)?ingress-nginx-udp|nginx-ingress-udp-microk8s-conf)$/;

/** As the user says, else as the controller's flags say, else the only one with a usual name. */
function configMapOf(estate: Estate, options: ConvertOptions, flags: Flags): ConfigMap | null {
  const name = options.nginxConfigMap ?? fullName(flags.get('configmap'));
  return name === null ? onlyNamed(estate, CONFIG_NAME) : named(estate, name);
}

/** One was named and is not there, or several have a usual name: which of them is in force is not guessed. */
function missingConfig(estate: Estate, options: ConvertOptions, flags: Flags): string {
  const name = options.nginxConfigMap ?? fullName(flags.get('configmap'));
  if (name !== null) return `ConfigMap ${name.namespace}/${name.name} is not in the input`;
  const maps = estate.configMaps.filter(({ ref }) => CONFIG_NAME.test(ref.name)).map(({ ref }) => `ConfigMap ${ref.namespace}/${ref.name}`);
  const values = estate.others.filter(({ ref }) => ref.kind === 'HelmValues').map(({ ref }) => `Helm values ${ref.name}`);
  const found = [...maps, ...values].sort(compareText);
  return found.length > 1 ? `several may be the one: ${found.join(', ')}` : '';
}

function named(estate: Estate, { namespace, name }: { readonly namespace: string; readonly name: string }): ConfigMap | null {
  return estate.configMaps.find(({ ref }) => ref.namespace === namespace && ref.name === name) ?? null;
}

function onlyNamed(estate: Estate, pattern: RegExp): ConfigMap | null {
  const found = estate.configMaps.filter(({ ref }) => pattern.test(ref.name));
  return found.length === 1 ? (found[0] ?? null) : null;
}

function streamsOf(estate: Estate, flag: string | undefined, pattern: RegExp, helm: string): readonly Entry[] {
  const name = fullName(flag);
  const map = name === null ? onlyNamed(estate, pattern) : named(estate, name);
  return [...(map === null ? (valuesOf(estate, helm) ?? new Map<string, Entry>()) : byKey(map.data, 'data.')).values()];
}

/** The members of one map of the Helm values, of which there may be one file. */
function valuesOf(estate: Estate, path: string): ReadonlyMap<string, Entry> | null {
  const [values, ...more] = estate.others.filter(({ ref }) => ref.kind === 'HelmValues');
  if (values === undefined || more.length > 0) return null;
  const found = byKey(values.entries, path);
  return found.size === 0 ? null : found;
}

/** Field paths put keys with dashes into brackets: `spec.controller.config["use-gzip"]`. */
function byKey(entries: readonly Entry[], path: string): ReadonlyMap<string, Entry> {
  return new Map(
    entries.flatMap((entry): readonly (readonly [string, Entry])[] => {
      if (entry.malformed === true || !entry.name.startsWith(path)) return [];
      const key = entry.name.slice(path.length).replace(/^\.|^\["|"\]$/g, '');
      return [[key, entry]];
    }),
  );
}
