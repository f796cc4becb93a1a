import { createHash } from 'node:crypto';
import type { Entry } from '../model/entry.ts';
import type { Finding } from './finding.ts';

/**
 * What a finding about one setting is known by from run to run, as 16 hexadecimal digits: code, Ingress, setting and value.
 * Files, lines and list positions are no part of it, so it outlives moves. Another value is another finding: what is lost
 * is then something else.
 */
export function settingFingerprint(code: string, entry: Entry): string {
  return digest([code, ownerOf(entry), settingOf(entry), entry.value]);
}

/** The same of a finding that is not about one setting. */
export function findingFingerprint({ code, ingress, host, args }: Finding): string {
  const named = Object.entries(args).map(([name, value]) => `${name}=${String(value).replace(PLACE, '')}`);
  return digest([code, ingress === null ? '' : `${ingress.namespace}/${ingress.name}`, host ?? '', ...named.sort()]);
}

/** A setting without its list positions: `spec.rules.http.paths.path`. */
export function settingOf({ key }: Entry): string {
  return key.replace(/\[\d+\]/g, '');
}

function ownerOf({ object, ingress }: Entry): string {
  const { kind, namespace, name } = ingress ?? object;
  return `${kind} ${namespace}/${name}`;
}

/** `:12` and `:12:3` at the end of a file name. */
const PLACE = /:\d+(?::\d+)?(?=\D|$)/g;

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}
