import { packs } from '../../rules/index.ts';
import type { Admission } from '../gateway/admission.ts';
import { labelValue, qualifiedName } from '../gateway/constraints/names.ts';
import type { ConvertOptions } from '../options.ts';
import type { GatewayLayout } from '../route/layout.ts';
import type { Vendor } from '../route/table.ts';
import { vendorsOf } from '../rule/claim.ts';
import { nearest } from '../rule/nearest.ts';
import { TARGET_NAMES, targetChoice, targetNamed, versionedName } from '../targets/index.ts';
import { UsageError } from './io.ts';
import type { InputRawOptions, RawOptions } from './options.ts';

/** Checked options; a wrong one is said with what was probably meant. */
export function settingsOf(raw: RawOptions, paths: readonly string[]): ConvertOptions {
  if (paths.includes('-') && raw.crds.includes('-')) throw new UsageError('standard input is read once: give --crds a file');
  rejectLiveOptions(raw);
  const target = knownTarget(raw.target);
  return { ...inputSettingsOf(raw), target, targetOptions: targetOptionsOf(raw.targetOption, target) };
}

/**
 * `NAME` or `NAME@VERSION`, as it is called.
 * @throws UsageError for a target or a version of it that does not exist
 */
export function knownTarget(text: string): string {
  const choice = targetChoice(text);
  switch (choice.kind) {
    case 'target':
      return versionedName(choice.target).label;
    case 'unknown-name':
      throw new UsageError(unknown('target', choice.name, TARGET_NAMES));
    case 'unknown-version':
      throw new UsageError(
        choice.known.length === 0
          ? `the target ${choice.name} has no versions: name it without "@${choice.version}"`
          : `no version "${choice.version}" of ${choice.name} is known (known: ${choice.known.join(', ')})`,
      );
    default:
      return choice satisfies never;
  }
}

/** What does not depend on the target. */
export function inputSettingsOf(raw: InputRawOptions): Omit<ConvertOptions, 'target' | 'targetOptions'> {
  return {
    features: null,
    release: { version: raw.gatewayApi, channel: raw.channel },
    gatewayClass: raw.gatewayClass === undefined ? null : objectName(raw.gatewayClass, '--gateway-class', 'GatewayClass'),
    gatewayNamespace: raw.gatewayNamespace === undefined ? null : namespace(raw.gatewayNamespace, '--gateway-namespace'),
    gateway: raw.gateway === undefined ? null : layoutOf(raw.gateway),
    listeners: raw.listeners,
    foldWildcards: raw.foldWildcard.map(wildcardOf),
    foldAcrossNamespaces: foldsAcross(raw),
    allowedRoutes: admissionOf(raw.allowedRoutes),
    classes: classesOf(raw.class),
    defaultCertificate: raw.defaultCertificate === undefined ? null : fullName(raw.defaultCertificate, '--default-certificate', 'Secret'),
    nginxConfigMap: raw.nginxConfigmap === undefined ? null : fullName(raw.nginxConfigmap, '--nginx-configmap', 'ConfigMap'),
    nginxFlags: flagsOf(raw.nginxFlag),
    onSecurityLoss: raw.onSecurityLoss,
    notServed: raw.notServed,
    loadBalancerServices: raw.loadBalancerServices === true,
    defaultNamespace: namespace(raw.defaultNamespace, '--default-namespace'),
  };
}

const LAYOUTS = ['shared', 'per-namespace', 'per-ingress'] as const;

function layoutOf(text: string): GatewayLayout {
  const kind = LAYOUTS.find((layout) => layout === text);
  if (kind !== undefined) return { kind };
  if (!text.includes('/')) throw new UsageError(`${unknown('layout', text, LAYOUTS)}; or name a Gateway: --gateway NAMESPACE/NAME`);
  return { kind: 'named', ...fullName(text, '--gateway', 'Gateway') };
}

/** Of at least two labels: nobody has a certificate for `*.com`. */
const WILDCARD = /^\*(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?){2,}$/;

function wildcardOf(text: string): string {
  const wildcard = text.toLowerCase();
  if (wildcard.length > 253 || !WILDCARD.test(wildcard))
    throw new UsageError(`--fold-wildcard takes a wildcard such as *.example.com, not "${text}"`);
  return wildcard;
}

function foldsAcross({ foldWildcard, foldAcrossNamespaces, originOf }: InputRawOptions): boolean {
  if (foldAcrossNamespaces === true && foldWildcard.length === 0 && originOf('foldAcrossNamespaces').kind === 'flag')
    throw new UsageError('--fold-across-namespaces says how to fold: name a wildcard with --fold-wildcard');
  return foldAcrossNamespaces === true;
}

const ADMISSIONS = ['listed', 'same', 'all'] as const;

