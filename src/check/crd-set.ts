import { isObject, type Json, type JsonObject, member } from '../model/json.ts';
import { compareText } from '../model/position.ts';

/** One parsed document of what the user gave with `--crds`. */
export interface CrdDocument {
  /** Where it came from, with `/`; a bare JSON schema says its kind and version only here (`backend_v1alpha1.json`). */
  readonly source: string;
  readonly value: Json;
}

export interface CrdVersion {
  readonly name: string;
  readonly served: boolean;
  readonly schema: JsonObject;
}

export interface Crd {
  /** null for a bare JSON schema whose folder does not name an API group. */
  readonly group: string | null;
  /** Lower case: file names of bare schemas keep no case. */
  readonly kind: string;
  readonly source: string;
  readonly versions: readonly CrdVersion[];
}

export interface CrdSet {
  /** By source, so that the order of the files does not matter. */
  readonly crds: readonly Crd[];
  /** Documents that are neither a CustomResourceDefinition, nor a List, nor a JSON schema. */
  readonly ignored: readonly { readonly source: string; readonly reason: string }[];
}

/**
 * Collects CRDs from parsed documents: `CustomResourceDefinition` (apiextensions.k8s.io/v1), a `List` of them as
 * `kubectl get crd -o yaml` prints it, or a bare JSON schema of one kind in a file called `<kind>_<version>.json`,
 * as public schema catalogues keep them. Throws nothing; what it cannot use is in `ignored`.
 */
export function crdSet(documents: readonly CrdDocument[]): CrdSet {
  const crds: Crd[] = [];
  const ignored: { source: string; reason: string }[] = [];
  for (const { source, value } of documents) {
    for (const item of flatten(value)) {
      const read = readCrd(source, item);
      if (typeof read === 'string') ignored.push({ source, reason: read });
      else crds.push(read);
    }
  }
  return { crds: crds.sort((a, b) => compareText(a.source, b.source)), ignored: ignored.sort((a, b) => compareText(a.source, b.source)) };
}

/** The definition of a kind, or null. A real CRD wins over a bare schema, a bare schema of the same group over one of none. */
export function findCrd(set: CrdSet, group: string, kind: string): Crd | null {
  const named = set.crds.filter((crd) => crd.kind === kind.toLowerCase());
  return named.find((crd) => crd.group === group) ?? named.find((crd) => crd.group === null) ?? null;
}

function flatten(value: Json): readonly Json[] {
  const items = member(value, 'items');
  const kind = member(value, 'kind');
  if (typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items)) return items.flatMap(flatten);
  return [value];
}

function readCrd(source: string, value: Json): Crd | string {
  if (!isObject(value)) return 'not an object';
  if (member(value, 'kind') === 'CustomResourceDefinition') return readDefinition(source, value);
  if (isObject(member(value, 'properties'))) return readBareSchema(source, value);
  return 'neither a CustomResourceDefinition nor a JSON schema';
}

function readDefinition(source: string, value: JsonObject): Crd | string {
  const spec = member(value, 'spec');
  const group = member(spec, 'group');
  const kind = member(member(spec, 'names'), 'kind');
  const versions = member(spec, 'versions');
  if (typeof group !== 'string' || typeof kind !== 'string' || !Array.isArray(versions)) {
    return 'a CustomResourceDefinition without spec.group, spec.names.kind or spec.versions';
  }
  return { group, kind: kind.toLowerCase(), source, versions: versions.flatMap(readVersion) };
}

function readVersion(value: Json): CrdVersion[] {
  const name = member(value, 'name');
  const schema = member(member(value, 'schema'), 'openAPIV3Schema');
  if (typeof name !== 'string') return [];
  return [{ name, served: member(value, 'served') !== false, schema: isObject(schema) ? schema : ANYTHING }];
}

/** A version without schema stores what it is given. */
const ANYTHING: JsonObject = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

function readBareSchema(source: string, schema: JsonObject): Crd | string {
  const [, folder, kind, version] = /(?:([^/]*)\/)?([a-z0-9]+)_(v\d+(?:(?:alpha|beta)\d+)?)\.\w+$/i.exec(source) ?? [];
  if (kind === undefined || version === undefined) return 'a JSON schema in a file that is not called <kind>_<version>.json';
  const group = folder !== undefined && API_GROUP.test(folder) ? folder : null;
  return { group, kind: kind.toLowerCase(), source, versions: [{ name: version, served: true, schema }] };
}

/** A folder is taken for an API group when it ends like a domain: `networking.gke.io`, but not `kgateway-v2.1`. */
const API_GROUP = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}$/;
