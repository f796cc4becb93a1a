import { rmSync } from 'node:fs';
import { chmod, lstat, mkdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A whole file beside the place it will be renamed to. */
export interface Staged {
  readonly path: string;
  readonly temporary: string;
  /** The outermost folder that was made for it; undefined where it stood. */
  readonly madeFolder: string | undefined;
}

/** Staged files that are not in place yet: they go with the process when it is interrupted. */
const pending = new Set<string>();
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Writes a file beside its place, with the mode of the file it will replace. On an error nothing of it is left. `isPrivate`: for
 * its owner alone, whatever stood there. `makeFolder`: the folder need not exist.
 */
export async function stage(
  path: string,
  text: string,
  { isPrivate = false, makeFolder = false }: { readonly isPrivate?: boolean; readonly makeFolder?: boolean } = {},
): Promise<Staged> {
  const temporary = `${path}.${process.pid}.gateshift-tmp`;
  const madeFolder = makeFolder ? await mkdir(dirname(path), { recursive: true, ...(isPrivate ? { mode: 0o700 } : {}) }) : undefined;
  const staged = { path, temporary, madeFolder };
  hold(temporary);
  try {
    await writeFile(temporary, text, { flag: 'wx', ...(isPrivate ? { mode: 0o600 } : {}) });
    const mode = isPrivate ? null : await modeOf(path);
    if (mode !== null) await chmod(temporary, mode);
    return staged;
  } catch (error) {
    await discard([staged]);
    throw error;
  }
}

export async function putInPlace({ path, temporary }: Staged): Promise<void> {
  await rename(temporary, path);
  release(temporary);
}

/** Takes back what was staged, with the folders that were made for it and stayed empty. */
export async function discard(staged: readonly Staged[]): Promise<void> {
  for (const { path, temporary, madeFolder } of staged.toReversed()) {
    await rm(temporary, { force: true }).catch(() => undefined);
    release(temporary);
    if (madeFolder === undefined) continue;
    for (let folder = dirname(path); folder.startsWith(madeFolder); folder = dirname(folder)) await rmdir(folder).catch(() => undefined);
  }
}

/** Renaming over a link, a pipe or a device would put a file in its place. */
export async function isReplaceable(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => null);
  return found === null || found.isFile();
}

async function modeOf(path: string): Promise<number | null> {
  const found = await lstat(path).catch(() => null);
  return found === null ? null : found.mode & 0o777;
}

function hold(temporary: string): void {
  if (pending.size === 0) for (const signal of SIGNALS) process.on(signal, interrupted);
  pending.add(temporary);
}

function release(temporary: string): void {
  pending.delete(temporary);
  if (pending.size === 0) for (const signal of SIGNALS) process.off(signal, interrupted);
}

/** Cleans up, and ends as if nobody had listened. */
function interrupted(signal: NodeJS.Signals): void {
  for (const temporary of pending) rmSync(temporary, { force: true });
  for (const each of SIGNALS) process.off(each, interrupted);
  process.kill(process.pid, signal);
}
