import type { GRPCRouteMatch } from '../gateway/types.ts';

/** What the controllers of AWS do not take in a GRPCRoute: headers by a pattern, and headers of any service. */
export function refusesGrpcMatch({ method, headers = [] }: GRPCRouteMatch): string | null {
  if (headers.some(({ type }) => type === 'RegularExpression')) return 'it matches no header by a pattern';
  return headers.length > 0 && method === undefined ? 'it matches headers of one service only' : null;
}
