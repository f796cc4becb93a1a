import type { Dirent } from 'node:fs';
import { readdir, readFile, rm, rmdir } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import type { Change, Existing } from '../emit/changes.ts';
import { SECRETS_FOLDER } from '../emit/secret-copies.ts';
import { compareText } from '../model/position.ts';
import { UsageError } from './io.ts';
import { discard, putInPlace, type Staged, stage } from './staged-file.ts';

const FOLDERS: readonly string[] = ['access', 'infrastructure', 'gateways', 'routes', SECRETS_FOLDER];
const FILES: readonly string[] = ['report.md', 'report.json', 'kustomization.yaml', 'CODEOWNERS'];

/** Whether a file holds values of Secrets: it is for its owner alone, and no diff shows it. */
export function holdsSecrets(path: string): boolean {
  return path.startsWith(`${SECRETS_FOLDER}/`);
}

/** What stands where we write, by relative path with `/`. An absent folder is an empty one. */
export async function readFolder(folder: string): Promise<Existing> {
  const found = new Map<string, string | null>();
  for (const entry of await children(folder)) {
    if (FOLDERS.includes(entry.name) && entry.isDirectory()) await collect(folder, entry.name, found);
    else if (FOLDERS.includes(entry.name)) found.set(entry.name, null);
    else if (FILES.includes(entry.name)) found.set(entry.name, await textOf(join(folder, entry.name), entry));
  }
  return found;
}

async function collect(folder: string, path: string, found: Map<string, string | null>): Promise<void> {
  for (const entry of await children(join(folder, path))) {
    const child = `${path}/${entry.name}`;
    if (entry.isDirectory()) {
      // A folder where a file should be: it stays.
      if (entry.name.endsWith('.yaml')) found.set(child, null);
      else await collect(folder, child, found);
    } else if (!entry.isFile() || entry.name.endsWith('.yaml')) found.set(child, await textOf(join(folder, child), entry));
  }
}

async function children(folder: string): Promise<readonly Dirent[]> {
  try {
    return (await readdir(folder, { withFileTypes: true })).sort((a, b) => compareText(a.name, b.name));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw failed('read the output folder', folder, error);
  }
}

async function textOf(path: string, entry: Dirent): Promise<string | null> {
  if (!entry.isFile()) return null;
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw failed('read', path, error);
  });
}

/**
 * All files are written beside their places before the first is renamed into its own: nothing is ever half-written, and what
 * does not fit on the disk changes nothing.
 */
export async function applyChanges(folder: string, changes: readonly Change[]): Promise<void> {
  const placeOf = ({ path }: Change) => (isAbsolute(path) ? path : join(folder, path));
  const staged: Staged[] = [];
  for (const change of changes) {
    if (change.kind === 'kept' || change.kind === 'removed') continue;
    const path = placeOf(change);
    await stage(path, change.after, { isPrivate: holdsSecrets(change.path), makeFolder: true }).then(
      (each) => staged.push(each),
      async (error: unknown) => {
        await discard(staged);
        throw failed('write', path, error);
      },
    );
  }
  for (const [index, each] of staged.entries()) {
    await putInPlace(each).catch(async (error: unknown) => {
      await discard(staged.slice(index));
      throw failed('write', each.path, error);
    });
  }
  for (const change of changes) if (change.kind === 'removed') await remove(placeOf(change));
}

async function remove(path: string): Promise<void> {
  try {
    await rm(path);
  } catch (error) {
    throw failed('remove', path, error);
  }
  // The folder of a namespace that has nothing left; any other stays.
  await rmdir(dirname(path)).catch(() => undefined);
}

function failed(what: string, path: string, error: unknown): UsageError {
  return new UsageError(`cannot ${what} ${path}: ${error instanceof Error ? error.message : String(error)}`);
}
