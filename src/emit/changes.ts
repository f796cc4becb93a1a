import { createTwoFilesPatch } from 'diff';
import { compareText } from '../model/position.ts';
import { ownership } from './marker.ts';

/** What a run would do to the output folder. */
export type Change =
  | { readonly kind: 'added' | 'changed' | 'removed'; readonly path: string; readonly before: string; readonly after: string }
  /** Left alone: somebody else's, or edited since. */
  | { readonly kind: 'kept'; readonly path: string; readonly because: 'foreign' | 'edited' };

/** `existing`: what stands there now, by relative path. With `force`, edited files of ours are overwritten; foreign ones never. */
export function changesTo(existing: ReadonlyMap<string, string>, wanted: ReadonlyMap<string, string>, force: boolean): readonly Change[] {
  const paths = [...new Set([...existing.keys(), ...wanted.keys()])].sort(compareText);
  return paths.flatMap((path): Change[] => {
    const before = existing.get(path);
    const after = wanted.get(path);
    if (before === after) return [];
    if (before === undefined) return after === undefined ? [] : [{ kind: 'added', path, before: '', after }];
    const owner = ownership(before);
    if (after === undefined)
      return owner === 'own'
        ? [{ kind: 'removed', path, before, after: '' }]
        : owner === 'edited'
          ? [{ kind: 'kept', path, because: owner }]
          : [];
    if (owner === 'foreign' || (owner === 'edited' && !force)) return [{ kind: 'kept', path, because: owner }];
    return [{ kind: 'changed', path, before, after }];
  });
}

/** Unified diff of all changes, without colour. A comparison that would take too long shows the whole new file. */
export function unifiedDiff(changes: readonly Change[]): string {
  return changes
    .flatMap((change) => {
      if (change.kind === 'kept') return [];
      const from = change.kind === 'added' ? '/dev/null' : `a/${change.path}`;
      const to = change.kind === 'removed' ? '/dev/null' : `b/${change.path}`;
      const patch = createTwoFilesPatch(from, to, change.before, change.after, undefined, undefined, { context: 3, timeout: 2000 });
      const text = patch ?? createTwoFilesPatch(from, to, '', change.after, undefined, undefined, { context: 3 });
      return [text.replace(/^={20,}\n/, '')];
    })
    .join('');
}
