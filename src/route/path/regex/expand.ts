import { membersOf, sizeOf } from './char-set.ts';
import { expandRepeat } from './expand-repeat.ts';
import type { RegexNode } from './syntax.ts';
import { type Boundary, chain, type Expand, type Expanded, type Partial, type Ways } from './ways.ts';

const MAX_VISITS = 20_000;
const SMALL_SET = 4;

/**
 * All ways to match a pattern that stands at the start of a path; null where they are not finitely many: a true regular
 * expression. `//` counts as impossible, since NGINX merges slashes before it compares.
 */
export function expandPattern(root: RegexNode, insensitive: boolean): Ways | null {
  const expanded = expander(insensitive)(root, { text: '', loose: [], exact: false, tail: null, groups: new Map(), backtracks: false });
  if (expanded === null) return null;
  const alive = expanded.filter((way) => !way.backtracks);
  const whole = alive.flatMap((way) => (way.tail?.whole === true ? [{ text: way.text, origin: way.tail.origin }] : []));
  const backtracking = expanded.filter((way) => way.backtracks);
  // What gives back takes no more paths than a tail that need not.
  if (backtracking.some((way) => !whole.some((other) => other.text === way.text))) return null;
  // Of one tail, an engine tries all that can follow at its end before it gives anything back.
  const ordered = backtracking.every((way) => whole.some((other) => other.origin === way.tail?.origin));
  const ways = alive.filter((way) => way.text.startsWith('/') || (way.text === '' && !way.exact));
  if (ways.length === 0) return null;
  return {
    ordered,
    ways: ways.map(({ text, loose, exact, tail, groups }) => ({ text, loose, exact, atLeast: tail?.atLeast ?? 0, groups })),
  };
}

function expander(insensitive: boolean): Expand {
  // `(?:a?){8}` nested a few times would keep us busy for ever.
  let visits = 0;
  const expand: Expand = (node, from) => {
    visits += 1;
    if (visits > MAX_VISITS) return null;
    if (from.backtracks) return [from];
    switch (node.kind) {
      case 'empty':
        return [from];
      case 'char':
        return take(from, node.char, false);
      case 'set': {
        if (from.exact || from.tail !== null) return take(from, '', false);
        if (node.negated || node.dot || sizeOf(node.ranges) > SMALL_SET) return null;
        return chain(membersOf(node.ranges), (char) => take(from, char, false));
      }
      case 'sequence':
        return node.items.reduce<Expanded>(
          (ways, item, i) => chain(ways, (way) => (isLooseDot(item, node.items[i + 1]) ? take(way, '.', true) : expand(item, way))),
          [from],
        );
      case 'alternation':
        return chain(node.options, (option) => expand(option, from));
      case 'group': {
        const { capture } = node;
        const body = expand(node.body, from);
        if (capture === null) return body;
        return chain(body, (way) => [
          way.backtracks ? way : { ...way, groups: new Map([...way.groups, [capture, [place(from), place(way)] as const]]) },
        ]);
      }
      case 'repeat':
        return expandRepeat(node, from, insensitive, expand);
      case 'start':
        return from.text === '' && from.tail === null ? [from] : [];
      case 'end':
        return stop(from);
      case 'opaque':
        return null;
      default:
        return node satisfies never;
    }
  };
  return expand;
}

function take(from: Partial, char: string, loose: boolean): Expanded {
  if (from.exact) return [];
  if (from.tail !== null) return from.tail.whole ? [{ ...from, backtracks: true }] : null;
  if (char === '/' && from.text.endsWith('/')) return [];
  return [{ ...from, text: from.text + char, loose: loose ? [...from.loose, from.text.length] : from.loose }];
}

function stop(from: Partial): Expanded {
  if (from.backtracks || from.tail?.whole === true) return [from];
  if (from.tail === null) return [{ ...from, exact: true }];
  if (!from.tail.everything) return null;
  const groups = new Map([...from.groups].map(([group, [start, end]]) => [group, [atEnd(start), atEnd(end)] as const]));
  return [{ ...from, groups, tail: { ...from.tail, whole: true } }];
}

function atEnd(boundary: Boundary): Boundary {
  return boundary === 'varies' ? 'path-end' : boundary;
}

function place(way: Partial): Boundary {
  if (way.tail === null) return way.text.length;
  return way.tail.whole ? 'path-end' : 'varies';
}

/** `/v1.2`, `/.well-known`: a dot before a letter or digit was most likely meant as a dot. */
function isLooseDot(node: RegexNode, next: RegexNode | undefined): boolean {
  return node.kind === 'set' && node.dot && next?.kind === 'char' && /[A-Za-z0-9]/.test(next.char);
}
