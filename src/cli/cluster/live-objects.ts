import { isObject, type Json, member } from '../../model/json.ts';
import { compareText } from '../../model/position.ts';
import type { SourceFile } from '../../model/source.ts';
import { InputError } from '../io.ts';

/**
 * The objects in what `kubectl get -o json` prints: those of a List, or the one.
 * @throws InputError for anything else
 */
export function objectsIn(text: string): readonly Json[] {
  if (text.trim() === '') return [];
  const value = jsonIn(text);
  const items = member(value, 'items');
  return Array.isArray(items) ? items : [value];
}

function jsonIn(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError(`kubectl printed no JSON where it was asked for it, but ${JSON.stringify(text.trim().slice(0, 60))}`);
  }
}

/**
 * Objects as files to read, one each, by name: `cluster: ingress/shop/web`. Of one that was read twice, by two namespaces or
 * two kinds of the same name, the first counts.
 */
export function liveFiles(objects: readonly Json[]): readonly SourceFile[] {
  const files = new Map<string, SourceFile>();
  for (const object of objects) {
    const file = nameOf(object);
    if (!files.has(file)) files.set(file, { file, text: JSON.stringify(object, null, 4), live: true });
  }
  return [...files.values()].sort((a, b) => compareText(a.file, b.file));
}

function nameOf(object: Json): string {
  const metadata = member(object, 'metadata');
  const parts = [member(object, 'kind'), member(metadata, 'namespace'), member(metadata, 'name')];
  const [kind = '', ...names] = parts.filter((part): part is string => typeof part === 'string');
  return `cluster: ${[kind.toLowerCase(), ...names].join('/')}`;
}

/** What only the server writes, and nobody would hold it against: dropped before anything is kept. */
export function withoutBookkeeping(object: Json): Json {
  const metadata = member(object, 'metadata');
  if (!isObject(object) || !isObject(metadata)) return object;
  const { managedFields: _, ...kept } = metadata;
  return { ...object, metadata: kept };
}

/** What is said of an Ingress that is only passing, or has something that is. */
export interface Passing {
  readonly solvers: readonly string[];
  readonly leaving: readonly string[];
  readonly challenged: readonly string[];
}

const SOLVER = 'acme.cert-manager.io/http01-solver';
const CHALLENGE = '/.well-known/acme-challenge/';

/** Ingresses without those that cert-manager makes for one challenge, and those that are being deleted. */
export function withoutPassing(objects: readonly Json[]): { readonly kept: readonly Json[]; readonly passing: Passing } {
  const passing = { solvers: [] as string[], leaving: [] as string[], challenged: [] as string[] };
  const kept = objects.filter((object) => {
    if (member(object, 'kind') !== 'Ingress') return true;
    const metadata = member(object, 'metadata');
    const name = [member(metadata, 'namespace'), member(metadata, 'name')].join('/');
    if (member(member(metadata, 'labels'), SOLVER) === 'true') {
      passing.solvers.push(name);
      return false;
    }
    if (typeof member(metadata, 'deletionTimestamp') === 'string') {
      passing.leaving.push(name);
      return false;
    }
    if (hasChallenge(object)) passing.challenged.push(name);
    return true;
  });
  return { kept, passing };
}

/** With `edit-in-place` the path of a challenge stands in the Ingress itself while it runs. */
function hasChallenge(ingress: Json): boolean {
  const rules = member(member(ingress, 'spec'), 'rules');
  const paths = Array.isArray(rules) ? rules.map((rule) => member(member(rule, 'http'), 'paths')) : [];
  return paths.some((list) => Array.isArray(list) && list.some((each) => `${member(each, 'path')}`.startsWith(CHALLENGE)));
}
