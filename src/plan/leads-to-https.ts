import type { RouteRule } from '../route/table.ts';

/** Nothing of it is served in clear text: by a redirect beside its action, or as its action. */
export function leadsToHttps({ httpsRedirect, action }: RouteRule): boolean {
  return httpsRedirect !== null || redirectsToHttps(action);
}

/** A redirect whose work is that nothing is answered in clear text. */
export function redirectsToHttps(action: RouteRule['action']): boolean {
  return action.kind === 'redirect' && action.redirect.scheme === 'https' && action.redirect.host === null;
}
