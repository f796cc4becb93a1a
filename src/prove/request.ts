import type { Scheme } from '../route/table.ts';

/** One request, as both sides see it. `path` is as the client wrote it, without the query. */
export interface Request {
  readonly scheme: Scheme;
  readonly port: number;
  readonly host: string;
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

/** 80 or 443. */
export function usualPort(scheme: Scheme): number {
  return scheme === 'http' ? 80 : 443;
}

/** `https://a.test:8443/x?y=1`; the usual port is left out. */
export function requestUrl(request: Request): string {
  const port = request.port === usualPort(request.scheme) ? '' : `:${request.port}`;
  return `${request.scheme}://${request.host}${port}${request.path}${queryText(request)}`;
}

/** With its `?`; '' when there is none. */
export function queryText(request: Request): string {
  const pairs = Object.entries(request.query).map(([name, value]) => `${name}=${value}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/** The value of the Cookie header; '' when there are none. */
export function cookieText(request: Request): string {
  return Object.entries(request.cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');
}

/** A request as a person types it: `GET https://a.test/x?y=1 (x-canary: always)`. */
export function requestText(request: Request): string {
  const extras = [
    ...Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`),
    ...Object.entries(request.cookies).map(([name, value]) => `cookie ${name}=${value}`),
  ];
  return `${request.method} ${requestUrl(request)}${extras.length === 0 ? '' : ` (${extras.join(', ')})`}`;
}
