import { isAlias, isMap, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from 'yaml';
import { type Located, listAt, type Member, mapAt, scalarAt } from './located.ts';
import { plainScalar } from './plain-scalar.ts';

/** What a document that parses can still have wrong with it. All but a repeated key make the object unreadable. */
export type Issue =
  | { readonly kind: 'duplicate-key'; readonly at: number; readonly key: string; readonly first: number }
  | { readonly kind: 'not-a-key'; readonly at: number }
  | { readonly kind: 'unknown-alias'; readonly at: number; readonly name: string }
  | { readonly kind: 'not-mergeable'; readonly at: number }
  | { readonly kind: 'too-many-aliases'; readonly at: number }
  | { readonly kind: 'too-deep'; readonly at: number }
  | { readonly kind: 'too-large'; readonly at: number; readonly limit: number }
  | { readonly kind: 'too-complex'; readonly at: number; readonly limit: number };

/** Kubernetes objects stay far below; deeper ones are meant to exhaust their reader. */
export const MAX_DEPTH = 200;
/** Characters of one value. An API server stores objects of 1.5 MiB at most; longer values would be copied into every report. */
export const MAX_SCALAR = 1_572_864;
/** Values that aliases may bring into one document. Without a limit, nine lines can stand for a billion values. */
export const MAX_ALIASED_VALUES = 100_000;

/**
 * Turns a document parsed with the failsafe schema (every scalar is text) into JSON as kubectl would: words of YAML 1.1,
 * the last of repeated keys, merge keys, aliases.
 *
 * @param base offset of the document in its file
 */
export function yamlValue(root: Node | null, base: number): { readonly node: Located; readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  const anchors = new Map<string, Located>();
  let aliased = 0;

  const offsets = (node: Node): readonly [number, number] => [base + (node.range?.[0] ?? 0), base + (node.range?.[1] ?? 0)];
  const nothing = (at: number): Located => scalarAt(null, '', at, at);

  function convert(node: Node | null, depth: number, fallback: number): Located {
    if (node === null) return nothing(fallback);
    if (isAlias(node)) return follow(node.source, offsets(node)[0]);
    const located = content(node, depth);
    if (isScalar(node) || isMap(node) || isSeq(node)) if (node.anchor !== undefined) anchors.set(node.anchor, located);
    return located;
  }

  function content(node: Node, depth: number): Located {
    const [at, end] = offsets(node);
    if (depth > MAX_DEPTH) {
      issues.push({ kind: 'too-deep', at });
      return nothing(at);
    }
    if (isMap(node)) return mapAt(members(node, depth), at, end);
    if (isSeq(node)) {
      // `!!set` and the like do not occur here: the failsafe schema builds a sequence for every `-` or `[`.
      return listAt(
        node.items.map((item) => convert(asNode(item), depth + 1, at)),
        at,
        end,
      );
    }
    return isScalar(node) ? scalar(node, at, end) : nothing(at);
  }

  function follow(name: string, at: number): Located {
    const target = anchors.get(name);
    if (target === undefined) {
      issues.push({ kind: 'unknown-alias', at, name });
      return nothing(at);
    }
    aliased += target.size;
    if (aliased <= MAX_ALIASED_VALUES) return target;
    if (aliased - target.size <= MAX_ALIASED_VALUES) issues.push({ kind: 'too-many-aliases', at });
    return nothing(at);
  }

  function members(map: YAMLMap, depth: number): Map<string, Member> {
    const found = new Map<string, Member>();
    const written = new Map<string, number>();
    for (const pair of map.items) {
      const keyNode = asNode(pair.key);
      const [keyAt, keyEnd] = keyNode === null ? offsets(map) : offsets(keyNode);
      const key = keyNode === null ? null : convert(keyNode, depth + 1, keyAt);
      const node = convert(asNode(pair.value), depth + 1, keyEnd);
      if (keyNode !== null && isMergeKey(keyNode)) {
        for (const [name, member] of merged(node)) found.set(name, member);
        continue;
      }
      if (key === null || key.kind !== 'scalar') {
        issues.push({ kind: 'not-a-key', at: keyAt });
        continue;
      }
      const name = key.value === null ? 'null' : String(key.value);
      const first = written.get(name);
      if (first !== undefined) issues.push({ kind: 'duplicate-key', at: keyAt, key: name, first });
      else written.set(name, keyAt);
      // Set anew, so that the order is that of the value that counts.
      found.delete(name);
      found.set(name, { keyAt, node });
    }
    return found;
  }

  /** go-yaml merges where `<<` stands, so that it overrides the keys before it; of a list, the first map wins. */
  function merged(node: Located): ReadonlyMap<string, Member> {
    if (node.kind === 'map') return node.members;
    const maps = node.kind === 'list' ? node.items : [];
    if (maps.length === 0 || maps.some((map) => map.kind !== 'map')) issues.push({ kind: 'not-mergeable', at: node.at });
    return new Map([...maps].reverse().flatMap((map) => (map.kind === 'map' ? [...map.members] : [])));
  }

  return { node: convert(root, 0, base), issues };
}

function isMergeKey(key: Node): boolean {
  return isScalar(key) && key.type === 'PLAIN' && key.source === '<<' && key.tag === undefined;
}

const CORE_TAG = /^tag:yaml\.org,2002:(?:int|float|bool|null)$/;

function scalar(node: Scalar, at: number, end: number): Located {
  const written = typeof node.value === 'string' ? node.value : (node.source ?? '');
  const isTyped = node.tag === undefined ? node.type === 'PLAIN' : CORE_TAG.test(node.tag);
  return scalarAt(isTyped ? plainScalar(written) : written, written, at, end);
}

/** Pairs and items of a parsed document are nodes; the library's types also cover documents made by hand. */
function asNode(item: unknown): Node | null {
  return isAlias(item) || isScalar(item) || isMap(item) || isSeq(item) ? item : null;
}
