import type { HTTPRouteMatch } from '../../gateway/types.ts';
import type { Adapted } from '../dialect.ts';

const HEADERS = 5;

/** Exact and prefix paths, one method, exact headers; anything else is an error of the whole route. */
export function adaptMatch(match: HTTPRouteMatch): Adapted<HTTPRouteMatch> {
  const { path, headers = [], queryParams = [] } = match;
  if (path?.type === 'RegularExpression') return refused('VPC Lattice has no regular expressions for paths');
  if (queryParams.length > 0) return refused('VPC Lattice cannot match query parameters');
  if (headers.some(({ type }) => type === 'RegularExpression')) return refused('VPC Lattice compares headers with whole values only');
  if (headers.length > HEADERS) return refused(`VPC Lattice matches ${HEADERS} headers at most`);
  return { kind: 'written', written: match };
}

function refused(why: string): Adapted<never> {
  return { kind: 'refused', why };
}

/** The host becomes the custom domain of a service, which has no wildcards. */
export function hostProblem(host: string): string | null {
  return host.startsWith('*') ? 'a service of VPC Lattice has one name, and no wildcards in it' : null;
}
