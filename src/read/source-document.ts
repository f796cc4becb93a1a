import { appendSegment } from '../model/field-path.ts';
import type { Path, SourceDocument, SourceFile, SourceNode } from '../model/source.ts';
import type { TextPiece } from '../model/text-piece.ts';
import type { Placing } from './lines.ts';
import type { Located, LocatedMap, Member } from './located.ts';
import { scalarPieces } from './scalar-pieces.ts';

/** Lends an object of a file the form in which the model reads it. */
export function sourceDocument({ file, text, live }: SourceFile, node: LocatedMap, place: Placing): SourceDocument {
  const follow = follower(node);
  const source: Source = { text, live: live === true, place };
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
    tree: (path) => {
      const { keyAt, node: found, complete } = follow(path);
      return complete ? tree(path.reduce<string>(appendSegment, ''), keyAt, found, source) : null;
    },
    pieces: (path) => {
      const { node: found, complete } = follow(path);
      return complete ? piecesOf(found, source) : [];
    },
  };
}

interface Source {
  readonly text: string;
  readonly live: boolean;
  readonly place: Placing;
}

function tree(name: string, keyAt: number, node: Located, source: Source): SourceNode {
  const at = source.place(keyAt);
  return {
    name,
    value: node.value,
    written: node.kind === 'scalar' ? node.written : null,
    at: source.live ? { ...at, field: name } : at,
    pieces: piecesOf(node, source),
    children: childrenOf(node).map(([segment, child]) => [segment, tree(appendSegment(name, segment), child.keyAt, child.node, source)]),
  };
}

function childrenOf(node: Located): readonly (readonly [string | number, Member])[] {
  switch (node.kind) {
    case 'scalar':
      return [];
    case 'map':
      return [...node.members];
    case 'list':
      return node.items.map((item, index) => [index, { keyAt: item.at, node: item }]);
    default:
      return node satisfies never;
  }
}

function piecesOf(node: Located, { text, place }: Source): readonly TextPiece[] {
  if (node.kind !== 'scalar') return [];
  const raw = text.slice(node.at, node.end);
  const pieces = raw.includes('\n') ? (scalarPieces(raw, node.written) ?? []) : [];
  return pieces.map(({ offset, at }) => ({ offset, at: place(node.at + at) }));
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
