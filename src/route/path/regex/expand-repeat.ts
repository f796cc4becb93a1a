import { type CharSet, complement, LINE_FEED, SLASH, sizeOf, takesEverything } from './char-set.ts';
import { isNullable, type RegexNode, setOf } from './syntax.ts';
import { chain, type Expand, type Expanded, type Partial, type Tail } from './ways.ts';

type Repeat = Extract<RegexNode, { kind: 'repeat' }>;

const MAX_COUNT = 8;
const SMALL_SET = 4;

/** Took some of the path, nobody can say how much; whatever follows must be able to be empty. */
const partOfThePath: Tail = { atLeast: 0, whole: false, everything: false, origin: Symbol('part') };

/** What a quantifier adds to a way; see `expandPattern`. */
export function expandRepeat(node: Repeat, from: Partial, insensitive: boolean, expand: Expand): Expanded {
  const set = charsOf(node.body, insensitive);
  if (set === null) return repeatGroup(node, from, expand);
  const { min, max, lazy } = node;
  if (from.exact) return min === 0 ? [from] : [];
  if (from.tail !== null) {
    if (from.tail.whole) return [min === 0 ? from : { ...from, backtracks: true }];
    if (min > 0) return null;
    const whole = max === null && !lazy && takesEverything(set);
    return [{ ...from, tail: { ...from.tail, whole, everything: false, origin: Symbol('tail') } }];
  }
  if (isOnlySlash(set)) return min > 1 ? [] : counted({ ...node, max: 1 }, from, expand);
  if (takesEverything(set)) {
    if (min > 1) return null;
    const tail: Tail = { atLeast: min === 0 ? 0 : 1, whole: max === null && !lazy, everything: max === null, origin: Symbol('tail') };
    return [{ ...from, tail }];
  }
  // After a slash the next character is never another one: `/foo/[^/]+` asks for no more than one character.
  if (takesAllButSlash(set) && from.text.endsWith('/'))
    return min > 1 ? null : [{ ...from, tail: { ...partOfThePath, atLeast: min === 0 ? 0 : 1 } }];
  if (!isSmall(node.body)) return min > 0 ? null : [{ ...from, tail: partOfThePath }];
  return counted(node, from, expand);
}

function repeatGroup(node: Repeat, from: Partial, expand: Expand): Expanded {
  if (node.max !== null || node.min > 0) return counted(node, from, expand);
  // Engines differ in what the last, empty round leaves in a group.
  if (isNullable(node.body)) return null;
  if (from.exact || from.tail?.whole === true) return [from];
  const groups = new Map(from.groups);
  for (const capture of capturesIn(node.body)) groups.set(capture, ['varies', 'varies']);
  return [{ ...from, groups, tail: { ...partOfThePath, atLeast: from.tail?.atLeast ?? 0 } }];
}

/** The rounds that must be, then those that may be. */
function counted(node: Repeat, from: Partial, expand: Expand): Expanded {
  const { body, min, max, lazy } = node;
  if (min > MAX_COUNT || (max !== null && max > MAX_COUNT)) return null;
  let ways: Expanded = [from];
  for (let i = 0; i < min; i++) ways = chain(ways, (way) => expand(body, way));
  const preferring = (more: Expanded, none: Partial): Expanded => more && (lazy ? [none, ...more] : [...more, none]);
  if (max === null) {
    if (charsOf(body, false) === null) return chain(ways, (way) => repeatGroup({ ...node, min: 0 }, way, expand));
    const further = (way: Partial): Expanded =>
      chain(expand(body, way), (more) => [more.backtracks || more.tail !== null ? more : { ...more, tail: partOfThePath }]);
    return chain(ways, (way) => preferring(further(way), way));
  }
  const optional = (rounds: number, way: Partial): Expanded =>
    rounds === 0 || way.backtracks
      ? [way]
      : preferring(
          chain(expand(body, way), (more) => optional(rounds - 1, more)),
          way,
        );
  return chain(ways, (way) => optional(max - min, way));
}

function charsOf(node: RegexNode, insensitive: boolean): CharSet | null {
  if (node.kind === 'set') return setOf(node, insensitive);
  const codePoint = node.kind === 'char' ? node.char.codePointAt(0) : undefined;
  return codePoint === undefined ? null : [[codePoint, codePoint]];
}

function isSmall(node: RegexNode): boolean {
  return node.kind === 'char' || (node.kind === 'set' && !node.negated && !node.dot && sizeOf(node.ranges) <= SMALL_SET);
}

function isOnlySlash(set: CharSet): boolean {
  return sizeOf(set) === 1 && set[0]?.[0] === SLASH;
}

function takesAllButSlash(set: CharSet): boolean {
  return complement(set).every(([low, high]) => low === high && (low === SLASH || low === LINE_FEED));
}

function capturesIn(node: RegexNode): readonly number[] {
  switch (node.kind) {
    case 'group':
      return [...(node.capture === null ? [] : [node.capture]), ...capturesIn(node.body)];
    case 'sequence':
      return node.items.flatMap(capturesIn);
    case 'alternation':
      return node.options.flatMap(capturesIn);
    case 'repeat':
      return capturesIn(node.body);
    case 'opaque':
      return capturesIn(node.atMost);
    case 'empty':
    case 'char':
    case 'set':
    case 'start':
    case 'end':
      return [];
    default:
      return node satisfies never;
  }
}