function admissionOf(text: string): Admission {
  const kind = ADMISSIONS.find((each) => each === text);
  if (kind !== undefined) return { kind };
  const [, key = '', value = null] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  // A word alone is more likely a slip than a label.
  const meant = value === null && !key.includes('/') ? nearest(key, ADMISSIONS) : null;
  const isLabel = qualifiedName.safeParse(key).success && (value === null || labelValue.safeParse(value).success);
  if (meant !== null)
    throw new UsageError(`--allowed-routes takes ${ADMISSIONS.join(', ')} or a label, not "${text}"; did you mean ${meant}?`);
  if (!isLabel)
    throw new UsageError(`--allowed-routes takes ${ADMISSIONS.join(', ')} or a label of namespaces (KEY or KEY=VALUE), not "${text}"`);
  return { kind: 'label', key, value };
}

/** What a command line says of a cluster that it does not read is a slip. The file and the environment speak of every run. */
export function rejectLiveOptions(raw: InputRawOptions): void {
  for (const name of raw.namespace) namespace(name, '--namespace');
  if (raw.cluster === true || raw.against === 'cluster') return;
  const slip = LIVE.find((attribute) => raw.originOf(attribute).kind === 'flag');
  if (slip !== undefined) throw new UsageError(`--${slip} is about the cluster: add --cluster to read it`);
}

const LIVE = ['context', 'namespace', 'selector', 'kubectl'] as const;

function classesOf(texts: readonly string[]): Readonly<Record<string, Vendor>> {
  const classes = new Map<string, Vendor>();
  for (const text of texts) {
    const [name, vendor] = classOf(text);
    const before = classes.get(name);
    if (before !== undefined && before !== vendor) throw new UsageError(`--class gives ${name} to both ${before} and ${vendor}`);
    classes.set(name, vendor);
  }
  return Object.fromEntries(classes);
}

function classOf(text: string): readonly [string, Vendor] {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError(`--class takes NAME=VENDOR, not "${text}"`);
  const vendors = vendorsOf(packs);
  const given = text.slice(at + 1);
  const vendor = vendors.find((candidate) => candidate === given);
  if (vendor === undefined) throw new UsageError(unknown('vendor', given, vendors));
  return [text.slice(0, at), vendor];
}

function fullName(text: string, option: string, kind: string): { namespace: string; name: string } {
  const [space = '', name = '', ...rest] = text.split('/');
  if (space === '' || name === '' || rest.length > 0) throw new UsageError(`${option} takes NAMESPACE/NAME, not "${text}"`);
  return { namespace: namespace(space, option), name: objectName(name, option, kind) };
}

/** Flags of ingress-nginx that make a difference to the conversion. */
const READ_FLAGS = ['configmap', 'default-ssl-certificate', 'enable-ssl-passthrough', 'tcp-services-configmap', 'udp-services-configmap'];

/** `--enable-ssl-passthrough`, with or without dashes and value. */
function flagsOf(texts: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    texts.map((text) => {
      const [, name, value = 'true'] = /^(?:--)?([a-z0-9-]+)(?:=(.*))?$/s.exec(text) ?? [];
      if (name === undefined) throw new UsageError(`--nginx-flag takes NAME or NAME=VALUE, not "${text}"`);
      // Whoever hands over all flags of a controller has some that say nothing here; a slip in one that does would go unseen.
      const meant = READ_FLAGS.includes(name) ? null : nearest(name, READ_FLAGS);
      if (meant !== null) throw new UsageError(`--nginx-flag: ingress-nginx has no flag "${name}"; did you mean ${meant}?`);
      return [name, value];
    }),
  );
}

function targetOptionsOf(texts: readonly string[], target: string): Readonly<Record<string, string>> {
  const known = targetNamed(target).options ?? [];
  const pairs = texts.map((text) => {
    const [, name, value = ''] = /^([a-z0-9-]+)=(.*)$/s.exec(text) ?? [];
    if (name === undefined) throw new UsageError(`--target-option takes NAME=VALUE, not "${text}"`);
    const option = known.find((each) => each.name === name);
    if (option === undefined)
      throw new UsageError(
        known.length === 0
          ? `target ${target} has no settings of its own, so --target-option ${name} says nothing`
          : unknown(
              `setting of target ${target}`,
              name,
              known.map((each) => each.name),
            ),
      );
    const problem = option.problem(value);
    if (problem !== null) throw new UsageError(`--target-option ${name}: ${problem}`);
    return [name, value] as const;
  });
  return Object.fromEntries(pairs);
}

/** A DNS label, as Kubernetes wants it. */
function namespace(text: string, option: string): string {
  if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(text)) throw new UsageError(`${option}: no namespace can be called "${text}"`);
  return text;
}

/** A DNS subdomain, as Kubernetes wants it. */
function objectName(text: string, option: string, kind: string): string {
  if (text.length > 253 || !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(text))
    throw new UsageError(`${option}: no ${kind} can be called "${text}"`);
  return text;
}

export function unknown(what: string, value: string, known: readonly string[]): string {
  const meant = nearest(value, known);
  return `no ${what} is called "${value}"${meant === null ? '' : `; did you mean ${meant}?`} (known: ${known.join(', ')})`;
}
