import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { Change } from '../emit/changes.ts';
import { UsageError } from './io.ts';

const FOLDERS = ['infrastructure', 'gateways', 'routes'];

/** Files that stand in the folders we write to, by relative path with `/`. An absent folder is an empty one. */
export async function readFolder(folder: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const part of FOLDERS) {
    const entries = await readdir(join(folder, part), { recursive: true, withFileTypes: true }).catch(absentIsEmpty);
    for (const entry of entries) {
      if (!entry.isFile() || !entry.name.endsWith('.yaml')) continue;
      const path = join(entry.parentPath, entry.name);
      found.set(relative(folder, path).split(sep).join('/'), await readFile(path, 'utf8'));
    }
  }
  return found;
}

function absentIsEmpty(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return [];
  throw new UsageError(`cannot read the output folder: ${error.message}`);
}

/** Each file is written beside its place and renamed into it: nothing is ever half-written. */
export async function applyChanges(folder: string, changes: readonly Change[]): Promise<void> {
  for (const change of changes) {
    if (change.kind === 'kept') continue;
    const path = join(folder, change.path);
    if (change.kind === 'removed') await rm(path);
    else await writeAtomically(path, change.after);
  }
}

export async function writeAtomically(path: string, text: string): Promise<void> {
  const temporary = `${path}.gateshift-tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, text);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new UsageError(`cannot write ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The text of a file, or null where there is none. */
export async function readIfThere(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new UsageError(`cannot read ${path}: ${error.message}`);
  });
}
