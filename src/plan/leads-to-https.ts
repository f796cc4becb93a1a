import type { RouteRule } from '../route/table.ts';

/** A redirect whose work is that nothing is answered in clear text. */
export function leadsToHttps(action: RouteRule['action']): boolean {
  return action.kind === 'redirect' && action.redirect.scheme === 'https' && action.redirect.host === null;
}
