import { createHash } from 'node:crypto';
import { compareText } from '../model/position.ts';

/** A host as part of a name: `*.example.com` → `wildcard-example-com`, '' → `any-host`. Not unique: see `uniqueNames`. */
export function hostSlug(host: string): string {
  if (host === '') return 'any-host';
  return slug(host.replace(/^\*\./, 'wildcard.'));
}

/** Lower-case letters, digits and dashes. */
export function slug(text: string): string {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return name === '' ? 'x' : name;
}

export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/** A name of at most `limit` characters; what was cut off is stood for by a hash of the whole. */
export function fit(name: string, limit: number): string {
  return name.length <= limit ? name : `${name.slice(0, limit - 9).replace(/-+$/, '')}-${shortHash(name)}`;
}

/**
 * A name for each identity: the wanted one where it is wanted once, with a hash of the identity where several want the
 * same. Independent of order; two identities never get the same name.
 */
export function uniqueNames(wanted: ReadonlyMap<string, string>, limit: number): ReadonlyMap<string, string> {
  const byName = new Map<string, string[]>();
  for (const [identity, name] of wanted) byName.set(fit(name, limit), [...(byName.get(fit(name, limit)) ?? []), identity]);
  const names = new Map<string, string>();
  for (const [name, identities] of [...byName].sort(([a], [b]) => compareText(a, b))) {
    for (const identity of identities) {
      names.set(identity, identities.length === 1 ? name : fit(`${name.slice(0, limit - 9)}-${shortHash(identity)}`, limit));
    }
  }
  return names;
}
