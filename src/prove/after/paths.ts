import { RE2JS } from '@bufbuild/re2';
import type { HTTPRouteMatch, PathModifier } from '../../gateway/types.ts';
import type { Reading } from '../../targets/effects.ts';

export type GatewayPath = NonNullable<HTTPRouteMatch['path']>;

/** `undecidable` for a pattern that RE2 does not take: implementations differ in what they do with it. */
export function pathTakes(match: GatewayPath | undefined, path: string, reading: Reading = {}): boolean | 'undecidable' {
  if (match === undefined) return true;
  switch (match.type) {
    case 'Exact':
      if (reading.exactGlobs && match.value.includes('*')) return regexTakes(globPattern(match.value), path);
      return reading.anyCase ? path.toLowerCase() === match.value.toLowerCase() : path === match.value;
    case 'PathPrefix':
      return reading.anyCase ? prefixTakes(match.value.toLowerCase(), path.toLowerCase()) : prefixTakes(match.value, path);
    case 'RegularExpression':
      return regexTakes(match.value, path);
    default:
      return match.type satisfies never;
  }
}

/** `*` is any text, also none; everything else stands for itself. */
function globPattern(glob: string): string {
  return glob
    .split('*')
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    .join('.*');
}

/** By elements; a trailing slash of the prefix is ignored. */
function prefixTakes(prefix: string, path: string): boolean {
  const trimmed = withoutSlashes(prefix);
  return path.startsWith(trimmed) && (path.length === trimmed.length || path[trimmed.length] === '/');
}

const compiled = new Map<string, RE2JS | null>();

/** Whole value, as the RE2-based implementations match. */
export function regexTakes(pattern: string, text: string): boolean | 'undecidable' {
  let regex = compiled.get(pattern);
  if (regex === undefined) {
    try {
      regex = RE2JS.compile(pattern);
    } catch {
      regex = null;
    }
    compiled.set(pattern, regex);
  }
  return regex === null ? 'undecidable' : regex.matches(text);
}

/** The path after a modifier. Replacing a prefix joins with exactly one slash, by the table of the HTTPRoute reference. */
export function modifyPath(modifier: PathModifier | undefined, match: GatewayPath | undefined, path: string): string {
  if (modifier === undefined) return path;
  if (modifier.type === 'ReplaceFullPath') return modifier.replaceFullPath;
  const prefix = withoutSlashes(match?.value ?? '/');
  // What is left of a path that the prefix takes is empty or begins with a slash.
  const joined = `${withoutSlashes(modifier.replacePrefixMatch)}${path.slice(prefix.length)}`;
  return joined === '' ? '/' : joined;
}

/** Not by a pattern: it would take quadratic time on a long run of slashes that something follows. */
function withoutSlashes(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === '/') end -= 1;
  return text.slice(0, end);
}

/**
 * The path as it is compared: repeated slashes are merged, dot segments resolved and letters, digits and `-._~` decoded, as
 * the implementations do by default. Other encoded characters are compared as written.
 */
export function normalise(path: string): string {
  const decoded = path.includes('%') ? path.replace(/%([0-9A-Fa-f]{2})/g, unreserved) : path;
  if (!/\/[./]/.test(decoded)) return decoded;
  const kept: string[] = [];
  const segments = decoded.split('/').slice(1);
  for (const segment of segments) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  const last = segments.at(-1) ?? '';
  const isFolder = last === '' || last === '.' || last === '..';
  return `/${kept.join('/')}${isFolder && kept.length > 0 ? '/' : ''}`;
}

function unreserved(encoded: string, hex: string): string {
  const char = String.fromCharCode(Number.parseInt(hex, 16));
  return /[A-Za-z0-9\-._~]/.test(char) ? char : encoded;
}
