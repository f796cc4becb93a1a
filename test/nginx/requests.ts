import type { Request } from '../../src/prove/request.ts';

export type { Request };

/** `http://a.test/x?y=1` as a request; `https` goes to 443. */
export function requestOf(url: string, more: Partial<Request> = {}): Request {
  const [, scheme = 'http', host = '', path = '/', query = ''] = /^(https?):\/\/([^/?]+)([^?]*)(?:\?(.*))?$/.exec(url) ?? [];
  const isHttps = scheme === 'https';
  return {
    scheme: isHttps ? 'https' : 'http',
    port: isHttps ? 443 : 80,
    host,
    path: path === '' ? '/' : path,
    method: 'GET',
    headers: {},
    cookies: {},
    query: Object.fromEntries(query === '' ? [] : query.split('&').map((pair) => pair.split('=', 2))),
    ...more,
  };
}
