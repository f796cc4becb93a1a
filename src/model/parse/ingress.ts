import type { Finding } from '../../ledger/finding.ts';
import type { IngressRef, ObjectRef } from '../entry.ts';
import type { Ingress, IngressPath, IngressRule, IngressTls, PathType, Setting } from '../ingress.ts';
import { member } from '../json.ts';
import { compareText } from '../position.ts';
import type { SourceDocument } from '../source.ts';
import { entryOf, type Owner, readAnnotations } from './annotations.ts';
import { readBackend } from './backend.ts';
import { findObject } from './findings.ts';
import { readLabels, textOf } from './identity.ts';
import type { IngressVersion } from './kinds.ts';
import { notePlaceholder, readHost } from './names.ts';
import { type Notes, readItems, readMap, readText, readTexts } from './readers.ts';
import { entriesIn, type SettingNode, settingTree } from './setting-tree.ts';

/** Brings an Ingress of any version into the form of `networking.k8s.io/v1`; what is wrong in a part costs that part only. */
export function parseIngress(
  document: SourceDocument,
  object: ObjectRef,
  apiVersion: IngressVersion,
  report: (finding: Finding) => void,
): Ingress {
  const ref: IngressRef = { kind: 'Ingress', namespace: object.namespace, name: object.name, at: document.at };
  const notes: Notes = { report, ingress: ref };
  const owner: Owner = { object: ref, ingress: ref, prefix: '' };
  for (const field of ['name', 'namespace'] as const) {
    notePlaceholder(`metadata.${field}`, object[field], document.locate(['metadata', field], 'key'), notes);
  }
  const spec = settingTree(document, ['spec'], (name, value, at) => entryOf(owner, 'field', name, value, at));
  const fields = readMap(spec, notes);
  const isEmpty = fields === null || !['rules', 'backend', 'defaultBackend', 'tls'].some((name) => fields.children.has(name));
  if (isEmpty) report(findObject['no-spec']({}, { at: spec?.at ?? document.at, ingress: ref }));
  const defaultBackend = fields?.children.get(apiVersion === 'networking.k8s.io/v1' ? 'defaultBackend' : 'backend');
  return {
    ref,
    apiVersion,
    isEmpty,
    createdAt: textOf(member(document.value['metadata'], 'creationTimestamp')),
    labels: readLabels(document),
    addresses: readAddresses(document),
    annotations: readAnnotations(document, owner, report),
    spec: entriesIn(spec),
    className: readClassName(fields?.children.get('ingressClassName'), notes),
    defaultBackend: readBackend(defaultBackend, apiVersion, notes),
    rules: readItems(fields?.children.get('rules'), notes).map((rule) => readRule(rule, apiVersion, notes)),
    tls: readItems(fields?.children.get('tls'), notes).map((section) => readTls(section, notes)),
  };
}

/** Of `status.loadBalancer.ingress`: what the controller last wrote there. */
function readAddresses(document: SourceDocument): readonly string[] {
  const points = member(member(document.value['status'], 'loadBalancer'), 'ingress');
  const addresses = Array.isArray(points)
    ? points.flatMap((point) => textOf(member(point, 'hostname')) ?? textOf(member(point, 'ip')) ?? [])
    : [];
  return [...new Set(addresses)].sort(compareText);
}

function readClassName(node: SettingNode | undefined, notes: Notes): Setting | null {
  const value = readText(node, notes);
  if (value === null || !node || node.leaf === null) return null;
  notePlaceholder(node.name, value, node.at, notes);
  return { value, entry: node.leaf };
}

function readRule(node: SettingNode, version: IngressVersion, notes: Notes): IngressRule {
  const rule = readMap(node, notes);
  const hostNode = rule?.children.get('host');
  const http = rule?.children.get('http');
  const paths = readMap(http, notes)?.children.get('paths');
  return {
    host: hostNode === undefined ? '' : readHost(readText(hostNode, notes) ?? '', hostNode, notes),
    paths: http === undefined || http.value === null ? null : readItems(paths, notes).map((path) => readPath(path, version, notes)),
    entries: leavesOf(node, hostNode, http, paths),
  };
}

function readPath(node: SettingNode, version: IngressVersion, notes: Notes): IngressPath {
  const path = readMap(node, notes);
  const pathNode = path?.children.get('path');
  const typeNode = path?.children.get('pathType');
  return {
    path: readText(pathNode, notes) ?? '',
    pathType: readPathType(typeNode, notes),
    backend: readBackend(path?.children.get('backend'), version, notes),
    entries: leavesOf(node, pathNode, typeNode),
  };
}

const PATH_TYPES: readonly PathType[] = ['Exact', 'Prefix', 'ImplementationSpecific'];

function readPathType(node: SettingNode | undefined, notes: Notes): PathType | null {
  const text = readText(node, notes);
  if (!node || text === null || text === '') return null;
  const known = PATH_TYPES.find((type) => type === text);
  if (known === undefined) {
    const args = { field: node.name, value: text, supported: PATH_TYPES.join(', ') };
    notes.report(findObject['unsupported-value'](args, { at: node.at, ingress: notes.ingress ?? null }));
  }
  return known ?? null;
}

function readTls(node: SettingNode, notes: Notes): IngressTls {
  const section = readMap(node, notes);
  const hostsNode = section?.children.get('hosts');
  const secretNode = section?.children.get('secretName');
  const secretName = readText(secretNode, notes);
  if (secretNode !== undefined && secretName !== null) notePlaceholder(secretNode.name, secretName, secretNode.at, notes);
  return {
    hosts: readTexts(hostsNode, notes).map((host) => readHost(host.text, host.node, notes)),
    secretName: secretName === '' ? null : secretName,
    entries: [...leavesOf(node, secretNode), ...entriesIn(hostsNode)],
  };
}

/** The leaves among these nodes. */
function leavesOf(...nodes: readonly (SettingNode | undefined)[]): IngressRule['entries'] {
  return nodes.flatMap((node) => (node === undefined || node.leaf === null ? [] : [node.leaf]));
}
