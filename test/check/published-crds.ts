import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { type CrdDocument, type CrdSet, crdSet } from '../../src/check/crd-set.ts';
import type { Release } from '../../src/gateway/release.ts';
import type { Json } from '../../src/model/json.ts';

const FOLDER = new URL('../../../shared/crds/', import.meta.url);

/** The published CRDs are data beside the repository; tests against them are skipped where they are absent. */
export const CRDS_PRESENT = existsSync(FOLDER);

const PATCH = { '1.4': '1.4.1', '1.5': '1.5.1', '1.6': '1.6.1' } as const;

export function publishedCrds(release: Release): CrdSet {
  return crdFolder(`gateway-api-v${PATCH[release.version]}/${release.channel}`);
}

const folders = new Map<string, CrdSet>();

/** Read once a process: what is compiled of a set hangs on the set. */
export function crdFolder(path: string): CrdSet {
  const known = folders.get(path) ?? readFolder(path);
  folders.set(path, known);
  return known;
}

function readFolder(path: string): CrdSet {
  const folder = new URL(`${path}/`, FOLDER);
  return crdSet(readdirSync(folder).flatMap((file) => documents(`${path}/${file}`, readFileSync(new URL(file, folder), 'utf8'))));
}

export function crdFolders(): string[] {
  return CRDS_PRESENT
    ? readdirSync(FOLDER, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && /\.(ya?ml|json)$/.test(entry.name))
        .map((entry) => entry.parentPath.slice(FOLDER.pathname.length).replace(/\/$/, ''))
        .filter((folder, index, all) => all.indexOf(folder) === index)
        .sort()
    : [];
}

function documents(source: string, text: string): CrdDocument[] {
  if (source.endsWith('.json')) {
    const value: Json = JSON.parse(text);
    return [{ source, value }];
  }
  return parseAllDocuments(text).map((document) => {
    const value: Json = document.toJS();
    return { source, value };
  });
}
