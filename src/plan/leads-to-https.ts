import type { RouteRule } from '../route/table.ts';

/** Nothing of it is served in clear text: by a redirect beside its action, or as its action whatever else a request has. */
export function leadsToHttps({ httpsRedirect, action, match }: RouteRule): boolean {
  if (httpsRedirect !== null) return true;
  const { headers, queryParams, cookies, methods, sourceRanges } = match;
  const isConditional = headers.length + queryParams.length + cookies.length + methods.length + sourceRanges.length > 0;
  return !isConditional && redirectsToHttps(action);
}

/** A redirect whose work is that nothing is answered in clear text. */
export function redirectsToHttps(action: RouteRule['action']): boolean {
  return action.kind === 'redirect' && action.redirect.scheme === 'https' && action.redirect.host === null;
}
