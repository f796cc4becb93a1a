import type { HTTPRouteMatch } from '../../gateway/types.ts';
import type { Adapted } from '../dialect.ts';

/** What GKE refuses the whole route for. Patterns for headers are in no report of it. */
export function adaptMatch(match: HTTPRouteMatch): Adapted<HTTPRouteMatch> {
  if (match.method !== undefined) return refused('GKE Gateway takes no condition on a method');
  const header = match.headers?.find(({ type }) => type === 'RegularExpression');
  if (header !== undefined) return refused(`GKE Gateway takes no pattern for a header (${header.name})`);
  return { kind: 'written', written: match };
}

function refused(why: string): Adapted<never> {
  return { kind: 'refused', why };
}
