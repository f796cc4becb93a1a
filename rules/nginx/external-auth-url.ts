/**
 * What is wrong with a URL as `parser.StringToURL` sees it (Go's url.Parse, and scheme and host present); null when
 * nothing is. A variable may stand in the host or the path, not for the scheme or the port.
 */
export function urlProblem(url: string): string | null {
  const [, rest] = /^[A-Za-z][A-Za-z0-9+.-]*:(.*)$/.exec(url) ?? [];
  if (rest === undefined) return 'has no scheme';
  const [, authority] = /^\/\/([^/?#]*)/.exec(rest) ?? [];
  if (authority === undefined || authority === '') return 'names no host';
  if (/\s/.test(authority)) return 'has a blank in its host';
  if (authority.includes('..')) return 'has ".." in its host';
  const colon = authority.lastIndexOf(':');
  if (colon >= 0 && !/^[0-9]*$/.test(authority.slice(colon + 1))) return 'has a port that is no number';
  return null;
}

/**
 * One item of auth-cache-duration: status codes, then times (`200 202 5m`). Words that are neither are let pass, as long
 * as there is a time.
 */
export function isCacheDuration(item: string): boolean {
  let timed = false;
  for (const word of item.split(' ').filter((each) => each !== '')) {
    if (/^[0-9]{3}$/.test(word)) {
      if (timed) return false;
    } else if (/^[0-9]+(ms|s|m|h|d|w|M|y)$/.test(word)) timed = true;
  }
  return timed;
}
