import type { Redirect } from '../../src/route/table.ts';

/** What nginx's `return CODE TARGET` sends clients to. */
export interface RedirectTarget extends Pick<Redirect, 'scheme' | 'host' | 'port' | 'path' | 'query'> {
  /**
   * `request-uri`: an origin followed by `$request_uri`, which keeps path and query. `relative-name`: neither a URL nor a path
   * from the root.
   */
  readonly kind: 'fixed' | 'request-uri' | 'relative-name';
}

const SAME_ORIGIN = { scheme: null, host: null, port: null } as const;

/** The target is sent as written: the path and query of the request do not get into it, unless it says `$request_uri`. */
export function redirectTarget(value: string): RedirectTarget {
  const kept = /^(?:(https?)|\$scheme):\/\/([^/:?$]+|\$host|\$http_host)(?::(\d{1,5}))?\/?\$request_uri$/i.exec(value);
  if (kept !== null) {
    return { kind: 'request-uri', ...originOf(kept[1], kept[2], kept[3]), path: { kind: 'keep' }, query: { kind: 'keep' } };
  }
  const url = /^(https?):\/\/([^/:?]+)(?::(\d{1,5}))?([^?]*)(?:\?(.*))?$/i.exec(value);
  if (url !== null) {
    const path = url[4] ?? '';
    return {
      kind: 'fixed',
      ...originOf(url[1], url[2], url[3]),
      path: { kind: 'full', path: path.startsWith('/') ? path : '/' },
      query: queryOf(url[5]),
    };
  }
  const [path = '', query] = value.split(/\?(.*)/s);
  if (path.startsWith('/')) return { kind: 'fixed', ...SAME_ORIGIN, path: { kind: 'full', path }, query: queryOf(query) };
  return { kind: 'relative-name', ...SAME_ORIGIN, path: { kind: 'full', path: `/${path}` }, query: queryOf(query) };
}

function originOf(
  scheme: string | undefined,
  host: string | undefined,
  port: string | undefined,
): Pick<Redirect, 'scheme' | 'host' | 'port'> {
  const name = scheme?.toLowerCase();
  return {
    scheme: name === 'http' || name === 'https' ? name : null,
    host: host === undefined || host.startsWith('$') ? null : host.toLowerCase(),
    port: port === undefined ? null : Number(port),
  };
}

function queryOf(query: string | undefined): Redirect['query'] {
  return query === undefined || query === '' ? { kind: 'drop' } : { kind: 'set', value: query };
}
