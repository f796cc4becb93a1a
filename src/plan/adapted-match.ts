import type { HTTPRouteMatch } from '../gateway/types.ts';
import type { Adapted, Dialect, MatchContext } from '../targets/dialect.ts';

/** The matches as the implementation takes them; the first refusal stands for all. */
export function adaptedMatches(
  matches: readonly HTTPRouteMatch[],
  dialect: Dialect | undefined,
  context: MatchContext,
): Adapted<readonly HTTPRouteMatch[]> {
  const written: HTTPRouteMatch[] = [];
  for (const match of matches) {
    const adapted = adaptedMatch(match, dialect, context);
    if (adapted.kind === 'refused') return adapted;
    written.push(adapted.written);
  }
  return { kind: 'written', written };
}

function adaptedMatch(match: HTTPRouteMatch, dialect: Dialect | undefined, context: MatchContext): Adapted<HTTPRouteMatch> {
  return dialect?.match?.(match, context) ?? { kind: 'written', written: match };
}

/** For a guard: what the implementation takes of the match, or the nearest match above it that it does take. */
export function closingMatch(
  match: HTTPRouteMatch,
  dialect: Dialect | undefined,
  context: MatchContext,
): { readonly match: HTTPRouteMatch; readonly fits: boolean } {
  const adapted = adaptedMatch(match, dialect, context);
  if (adapted.kind === 'written') return { match: adapted.written, fits: true };
  for (const value of prefixesAbove(match)) {
    const broader = adaptedMatch({ path: { type: 'PathPrefix', value } }, dialect, { ...context, isGlob: false });
    if (broader.kind === 'written') return { match: broader.written, fits: false };
  }
  return { match: { path: { type: 'PathPrefix', value: '/' } }, fits: false };
}

/** `/a/b*c/d` → `/a/b*c/d`, `/a/b*c`, `/a`, `/`. Of a pattern only `/`. */
function prefixesAbove({ path }: HTTPRouteMatch): readonly string[] {
  if (path === undefined || path.type === 'RegularExpression') return ['/'];
  const prefixes: string[] = [];
  for (let head = path.value.replace(/\/+$/, ''); head !== ''; head = head.slice(0, head.lastIndexOf('/'))) prefixes.push(head);
  return [...prefixes, '/'];
}
