import { captureGroups } from '../../route/path/regex/captures.ts';
import { parsePattern } from '../../route/path/regex/parse.ts';
import type { Match, ValueMatch } from '../../route/table.ts';
import type { Request } from '../request.ts';

/** The conditions of a match other than its path. Requests come from outside every address range that a match names. */
export function conditionsHold(match: Match, request: Request): boolean | 'unknown' {
  if (match.methods.length > 0 && !match.methods.includes(request.method)) return false;
  if (match.sourceRanges.length > 0) return false;
  const values = [
    ...match.headers.map((item) => valueTakes(item, header(request, item.name))),
    ...match.queryParams.map((item) => valueTakes(item, request.query[item.name])),
    ...match.cookies.map((item) => valueTakes(item, request.cookies[item.name])),
  ];
  if (values.includes(false)) return false;
  return values.includes('unknown') ? 'unknown' : true;
}

export function isUnconditional({ headers, queryParams, cookies, methods, sourceRanges }: Match): boolean {
  return headers.length + queryParams.length + cookies.length + methods.length + sourceRanges.length === 0;
}

function header(request: Request, name: string): string | undefined {
  return Object.entries(request.headers).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

function valueTakes(match: ValueMatch, value: string | undefined): boolean | 'unknown' {
  if (value === undefined) return false;
  if (match.kind === 'exact') return match.value === value;
  const pattern = parsePattern(match.value);
  if (pattern.kind === 'unparsed') return 'unknown';
  const found = captureGroups(pattern, false, value);
  return found === 'unknown' ? 'unknown' : found !== null;
}
