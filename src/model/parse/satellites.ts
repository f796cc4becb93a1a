import type { Finding } from '../../ledger/finding.ts';
import type { Entry, ObjectRef } from '../entry.ts';
import { isObject, type Json, type JsonObject, member } from '../json.ts';
import type { ConfigMap, IngressClass, Namespace, OtherObject, Secret } from '../objects.ts';
import { compareText } from '../position.ts';
import type { SourceDocument } from '../source.ts';
import { annotationText, entryOf, ownerOf, readAnnotations } from './annotations.ts';
import { findObject } from './findings.ts';
import { readLabels, textOf } from './identity.ts';
import { inPieces } from './pieces.ts';
import { typeName } from './readers.ts';
import { entriesIn, settingTree } from './setting-tree.ts';

type Report = (finding: Finding) => void;

export function parseIngressClass(document: SourceDocument, ref: ObjectRef, report: Report): IngressClass {
  const annotations = readAnnotations(document, ownerOf(ref), report);
  const spec = document.value['spec'];
  const parameters = member(spec, 'parameters');
  return {
    ref,
    at: document.at,
    controller: textOf(member(spec, 'controller')) ?? '',
    // The API server's admission plugin compares with this very text.
    isDefault: annotations.some(({ name, value }) => name === 'ingressclass.kubernetes.io/is-default-class' && value === 'true'),
    parameters: isObject(parameters) ? parameters : null,
    annotations,
  };
}

export function parseSecret(document: SourceDocument, ref: ObjectRef): Secret {
  const keys = [document.value['data'], document.value['stringData']].flatMap((data) => (isObject(data) ? Object.keys(data) : []));
  return {
    ref,
    at: document.at,
    type: textOf(document.value['type']) ?? 'Opaque',
    keys: [...new Set(keys)].sort(compareText),
    clientId: textOf(member(document.value['stringData'], 'client_id')) ?? decoded(member(document.value['data'], 'client_id')),
  };
}

export function parseConfigMap(document: SourceDocument, ref: ObjectRef, report: Report): ConfigMap {
  const data = document.value['data'];
  const owner = ownerOf(ref);
  const read = (key: string, value: Json): Entry => {
    const at = document.locate(['data', key], 'key');
    const text = annotationText(value);
    if (text !== null) return inPieces(entryOf(owner, 'field', `data.${key}`, text, at), document.pieces(['data', key]));
    const written = document.written(['data', key]) ?? JSON.stringify(value);
    report(findObject['unquoted-value']({ key, written, type: typeName(value).replace(/^a /, '') }, { at }));
    return { ...entryOf(owner, 'field', `data.${key}`, written, at), malformed: true };
  };
  return { ref, at: document.at, data: isObject(data) ? Object.entries(data).map(([key, value]) => read(key, value)) : [] };
}

export function parseNamespace(document: SourceDocument, ref: ObjectRef): Namespace {
  return { ref, at: document.at, labels: readLabels(document) };
}

export function parseOther(document: SourceDocument, ref: ObjectRef, apiVersion: string, report: Report): OtherObject {
  const owner = ownerOf(ref);
  const spec = settingTree(document, ['spec'], (name, value, at) =>
    entryOf(owner, 'field', name, isSecretField(ref.kind, name) ? '(not shown)' : value, at),
  );
  const value: JsonObject = document.value;
  return { ref, apiVersion, at: document.at, value, entries: [...readAnnotations(document, owner, report), ...entriesIn(spec)] };
}

/** Fields that hold a credential in clear text: what they say is shown nowhere. */
function isSecretField(kind: string, name: string): boolean {
  return kind === 'BackendConfig' && /^spec\.(?:iap\.oauthclientCredentials\.clientSecret|cdn\.signedUrlKeys\[\d+\]\.keyValue)$/.test(name);
}

/** Base64 of plain text on one line; null for anything else. */
function decoded(value: Json | undefined): string | null {
  if (typeof value !== 'string' || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return null;
  const text = Buffer.from(value, 'base64').toString('utf8').trim();
  return /^[!-~]+$/.test(text) ? text : null;
}
