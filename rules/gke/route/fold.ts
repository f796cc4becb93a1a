import { compareText } from '../../../src/model/position.ts';
import type { PathMatch } from '../../../src/route/table.ts';
import type { PathSource } from './hosts.ts';

export interface FoldedPath {
  readonly match: Extract<PathMatch, { kind: 'exact' | 'prefix' }>;
  /** Of both parts, where `/p` and `/p/*` lead to the same. */
  readonly sources: readonly PathSource[];
}

/**
 * The paths of a URL map as matches, in the order in which they answer: literal ones before those with a star, the
 * longest first. `/p` with `/p/*` to the same Service port is what takes all of `/p`; a `/p/*` alone does not take `/p`.
 */
export function foldPaths(paths: ReadonlyMap<string, PathSource>): readonly FoldedPath[] {
  const folded: FoldedPath[] = [];
  for (const [path, source] of paths) {
    if (path.endsWith('/*')) {
      const stem = path.slice(0, -2);
      // The star of the root takes everything, the root itself too.
      const bare = paths.get(stem === '' ? '/' : stem);
      const isWhole = bare !== undefined && leadsTo(bare) === leadsTo(source);
      const value = stem === '' ? '/' : isWhole ? stem : `${stem}/`;
      folded.push({ match: { kind: 'prefix', value }, sources: isWhole && bare !== source ? [source, bare] : [source] });
    } else {
      const star = paths.get(path === '/' ? '/*' : `${path}/*`);
      if (star === undefined || leadsTo(star) !== leadsTo(source))
        folded.push({ match: { kind: 'exact', value: path }, sources: [source] });
    }
  }
  return folded.sort(
    ({ match: a }, { match: b }) =>
      Number(a.kind === 'prefix') - Number(b.kind === 'prefix') || b.value.length - a.value.length || compareText(a.value, b.value),
  );
}

function leadsTo({ backend }: PathSource): string {
  return `${backend.name}:${backend.port}`;
}
