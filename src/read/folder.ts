import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { compareText } from '../model/position.ts';
import { findSource } from './findings.ts';
import { fileStart, shown, unreadable, type Walk } from './walk.ts';

/**
 * Collects the manifests under a folder. Hidden folders and node_modules are passed over. A link is followed as long as
 * it stays inside one of `roots` (real paths), each folder behind a link once, so that loops end.
 */
export async function walkFolder(folder: string, roots: readonly string[], walk: Walk): Promise<void> {
  const behindLinks = new Set<string>();
  const links = await walkReal(folder, false, walk);
  for (let link = links.shift(); link !== undefined; link = links.shift()) {
    const real = await orNull(realpath(link));
    if (real === null) {
      if (isManifest(link)) walk.problems.push(findSource['symlink-broken']({ path: shown(link) }, fileStart(link)));
      continue;
    }
    const target = await orNull(stat(real));
    if (target === null || (target.isFile() && !isManifest(link)) || !(target.isFile() || target.isDirectory())) continue;
    if (!roots.some((root) => real === root || real.startsWith(root.endsWith(sep) ? root : root + sep))) {
      walk.problems.push(findSource['symlink-outside']({ path: shown(link), target: shown(real) }, fileStart(link)));
    } else if (target.isFile()) {
      walk.candidates.push({ path: link, real, viaLink: true });
    } else if (!behindLinks.has(real)) {
      behindLinks.add(real);
      links.push(...(await walkReal(link, true, walk)));
    }
  }
}

/** Everything that is no link, depth first, by name. Returns the links. */
async function walkReal(folder: string, viaLink: boolean, walk: Walk): Promise<string[]> {
  let children: Dirent[];
  try {
    children = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    unreadable(folder, error, walk);
    return [];
  }
  const links: string[] = [];
  for (const child of children.sort((a, b) => compareText(a.name, b.name))) {
    const path = join(folder, child.name);
    if (isPassedOver(child.name) && !child.isFile()) continue;
    if (child.isSymbolicLink()) links.push(path);
    else if (child.isDirectory()) links.push(...(await walkReal(path, viaLink, walk)));
    else if (child.isFile() && isManifest(path)) walk.candidates.push({ path, real: (await orNull(realpath(path))) ?? path, viaLink });
  }
  return links;
}

function isPassedOver(name: string): boolean {
  return name === 'node_modules' || name.startsWith('.');
}

function isManifest(path: string): boolean {
  return /\.(ya?ml|json)$/i.test(path);
}

async function orNull<T>(promise: Promise<T>): Promise<T | null> {
  return promise.catch(() => null);
}
