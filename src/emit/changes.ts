import { compareText } from '../model/position.ts';
import { ownership, unixLines } from './marker.ts';

/** What stands in the output folder, by relative path; null for what is no plain file: a link, a folder. */
export type Existing = ReadonlyMap<string, string | null>;

/** What a run would do to the output folder. */
export type Change =
  | { readonly kind: 'added' | 'changed' | 'removed'; readonly path: string; readonly before: string; readonly after: string }
  | { readonly kind: 'kept'; readonly path: string; readonly because: Because };

/**
 * Why a file was left as it is: not written by gateshift; edited since; edited since and no longer produced; no longer
 * produced, but not all of the input could be read.
 */
export type Because = 'foreign' | 'edited' | 'edited-stale' | 'unsure';

export interface ChangePolicy {
  /** Overwrite files of ours that somebody edited. Foreign ones never are. */
  readonly force: boolean;
  /** False when not all of the input was read: what is missing may come back. */
  readonly remove: boolean;
}

/** By path. */
export function changesTo(existing: Existing, wanted: ReadonlyMap<string, string>, policy: ChangePolicy): readonly Change[] {
  const paths = [...new Set([...existing.keys(), ...wanted.keys()])].sort(compareText);
  return paths.flatMap((path) => {
    const change = changeTo(path, existing, wanted.get(path), policy);
    return change === null ? [] : [change];
  });
}

function changeTo(path: string, existing: Existing, after: string | undefined, { force, remove }: ChangePolicy): Change | null {
  const before = existing.get(path);
  if (after === undefined) return typeof before === 'string' ? staleChange(path, before, remove) : null;
  if (before === null || isBehindLink(path, existing)) return { kind: 'kept', path, because: 'foreign' };
  if (before === undefined) return { kind: 'added', path, before: '', after };
  const unix = unixLines(before);
  if (unix === after) return null;
  const owner = ownership(unix);
  if (owner === 'foreign' || (owner === 'edited' && !force)) return { kind: 'kept', path, because: owner };
  return { kind: 'changed', path, before: unix, after };
}

/** What an earlier run wrote and this one does not: removed unless somebody edited it. */
function staleChange(path: string, before: string, remove: boolean): Change | null {
  const owner = ownership(before);
  if (owner === 'foreign') return null;
  if (owner === 'edited') return { kind: 'kept', path, because: 'edited-stale' };
  return remove ? { kind: 'removed', path, before: unixLines(before), after: '' } : { kind: 'kept', path, because: 'unsure' };
}

/** A folder that is really a link leads elsewhere: nothing is written through it. */
function isBehindLink(path: string, existing: Existing): boolean {
  const parts = path.split('/');
  return parts.some((_, index) => index > 0 && existing.get(parts.slice(0, index).join('/')) === null);
}
