import { readFile, realpath, stat } from 'node:fs/promises';
import { normalize } from 'node:path';
import type { Finding } from '../ledger/finding.ts';
import { comparePositions, compareText } from '../model/position.ts';
import type { SourceFile } from '../model/source.ts';
import { decode } from './decode.ts';
import { findSource } from './findings.ts';
import { walkFolder } from './folder.ts';
import { type Candidate, fileStart, shown, unreadable, type Walk } from './walk.ts';

export interface ReadIo {
  /** The whole of standard input. Called once at most. */
  stdin(): Promise<Uint8Array>;
}

export interface Sources {
  /** By name; one name for each file, however many of the paths lead to it. */
  readonly files: readonly SourceFile[];
  readonly problems: readonly Finding[];
  /** What was asked for and could not be read at all: reason enough not to trust the result. */
  readonly unread: readonly string[];
}

/** The file name of what came through standard input. */
export const STDIN = '<stdin>';

/**
 * Reads files, folders (all `.yaml`, `.yml` and `.json` files under them) and `-` for standard input. A file given by
 * name is read whatever its extension. The result does not depend on the order of the paths.
 */
export async function readSources(paths: readonly string[], io: ReadIo): Promise<Sources> {
  const walk: Walk = { candidates: [], problems: [], unread: [] };
  const given = [...new Set(paths.filter((path) => path !== '-').map((path) => normalize(path)))].sort(compareText);
  const roots = (await Promise.all(given.map((path) => realpath(path).catch(() => null)))).filter((root) => root !== null);
  for (const path of given) await collect(path, roots, walk);
  const files: SourceFile[] = [];
  for (const { path } of distinct(walk.candidates)) {
    try {
      files.push({ file: shown(path), text: decode(await readFile(path)) });
    } catch (error) {
      unreadable(path, error, walk);
    }
  }
  if (paths.includes('-')) {
    try {
      files.push({ file: STDIN, text: decode(await io.stdin()) });
    } catch (error) {
      unreadable(STDIN, error, walk);
    }
  }
  return {
    files: files.sort((a, b) => compareText(a.file, b.file)),
    problems: distinctProblems(walk.problems),
    unread: [...new Set(walk.unread)].sort(compareText),
  };
}

async function collect(path: string, roots: readonly string[], walk: Walk): Promise<void> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) await walkFolder(path, roots, walk);
    // What is neither may be a pipe, which has no real path: `convert <(kustomize build .)`.
    else walk.candidates.push({ path, real: await realpath(path).catch(() => path), viaLink: false });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))) {
      unreadable(path, error, walk);
      return;
    }
    walk.unread.push(shown(path));
    walk.problems.push(findSource['path-not-found']({ path: shown(path) }, fileStart(path)));
  }
}

/** One candidate for each real file: its own name rather than a link's, then the first by name. */
function distinct(candidates: readonly Candidate[]): readonly Candidate[] {
  const byFile = new Map<string, Candidate>();
  const inOrder = candidates.toSorted((a, b) => Number(a.viaLink) - Number(b.viaLink) || compareText(shown(a.path), shown(b.path)));
  for (const candidate of inOrder) if (!byFile.has(candidate.real)) byFile.set(candidate.real, candidate);
  return [...byFile.values()];
}

/** Overlapping paths meet the same problem more than once. */
function distinctProblems(problems: readonly Finding[]): readonly Finding[] {
  const byPlace = new Map(problems.map((problem) => [`${problem.code} ${problem.at?.file}`, problem]));
  return [...byPlace.values()].sort((a, b) => (a.at && b.at ? comparePositions(a.at, b.at) : 0) || compareText(a.code, b.code));
}
