import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { type CrdDocument, type CrdSet, crdSet } from '../../src/check/crd-set.ts';
import type { Release } from '../../src/gateway/release.ts';
import type { Json } from '../../src/model/json.ts';

const FOLDER = new URL('../../../shared/crds/', import.meta.url);

/** The published CRDs are data beside the repository; tests against them are skipped where they are absent. */
export const CRDS_PRESENT = existsSync(FOLDER);

const PATCH = { '1.4': '1.4.1', '1.5': '1.5.1', '1.6': '1.6.1' } as const;

/** Of the release, and of the implementation that a target writes for. */
export function publishedCrds(release: Release, target = 'standard'): CrdSet {
  const own = IMPLEMENTATIONS.get(target);
  return crdFolder([`gateway-api-v${PATCH[release.version]}/${release.channel}`, ...(own === undefined ? [] : [own])].join('+'));
}

const IMPLEMENTATIONS: ReadonlyMap<string, string> = new Map([
  ['traefik', 'traefik-v3.7.9'],
  ['nginx-gateway-fabric', 'nginx-gateway-fabric-v2.6.7'],
  ['istio', 'istio'],
  ['envoy-gateway', 'envoy-gateway-v1.9.0'],
  ['kgateway', 'kgateway'],
]);

const folders = new Map<string, CrdSet>();

/** One folder, or several with `+` between them. Read once a process: what is compiled of a set hangs on the set. */
export function crdFolder(path: string): CrdSet {
  const known = folders.get(path) ?? readFolder(path);
  folders.set(path, known);
  return known;
}

function readFolder(paths: string): CrdSet {
  return crdSet(
    paths.split('+').flatMap((path) => {
      const folder = new URL(`${path}/`, FOLDER);
      return readdirSync(folder).flatMap((file) => documents(`${path}/${file}`, readFileSync(new URL(file, folder), 'utf8')));
    }),
  );
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
