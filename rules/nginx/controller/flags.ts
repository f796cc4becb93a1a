import type { Estate } from '../../../src/model/estate.ts';
import { isObject, type Json, member } from '../../../src/model/json.ts';
import type { OtherObject } from '../../../src/model/objects.ts';
import { compareText } from '../../../src/model/position.ts';
import type { ConvertOptions } from '../../../src/options.ts';

/** Command-line flags of the controller, by name without dashes. A flag without value is `true`. */
export type Flags = ReadonlyMap<string, string>;

/**
 * Those given with `--nginx-flag`, over those of a controller whose Deployment, DaemonSet or Helm values are in the input. Of
 * several controllers nothing is taken: which of them serves a class is not known.
 */
export function flagsOf(estate: Estate, options: Pick<ConvertOptions, 'nginxFlags'>): Flags {
  const found = estate.others.map(flagsIn).filter((flags) => flags.size > 0);
  const [only] = found;
  return new Map([...(found.length === 1 && only !== undefined ? only : []), ...Object.entries(options.nginxFlags)]);
}

function flagsIn({ ref, value }: OtherObject): Flags {
  if (ref.kind === 'HelmValues') return extraArgs(member(member(member(value, 'spec'), 'controller'), 'extraArgs'));
  if (ref.kind !== 'Deployment' && ref.kind !== 'DaemonSet') return new Map();
  const containers = member(member(member(member(value, 'spec'), 'template'), 'spec'), 'containers');
  const controller = itemsOf(containers).find((container) => argumentsOf(container).includes('/nginx-ingress-controller'));
  const given = controller === undefined ? [] : argumentsOf(controller);
  return new Map(given.flatMap((argument) => flagIn(argument.replaceAll('$(POD_NAMESPACE)', ref.namespace))));
}

/** The image starts the controller itself where only arguments are given. */
function argumentsOf(container: Json): readonly string[] {
  const texts = [...itemsOf(member(container, 'command')), ...itemsOf(member(container, 'args'))].filter(
    (item) => typeof item === 'string',
  );
  const image = member(container, 'image');
  const isController = typeof image === 'string' && /(?:ingress-nginx\/controller|nginx-ingress-controller)(?:[-:@]|$)/.test(image);
  return isController ? ['/nginx-ingress-controller', ...texts] : texts;
}

function itemsOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function flagIn(argument: string): readonly (readonly [string, string])[] {
  const [, name, value = 'true'] = /^--([a-z0-9-]+)(?:=(.*))?$/s.exec(argument) ?? [];
  return name === undefined ? [] : [[name, value]];
}

/** Of the Helm chart: `extraArgs: { default-ssl-certificate: ns/name }`. */
function extraArgs(value: Json | undefined): Flags {
  if (!isObject(value)) return new Map();
  return new Map(
    Object.entries(value)
      .sort(([a], [b]) => compareText(a, b))
      .map(([name, flag]) => [name, typeof flag === 'string' ? flag : JSON.stringify(flag)]),
  );
}

/** `namespace/name`; null for anything else. */
export function fullName(text: string | undefined): { readonly namespace: string; readonly name: string } | null {
  const [namespace = '', name = '', ...rest] = (text ?? '').split('/');
  return namespace === '' || name === '' || rest.length > 0 ? null : { namespace, name };
}
