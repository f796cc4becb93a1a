import type { GatewayValueMatch, HTTPRouteMatch } from '../../gateway/types.ts';
import type { Reading } from '../../targets/effects.ts';
import { cookieText, type Request } from '../request.ts';
import { regexTakes } from './paths.ts';

/** Method, headers and query parameters of a match. */
export function conditionsTake(match: HTTPRouteMatch, request: Request, { queryGlobs }: Reading = {}): boolean | 'undecidable' {
  if (match.method !== undefined && match.method !== request.method) return false;
  let answer: boolean | 'undecidable' = true;
  for (const item of match.headers ?? []) {
    const taken = valueTakes(item, headerOf(request, item.name));
    if (taken === false) return false;
    if (taken !== true) answer = taken;
  }
  for (const item of match.queryParams ?? []) {
    const value = request.query[item.name];
    const taken = queryGlobs ? value !== undefined && regexTakes(globPattern(item.value), value) : valueTakes(item, value);
    if (taken === false) return false;
    if (taken !== true) answer = taken;
  }
  return answer;
}

export function hasConditions(match: HTTPRouteMatch): boolean {
  return match.method !== undefined || (match.headers ?? []).length + (match.queryParams ?? []).length > 0;
}

function headerOf(request: Request, name: string): string | undefined {
  const wanted = name.toLowerCase();
  const cookies = wanted === 'cookie' ? cookieText(request) : '';
  return cookies !== '' ? cookies : Object.entries(request.headers).find(([key]) => key.toLowerCase() === wanted)?.[1];
}

function globPattern(glob: string): string {
  return glob.replace(/\\([*?\\])|[\\^$.*+?()[\]{}|]/g, (text, escaped: string | undefined) =>
    escaped === undefined && text === '*' ? '.*' : escaped === undefined && text === '?' ? '.' : `\\${escaped ?? text}`,
  );
}

function valueTakes(match: GatewayValueMatch, value: string | undefined): boolean | 'undecidable' {
  if (value === undefined) return false;
  return match.type === 'RegularExpression' ? regexTakes(match.value, value) : match.value === value;
}
