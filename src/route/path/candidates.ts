import { caseVariants } from './ascii-case.ts';
import type { DifferencePlace, GatewayPath, PathDifference } from './difference.ts';
import { gatewayPathValue } from './gateway-value.ts';
import type { Way } from './regex/ways.ts';
import { beginsWith, wayFor } from './request-class.ts';

/** A Gateway API path that stands for some ways of a pattern, with what it loses and gains. */
export interface Candidate {
  readonly path: GatewayPath;
  readonly at: DifferencePlace;
  readonly differences: readonly PathDifference[];
}

/** One candidate for each place the ways name; null when one of them has no useful Gateway API path. */
export function candidatesFor(ways: readonly Way[], insensitive: boolean): readonly Candidate[] | null {
  const places = new Map<string, DifferencePlace>();
  for (const way of ways) {
    const type = way.exact ? 'Exact' : 'PathPrefix';
    const text = way.exact ? way.text : way.text.replace(/\/$/, '');
    const key = `${type} ${text}`;
    const loose = [...new Set([...(places.get(key)?.loose ?? []), ...way.loose])].filter((offset) => offset < text.length);
    places.set(key, { type, text, loose });
  }
  const all = [...places.values()];
  const candidates: Candidate[] = [];
  for (const at of all) {
    const candidate = candidateAt(at, all, ways, insensitive);
    if (candidate === null) return null;
    candidates.push(candidate);
  }
  return candidates;
}

function candidateAt(at: DifferencePlace, all: readonly DifferencePlace[], ways: readonly Way[], insensitive: boolean): Candidate | null {
  const { type, text } = at;
  const takesPath = (path: string): boolean => wayFor(ways, { kind: 'one', path }, insensitive) !== null;
  const takesItself = text !== '' && takesPath(text);
  const value = gatewayPathValue(type === 'Exact' || takesItself ? text : `${text}/`);
  if (value === null) return null;
  const differences: PathDifference[] = [];
  const isLost = (path: string): boolean => takesPath(path) && !all.some((place) => gatewayTakes(place, path));
  const spellings = otherSpellings(at, insensitive);
  const [otherCase, otherCharacter, longer] = [
    spellings['other-case'].find(isLost),
    spellings['other-character'].find(isLost),
    spellings.longer.find(isLost),
  ];
  if (otherCase !== undefined) differences.push({ kind: 'case', at, lost: otherCase, gained: null });
  if (otherCharacter !== undefined) differences.push({ kind: 'any-character', at, lost: otherCharacter, gained: null });
  // The root has neither a path without slash nor a neighbour.
  if (type === 'PathPrefix' && text !== '') {
    if (ways.some((way) => !way.exact && beginsWith(text, way, insensitive))) {
      // `/report-` as a prefix takes nothing that anyone would ask for: what the pattern is for would be lost.
      if (!/[\p{L}\p{N}]$/u.test(text)) return null;
      if (longer !== undefined) differences.push({ kind: 'boundary', at, lost: longer, gained: null });
    }
    if (!takesItself) differences.push({ kind: 'bare-prefix', at, lost: null, gained: text });
  }
  if (type === 'PathPrefix' && !takesPath(`${text}/`)) differences.push({ kind: 'empty-rest', at, lost: null, gained: `${text}/` });
  return { path: { type, value, text: type === 'PathPrefix' && text === '' ? '/' : text }, at, differences };
}

/** Paths near the place that the pattern may take and the Gateway's match does not, by what sets them apart. */
export function otherSpellings(
  { type, text, loose }: DifferencePlace,
  insensitive: boolean,
): Readonly<Record<'other-case' | 'other-character' | 'longer', readonly string[]>> {
  const below = (heads: readonly string[]): readonly string[] =>
    type === 'Exact' ? heads : heads.flatMap((head) => [head, `${head}/`, `${head}/x`]);
  const withOther = (char: string): string =>
    text
      .split('')
      .map((mine, i) => (loose.includes(i) ? char : mine))
      .join('');
  return {
    'other-case': insensitive ? below(caseVariants(text)) : [],
    'other-character': loose.length > 0 ? below(['-', 'x', '0'].map(withOther)) : [],
    longer: type === 'PathPrefix' && text !== '' ? ['bar', 'x', '-x'].map((more) => text + more) : [],
  };
}

/** What the Gateway's match takes, on a path without `//`. */
export function gatewayTakes(place: Pick<DifferencePlace, 'type' | 'text'>, path: string): boolean {
  return path === place.text || (place.type === 'PathPrefix' && path.startsWith(`${place.text}/`));
}
