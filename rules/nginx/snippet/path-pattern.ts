import { covers, literalOf, overlap } from '../../../src/route/path/index.ts';
import { parsePattern } from '../../../src/route/path/regex/parse.ts';
import type { PathMatch } from '../../../src/route/table.ts';

export const EVERY_PATH: PathMatch = { kind: 'prefix', value: '/' };

/**
 * The paths in which nginx finds a pattern, which it looks for anywhere: a match that is anchored at the start has to say
 * what may stand before. null for patterns that are not understood.
 */
export function pathsWith(pattern: string, ignoreCase: boolean): PathMatch | null {
  const inline = pattern.startsWith('(?i)');
  const source = inline ? pattern.slice('(?i)'.length) : pattern;
  const caseInsensitive = ignoreCase || inline;
  if (/^\^?\/?(\.\*\$?)?$/.test(source)) return EVERY_PATH;
  if (/^\^?\(\.\*\)\$?$/.test(source)) return { kind: 'regex', pattern: '(/.*)', caseInsensitive };
  const parsed = parsePattern(source);
  if (parsed.kind === 'unparsed') return null;
  const whole = exactText(source);
  if (whole !== null && !caseInsensitive) return { kind: 'exact', value: whole };
  const options = splitAlternatives(source).map((each) => (each.startsWith('^') ? each.replace(/^\^+/, '') : `.*?${atom(each)}`));
  const [only = ''] = options;
  // What a group takes to the end needs no end.
  const anchored = options.length === 1 ? only.replace(/\(\.\*\)\$$/, '(.*)') : `(?:${options.join('|')})`;
  return { kind: 'regex', pattern: anchored, caseInsensitive };
}

function atom(pattern: string): string {
  return splitAlternatives(pattern).length === 1 ? pattern : `(?:${pattern})`;
}

/** `^/foo$` takes one path. */
function exactText(pattern: string): string | null {
  const inner = /^\^(\/[^$]*)\$$/.exec(pattern)?.[1];
  const literal = inner === undefined ? null : literalOf(inner);
  return literal === null || literal.loose ? null : literal.text;
}

/** At `|` that stand in no group and no class. */
function splitAlternatives(pattern: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  let inClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern.charAt(at);
    const taken = char === '\\' ? pattern.slice(at, at + 2) : char;
    if (char === '\\') at += 1;
    else if (inClass) inClass = char !== ']';
    else if (char === '[') inClass = true;
    else if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    else if (char === '|' && depth === 0) {
      parts.push('');
      continue;
    }
    parts[parts.length - 1] += taken;
  }
  return parts;
}

/** How the paths of a condition lie to those that come to it. */
export type Relation = 'never' | 'always' | 'nested' | 'partial';

export function relation(paths: PathMatch, within: PathMatch): Relation {
  if (covers(paths, within)) return 'always';
  if (overlap(paths, within) === false) return 'never';
  return covers(within, paths) ? 'nested' : 'partial';
}
