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
export function shortened(name: string, limit: number): string {
  return name.length <= limit ? name : `${name.slice(0, limit - 9).replace(/[-.]+$/, '')}-${shortHash(name)}`;
}

/**
 * A name for each identity: the wanted one where it is wanted once, with a hash of the identity where several want the
 * same. Independent of order; two identities never get the same name.
 */
export function uniqueNames(wanted: ReadonlyMap<string, string>, limit: number): ReadonlyMap<string, string> {
  const byName = new Map<string, string[]>();
  for (const [identity, name] of wanted) {
    const short = shortened(name, limit);
    const known = byName.get(short);
    if (known === undefined) byName.set(short, [identity]);
    else known.push(identity);
  }
  const names = new Map<string, string>();
  const taken = new Set(byName.keys());
  for (const [name, identities] of [...byName].sort(([a], [b]) => compareText(a, b))) {
    const [only] = identities;
    if (identities.length === 1 && only !== undefined) names.set(only, name);
    else for (const identity of identities.sort(compareText)) names.set(identity, freeName(name, identity, taken, limit));
  }
  return names;
}

/** Somebody may have called something else by the very hash. */
function freeName(name: string, identity: string, taken: Set<string>, limit: number): string {
  const stem = name.slice(0, limit - 9).replace(/[-.]+$/, '');
  let hashed = shortHash(identity);
  while (taken.has(`${stem}-${hashed}`)) hashed = shortHash(hashed);
  taken.add(`${stem}-${hashed}`);
  return `${stem}-${hashed}`;
}

/** `wanted` values are `namespace/name`, names being unique within a namespace; the result has the bare names. */
export function uniquePerNamespace(wanted: ReadonlyMap<string, string>, limit: number): ReadonlyMap<string, string> {
  const byNamespace = new Map<string, Map<string, string>>();
  for (const [identity, full] of wanted) {
    const namespace = full.slice(0, full.indexOf('/'));
    const names = byNamespace.get(namespace) ?? new Map<string, string>();
    names.set(identity, full.slice(full.indexOf('/') + 1));
    byNamespace.set(namespace, names);
  }
  return new Map([...byNamespace.values()].flatMap((names) => [...uniqueNames(names, limit)]));
}
