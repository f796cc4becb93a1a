import type { Entry, IngressRef } from '../../../src/model/entry.ts';
import type { Ingress, IngressBackend, IngressPath, IngressRule, IngressTls } from '../../../src/model/ingress.ts';
import { type Json, member } from '../../../src/model/json.ts';
import type { OtherObject } from '../../../src/model/objects.ts';
import { entriesUnder, fieldsOf, lengthAt, valueAt } from '../object-fields.ts';

type Path = readonly (string | number)[];

const SPEC: Path = ['spec', 'template', 'spec'];

/** What a MultiClusterIngress calls otherwise than an Ingress. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['networking.gke.io/pre-shared-certs', 'ingress.gcp.kubernetes.io/pre-shared-cert'],
  ['networking.gke.io/frontend-config', 'networking.gke.io/v1beta1.FrontendConfig'],
]);

/**
 * A MultiClusterIngress as an Ingress with the same meaning: it has the fields of `extensions/v1beta1` under a template, no
 * path types, and names of its own for some annotations. Entries keep their keys.
 */
export function ingressOf(object: OtherObject): Ingress {
  const ref: IngressRef = { kind: 'Ingress', namespace: object.ref.namespace, name: object.ref.name, at: object.at };
  return {
    ref,
    apiVersion: 'networking.k8s.io/v1',
    createdAt: null,
    isEmpty: false,
    labels: {},
    annotations: object.entries.filter(({ kind }) => kind === 'annotation').flatMap(renamed),
    spec: fieldsOf(object),
    className: null,
    addresses: [],
    defaultBackend: backendAt(object, [...SPEC, 'backend']),
    rules: indices(object, [...SPEC, 'rules']).map((path) => ruleAt(object, path)),
    tls: indices(object, [...SPEC, 'tls']).map((path) => tlsAt(object, path)),
  };
}

function renamed(entry: Entry): readonly Entry[] {
  const name = RENAMED.get(entry.name);
  return name === undefined ? [] : [{ ...entry, name }];
}

function indices(object: OtherObject, path: Path): readonly Path[] {
  return Array.from({ length: lengthAt(object, path) }, (_, index) => [...path, index]);
}

function ruleAt(object: OtherObject, path: Path): IngressRule {
  const http = valueAt(object, [...path, 'http']);
  const isEmpty = http !== undefined && lengthAt(object, [...path, 'http', 'paths']) === 0;
  return {
    host: textOf(valueAt(object, [...path, 'host']))?.toLowerCase() ?? '',
    paths: http === undefined ? null : indices(object, [...path, 'http', 'paths']).map((each) => pathAt(object, each)),
    entries: [...entriesUnder(object, [...path, 'host']), ...(isEmpty ? entriesUnder(object, [...path, 'http']) : [])],
  };
}

function pathAt(object: OtherObject, path: Path): IngressPath {
  return {
    path: textOf(valueAt(object, [...path, 'path'])) ?? '',
    pathType: null,
    backend: backendAt(object, [...path, 'backend']),
    entries: entriesUnder(object, [...path, 'path']),
  };
}

function backendAt(object: OtherObject, path: Path): IngressBackend | null {
  const value = valueAt(object, path);
  const name = textOf(member(value, 'serviceName'));
  if (name === null) return null;
  const port = member(value, 'servicePort');
  const entries = [...entriesUnder(object, [...path, 'serviceName']), ...entriesUnder(object, [...path, 'servicePort'])];
  return { kind: 'service', name, port: typeof port === 'number' ? port : textOf(port), entries };
}

function tlsAt(object: OtherObject, path: Path): IngressTls {
  const hosts = valueAt(object, [...path, 'hosts']);
  return {
    hosts: Array.isArray(hosts) ? hosts.flatMap((host) => textOf(host)?.toLowerCase() ?? []) : [],
    secretName: textOf(valueAt(object, [...path, 'secretName'])),
    entries: [...entriesUnder(object, [...path, 'secretName']), ...entriesUnder(object, [...path, 'hosts'])],
  };
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
