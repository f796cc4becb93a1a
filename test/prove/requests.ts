import type { Request } from '../../src/prove/request.ts';

/** `GET http://a.test/x?y=1` as a request; the method may be left out. */
export function requestOf(text: string, more: Partial<Request> = {}): Request {
  const [, method = 'GET', scheme, host = '', port, path = '', query = ''] =
    /^(?:([A-Z]+) )?(https?):\/\/([^/?:]+)(?::(\d+))?([^?]*)(?:\?(.*))?$/.exec(text) ?? [];
  const isHttps = scheme === 'https';
  return {
    scheme: isHttps ? 'https' : 'http',
    port: port === undefined ? (isHttps ? 443 : 80) : Number(port),
    host,
    path: path === '' ? '/' : path,
    method,
    headers: {},
    cookies: {},
    query: Object.fromEntries(query === '' ? [] : query.split('&').map((pair) => pair.split('=', 2))),
    ...more,
  };
}
