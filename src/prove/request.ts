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

/** A request as a person types it: `GET https://a.test/x?y=1 (x-canary: always)`. */
export function requestText(request: Request): string {
  const usual = request.scheme === 'http' ? 80 : 443;
  const port = request.port === usual ? '' : `:${request.port}`;
  const query = Object.entries(request.query).map(([name, value]) => `${name}=${value}`);
  const extras = [
    ...Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`),
    ...Object.entries(request.cookies).map(([name, value]) => `cookie ${name}=${value}`),
  ];
  const url = `${request.scheme}://${request.host}${port}${request.path}${query.length === 0 ? '' : `?${query.join('&')}`}`;
  return `${request.method} ${url}${extras.length === 0 ? '' : ` (${extras.join(', ')})`}`;
}
