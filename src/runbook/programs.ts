import type { Estate } from '../model/estate.ts';
import { isObject, type Json, member } from '../model/json.ts';
import { compareText } from '../model/position.ts';

/** A controller that runs in the cluster, as its Deployment starts it. */
export interface Program {
  readonly namespace: string;
  readonly name: string;
  readonly serviceAccount: string;
  /** Place of the container in its Pod. */
  readonly container: number;
  /** Major and minor version by the tag of the image; null for a tag that is none. */
  readonly version: readonly [number, number] | null;
  /** By name without dashes; `['']` for one without a value. */
  readonly flags: ReadonlyMap<string, readonly string[]>;
}

/** The Deployments with a container of such an image. @param variables prefix of environment variables that it reads as flags */
export function programs({ others }: Estate, image: RegExp, variables: string | null = null): readonly Program[] {
  return others
    .filter(({ ref, apiVersion }) => ref.kind === 'Deployment' && apiVersion.startsWith('apps/'))
    .flatMap(({ ref, value }) => {
      const pod = member(member(member(value, 'spec'), 'template'), 'spec');
      return listIn(pod, 'containers').flatMap((container, index): readonly Program[] => {
        const name = textIn(container, 'image');
        if (!image.test(name.replace(/@.*$/, ''))) return [];
        const args = [...listIn(container, 'command'), ...listIn(container, 'args')].filter((arg) => typeof arg === 'string');
        const flags = flagsIn(args);
        if (variables !== null) addVariables(flags, listIn(container, 'env'), variables);
        return [
          {
            namespace: ref.namespace,
            name: ref.name,
            serviceAccount: textIn(pod, 'serviceAccountName') || 'default',
            container: index,
            version: versionIn(name),
            flags,
          },
        ];
      });
    })
    .sort((a, b) => compareText(a.namespace, b.namespace) || compareText(a.name, b.name));
}

/** The last one that was given counts, as for a flag that takes one value. */
export function flag({ flags }: Program, name: string): string | null {
  return flags.get(name)?.at(-1) ?? null;
}

/** Go's flags: there, or with a value that is not false. */
export function isOn(program: Program, name: string): boolean {
  const value = flag(program, name);
  return value !== null && !['false', 'f', '0', 'False', 'FALSE', 'F'].includes(value);
}

export function isBefore({ version }: Program, major: number, minor: number): boolean {
  return version !== null && (version[0] < major || (version[0] === major && version[1] < minor));
}

/** `--name=value`, `--name value` and `--name`. */
function flagsIn(args: readonly string[]): Map<string, readonly string[]> {
  const flags = new Map<string, readonly string[]>();
  args.forEach((arg, index) => {
    const [, name, value] = /^--?([A-Za-z][\w-]*)(?:=([\s\S]*))?$/.exec(arg) ?? [];
    if (name === undefined) return;
    const next = args[index + 1];
    const given = value ?? (next === undefined || next.startsWith('-') ? '' : next);
    flags.set(name, [...(flags.get(name) ?? []), given]);
  });
  return flags;
}

function addVariables(flags: Map<string, readonly string[]>, variables: readonly Json[], prefix: string): void {
  for (const variable of variables) {
    const [name, value] = [textIn(variable, 'name'), textIn(variable, 'value')];
    if (!name.startsWith(prefix) || value === '') continue;
    const own = name.slice(prefix.length).toLowerCase().replaceAll('_', '-');
    if (!flags.has(own)) flags.set(own, value.split('\n'));
  }
}

function versionIn(image: string): Program['version'] {
  const [, major, minor] = /:v?(\d+)\.(\d+)/.exec(image.slice(image.lastIndexOf('/') + 1)) ?? [];
  return major === undefined || minor === undefined ? null : [Number(major), Number(minor)];
}

export function listIn(value: Json | undefined, key: string): readonly Json[] {
  const list = member(value, key);
  return Array.isArray(list) ? list : [];
}

export function textIn(value: Json | undefined, key: string): string {
  const text = isObject(value) ? member(value, key) : undefined;
  return typeof text === 'string' ? text : '';
}
