import { sep } from 'node:path';
import type { Finding } from '../ledger/finding.ts';
import { findSource } from './findings.ts';

/** A file to read. `real` tells two names of one file apart from two files. */
export interface Candidate {
  readonly path: string;
  readonly real: string;
  readonly viaLink: boolean;
}

export interface Walk {
  readonly candidates: Candidate[];
  readonly problems: Finding[];
  /** Paths of which nothing could be read. */
  readonly unread: string[];
}

/** Reports a path that exists and does not let itself be read. */
export function unreadable(path: string, error: unknown, walk: Walk): void {
  const code = error instanceof RangeError ? 'ERR_STRING_TOO_LONG' : error instanceof Error && 'code' in error ? String(error.code) : null;
  if (code === null) throw error;
  const reason = REASONS[code] ?? code;
  walk.unread.push(shown(path));
  walk.problems.push(findSource['path-unreadable']({ path: shown(path), reason }, fileStart(path)));
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'too many symbolic links',
  ENOENT: 'it vanished while being read',
  EISDIR: 'it is a folder',
  EIO: 'input/output error',
  EAGAIN: 'it gives nothing at present',
  EMFILE: 'too many open files',
  ERR_FS_FILE_TOO_LARGE: 'it is larger than 2 GiB',
  ERR_STRING_TOO_LONG: 'it is larger than 512 MiB',
};

export function fileStart(path: string): { readonly at: { readonly file: string; readonly line: 1; readonly column: 1 } } {
  return { at: { file: shown(path), line: 1, column: 1 } };
}

/** A path as reports show it, the same on every system. */
export function shown(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}
