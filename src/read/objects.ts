import { type Located, type LocatedMap, type Member, mapAt, scalarAt } from './located.ts';

/** A List of Lists goes no deeper than anybody writes; the rest is left as the object it is. */
const MAX_LISTS = 20;

/**
 * The Kubernetes objects of one document: itself, or the items of a `List` (`IngressList`, …), whatever lists they are
 * nested in. What has no kind is no object.
 */
export function objectsIn(node: Located, level = 0): readonly LocatedMap[] {
  if (node.kind !== 'map' || kindOf(node) === '') return [];
  const items = node.members.get('items')?.node;
  if (!kindOf(node).endsWith('List') || items?.kind !== 'list' || level === MAX_LISTS) return [node];
  return items.items.flatMap((item) => objectsIn(item.kind === 'map' ? withTypeOf(node, item) : item, level + 1));
}

/** Names and values of all annotations together; the API server refuses more (`TotalAnnotationSizeLimitB`). */
export const MAX_ANNOTATIONS = 262_144;

/** Where annotations begin that are longer than an object may have; null for any other. */
export function tooManyAnnotations(object: LocatedMap): number | null {
  const metadata = object.members.get('metadata')?.node;
  const annotations = metadata?.kind === 'map' ? metadata.members.get('annotations') : undefined;
  if (annotations?.node.kind !== 'map' || object.end - object.at <= MAX_ANNOTATIONS) return null;
  let size = 0;
  for (const [name, { node }] of annotations.node.members) size += name.length + (node.kind === 'scalar' ? node.written.length : 0);
  return size > MAX_ANNOTATIONS ? annotations.keyAt : null;
}

export function kindOf(node: LocatedMap): string {
  const kind = node.value['kind'];
  return typeof kind === 'string' ? kind : '';
}

export function apiVersionOf(node: LocatedMap): string {
  const version = node.value['apiVersion'];
  return typeof version === 'string' ? version : '';
}

/** The API server leaves kind and apiVersion out of the items of a typed list (`kubectl get --raw`). */
function withTypeOf(list: LocatedMap, item: LocatedMap): LocatedMap {
  const listKind = kindOf(list);
  if (listKind === 'List' || kindOf(item) !== '') return item;
  const version = list.members.get('apiVersion');
  const kind: Member = { keyAt: item.at, node: scalarAt(listKind.slice(0, -4), listKind.slice(0, -4), item.at, item.at) };
  const typed = new Map(item.members).set('kind', kind);
  return mapAt(version === undefined ? typed : typed.set('apiVersion', version), item.at, item.end);
}

/**
 * What is kept of a Secret: its name, its type and the names of its keys. No value enters the program's state but the id of an
 * OAuth client, which every browser gets to see: a policy for Identity-Aware Proxy has it in clear text.
 */
export function withoutSecretValues(node: LocatedMap): LocatedMap {
  const kept = new Map([...node.members].filter(([key]) => ['apiVersion', 'kind', 'type'].includes(key)));
  const metadata = node.members.get('metadata');
  if (metadata?.node.kind === 'map') {
    const names = [...metadata.node.members].filter(([key]) => ['name', 'namespace', 'generateName'].includes(key));
    kept.set('metadata', { ...metadata, node: mapAt(new Map(names), metadata.node.at, metadata.node.end) });
  }
  for (const field of ['data', 'stringData']) {
    const data = node.members.get(field);
    if (data?.node.kind !== 'map') continue;
    const keys = [...data.node.members].map(
      ([key, { keyAt, node: value }]) => [key, { keyAt, node: key === 'client_id' ? value : scalarAt('', '', keyAt, keyAt) }] as const,
    );
    kept.set(field, { ...data, node: mapAt(new Map(keys), data.node.at, data.node.end) });
  }
  return mapAt(kept, node.at, node.end);
}
