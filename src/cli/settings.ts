import { packs } from '../../rules/index.ts';
import type { ConvertOptions } from '../options.ts';
import type { Vendor } from '../route/table.ts';
import { vendorsOf } from '../rule/claim.ts';
import { nearest } from '../rule/nearest.ts';
import { TARGET_NAMES } from '../targets/index.ts';
import { UsageError } from './io.ts';
import type { RawOptions } from './options.ts';

/** Checked options; a wrong one is said with what was probably meant. */
export function settingsOf(raw: RawOptions): ConvertOptions {
  if (!TARGET_NAMES.includes(raw.target)) throw new UsageError(unknown('target', raw.target, TARGET_NAMES));
  return {
    target: raw.target,
    release: { version: raw.gatewayApi, channel: raw.channel },
    gatewayClass: raw.gatewayClass ?? null,
    gatewayNamespace: raw.gatewayNamespace === undefined ? null : label(raw.gatewayNamespace, '--gateway-namespace'),
    classes: Object.fromEntries(raw.class.map(classOf)),
    defaultCertificate: raw.defaultCertificate === undefined ? null : secretOf(raw.defaultCertificate),
    onSecurityLoss: raw.onSecurityLoss,
    defaultNamespace: label(raw.defaultNamespace, '--default-namespace'),
  };
}

function classOf(text: string): readonly [string, Vendor] {
  const [name, vendorName = ''] = text.split('=', 2);
  const vendors = vendorsOf(packs);
  const vendor = vendors.find((candidate) => candidate === vendorName);
  if (name === undefined || name === '' || !text.includes('=')) throw new UsageError(`--class takes NAME=VENDOR, not "${text}"`);
  if (vendor === undefined) throw new UsageError(unknown('vendor', vendorName, vendors));
  return [name, vendor];
}

function secretOf(text: string): { namespace: string; name: string } {
  const [namespace = '', name = '', ...rest] = text.split('/');
  if (namespace === '' || name === '' || rest.length > 0) throw new UsageError(`--default-certificate takes NAMESPACE/NAME, not "${text}"`);
  return { namespace: label(namespace, '--default-certificate'), name };
}

function label(text: string, option: string): string {
  if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(text)) throw new UsageError(`${option}: "${text}" is no namespace`);
  return text;
}

export function unknown(what: string, value: string, known: readonly string[]): string {
  const meant = nearest(value, known);
  return `no ${what} is called "${value}"${meant === null ? '' : `; did you mean ${meant}?`} (known: ${known.join(', ')})`;
}
