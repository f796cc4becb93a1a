import { appendSegment } from '../model/field-path.ts';
import type { Path, SourceDocument, SourceFile } from '../model/source.ts';
import type { Placing } from './lines.ts';
import type { Located, LocatedMap } from './located.ts';
import { scalarPieces } from './scalar-pieces.ts';

/** Lends an object of a file the form in which the model reads it. */
export function sourceDocument({ file, text, live }: SourceFile, node: LocatedMap, place: Placing): SourceDocument {
  const follow = follower(node);
  return {
    file,
    at: live ? { ...place(node.at), field: '' } : place(node.at),
    value: node.value,
    locate: (path, what = 'value') => {
      const step = follow(path);
      const at = place(what === 'key' ? step.keyAt : step.node.at);
      return live ? { ...at, field: path.reduce<string>(appendSegment, '') } : at;
    },
    written: (path) => {
      const { node: found, complete } = follow(path);
      return complete && found.kind === 'scalar' ? found.written : null;
    },
    pieces: (path) => {
      const { node: found, complete } = follow(path);
      if (!complete || found.kind !== 'scalar') return [];
      const raw = text.slice(found.at, found.end);
      const pieces = raw.includes('\n') ? (scalarPieces(raw, found.written) ?? []) : [];
      return pieces.map(({ offset, at }) => ({ offset, at: place(found.at + at) }));
    },
  };
}

interface Step {
  readonly keyAt: number;
  readonly node: Located;
  readonly complete: boolean;
}

/**
 * Finds the node at a path. Readers walk an object from top to bottom, so most of a path has been followed just before:
 * only what differs from the last one is followed anew.
 */
function follower(root: LocatedMap): (path: Path) => Step {
  const start: Step = { keyAt: root.at, node: root, complete: true };
  let last: Path = [];
  /** One for each segment of `last` that exists. */
  const steps: Step[] = [];
  return (path) => {
    let depth = 0;
    while (depth < steps.length && depth < path.length && last[depth] === path[depth]) depth += 1;
    steps.length = depth;
    last = path;
    let step = steps[depth - 1] ?? start;
    for (const segment of depth === 0 ? path : path.slice(depth)) {
      const next = child(step.node, segment);
      if (next === null) return { ...step, complete: false };
      steps.push(next);
      step = next;
    }
    return step;
  };
}

function child(node: Located, segment: string | number): Step | null {
  if (node.kind === 'map') {
    const member = node.members.get(String(segment));
    return member === undefined ? null : { ...member, complete: true };
  }
  const item = node.kind === 'list' && typeof segment === 'number' ? node.items[segment] : undefined;
  return item === undefined ? null : { keyAt: item.at, node: item, complete: true };
}
