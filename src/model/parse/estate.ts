import type { Finding } from '../../ledger/finding.ts';
import type { ObjectRef } from '../entry.ts';
import type { Estate } from '../estate.ts';
import { comparePositions, compareText, type Position } from '../position.ts';
import { apiGroup, type SourceDocument, type SourceFile } from '../source.ts';
import { duplicateIngresses } from './duplicates.ts';
import { findObject } from './findings.ts';
import { identify } from './identity.ts';
import { parseIngress } from './ingress.ts';
import { isIngressVersion, type Role, roleOf } from './kinds.ts';
import { parseConfigMap, parseIngressClass, parseNamespace, parseOther, parseSecret } from './satellites.ts';
import { parseService } from './service.ts';

export interface EstateOptions {
  /** Where objects are taken to be that name no namespace. */
  readonly defaultNamespace: string;
  /** Documents and list items that reading passed over: counted, not looked at. */
  readonly skippedDocuments?: number;
  /** What reading found wrong, to stand with what is found here. */
  readonly findings?: readonly Finding[];
}

/** Parses every object of the input. Nothing of the result depends on the order of files and documents. */
export function buildEstate(files: readonly SourceFile[], documents: readonly SourceDocument[], options: EstateOptions): Estate {
  const findings: Finding[] = [...(options.findings ?? [])];
  const objects = parseObjects(documents, options.defaultNamespace, (finding) => findings.push(finding));
  const ingresses = objects.ingresses.sort((a, b) => byName(a.ref, b.ref) || comparePositions(a.ref.at, b.ref.at));
  findings.push(...duplicateIngresses(ingresses));
  const services = sorted(objects.services);
  const secrets = sorted(objects.secrets);
  return {
    files: files.filter(({ live }) => live === undefined).length,
    liveObjects: files.filter(({ live }) => live === true).length,
    documents: documents.length + (options.skippedDocuments ?? 0),
    ingresses,
    classes: sorted(objects.classes),
    services,
    secrets,
    configMaps: sorted(objects.configMaps),
    namespaces: sorted(objects.namespaces),
    others: sorted(objects.others),
    foreign: sorted(objects.foreign),
    findings: findings.sort(byPlace),
    serviceByName: firstByName(services),
    secretByName: firstByName(secrets),
  };
}

type Mutable<T> = { [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };
type Objects = Mutable<Pick<Estate, 'ingresses' | 'classes' | 'services' | 'secrets' | 'configMaps' | 'namespaces' | 'others' | 'foreign'>>;

function parseObjects(documents: readonly SourceDocument[], defaultNamespace: string, report: (finding: Finding) => void): Objects {
  const objects: Objects = {
    ingresses: [],
    classes: [],
    services: [],
    secrets: [],
    configMaps: [],
    namespaces: [],
    others: [],
    foreign: [],
  };
  let assumed = 0;
  for (const document of documents) {
    const apiVersion = typeof document.value['apiVersion'] === 'string' ? document.value['apiVersion'] : '';
    const role = roleOf(String(document.value['kind']), apiVersion);
    if (role === null) continue;
    if (role === 'unknown-version') {
      report(findObject['unknown-api-version']({ apiVersion }, { at: document.at }));
      continue;
    }
    const identity = identify(document, defaultNamespace, report);
    if (identity === null) continue;
    const isForeign = role === 'foreign';
    if (identity.assumed && !isForeign) assumed += 1;
    // Whether a kind of another API has a namespace is not known.
    const ref = identity.assumed && isForeign ? { ...identity.ref, namespace: '' } : identity.ref;
    parseObject(document, ref, role, apiVersion, objects, report);
  }
  if (assumed > 0) report(findObject['no-namespace']({ count: assumed, namespace: defaultNamespace }));
  return objects;
}

function parseObject(
  document: SourceDocument,
  ref: ObjectRef,
  role: Exclude<Role, 'unknown-version'>,
  apiVersion: string,
  objects: Objects,
  report: (finding: Finding) => void,
): void {
  switch (role) {
    case 'ingress':
      if (isIngressVersion(apiVersion)) objects.ingresses.push(parseIngress(document, ref, apiVersion, report));
      return;
    case 'foreign':
      objects.foreign.push({ ref, apiVersion, at: document.at });
      report(findObject['foreign-ingress']({ apiVersion: apiGroup(apiVersion), name: ref.name }, { at: document.at }));
      return;
    case 'class':
      objects.classes.push(parseIngressClass(document, ref, report));
      return;
    case 'service':
      objects.services.push(parseService(document, ref, report));
      return;
    case 'secret':
      objects.secrets.push(parseSecret(document, ref));
      return;
    case 'config-map':
      objects.configMaps.push(parseConfigMap(document, ref, report));
      return;
    case 'namespace':
      objects.namespaces.push(parseNamespace(document, ref));
      return;
    case 'other':
      objects.others.push(parseOther(document, ref, apiVersion, report));
      return;
    default:
      throw new Error(`role without a parser: ${role satisfies never}`);
  }
}

interface Placed {
  readonly ref: ObjectRef;
  readonly at: Position;
}

function sorted<T extends Placed>(objects: readonly T[]): readonly T[] {
  return objects.toSorted((a, b) => compareText(a.ref.kind, b.ref.kind) || byName(a.ref, b.ref) || comparePositions(a.at, b.at));
}

function byName(a: ObjectRef, b: ObjectRef): number {
  return compareText(a.namespace, b.namespace) || compareText(a.name, b.name);
}

function firstByName<T extends Placed>(objects: readonly T[]): ReadonlyMap<string, T> {
  const first = new Map<string, T>();
  for (const object of objects) {
    const key = `${object.ref.namespace}/${object.ref.name}`;
    if (!first.has(key)) first.set(key, object);
  }
  return first;
}

/** By file, line and column; what concerns the whole run first. */
function byPlace(a: Finding, b: Finding): number {
  if (a.at === null || b.at === null) return Number(a.at !== null) - Number(b.at !== null) || compareText(a.code, b.code);
  return comparePositions(a.at, b.at) || compareText(a.code, b.code) || compareText(JSON.stringify(a.args), JSON.stringify(b.args));
}
