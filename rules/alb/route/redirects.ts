import type { Entry } from '../../../src/model/entry.ts';
import type { PathMatch, Redirect, RedirectPath } from '../../../src/route/table.ts';
import type { AlbRedirect } from '../actions.ts';
import type { ListenPort } from '../group.ts';

/** The listener a redirect stands on, and the host it is for: '' and wildcards are no host that a keyword could become. */
export interface RedirectPlace {
  readonly listener: ListenPort;
  readonly host: string;
  readonly path: PathMatch;
}

/** The controller drops redirects that lead a listener to itself: every component as in the request. */
export function leadsToItself({ protocol, port, host, path, query }: AlbRedirect, listener: ListenPort): boolean {
  return (
    host === '#{host}' &&
    path === '/#{path}' &&
    query === '#{query}' &&
    (protocol === '#{protocol}' || protocol === listener.protocol) &&
    (port === '#{port}' || port === String(listener.port))
  );
}

/** Keywords are filled in where they are known, and kept where Gateway API keeps them too. */
export function redirectOf(redirect: AlbRedirect, { listener, host, path }: RedirectPlace, entries: readonly Entry[]): Redirect {
  const protocol = redirect.protocol === '#{protocol}' ? listener.protocol : redirect.protocol;
  const port = redirect.port === '#{port}' ? listener.port : Number(redirect.port);
  const staysOnListener = redirect.protocol === '#{protocol}' && redirect.port === '#{port}';
  const known = (text: string) =>
    text
      .replaceAll('#{protocol}', protocol.toLowerCase())
      .replaceAll('#{port}', String(listener.port))
      .replaceAll('#{host}', host === '' || host.startsWith('*') ? '#{host}' : host);
  return {
    status: redirect.status,
    scheme: staysOnListener ? null : protocol === 'HTTPS' ? 'https' : 'http',
    host: redirect.host === '#{host}' ? null : known(redirect.host).toLowerCase(),
    // null with a scheme is its usual port; with the request's own scheme it keeps the port.
    port: staysOnListener || port === (protocol === 'HTTPS' ? 443 : 80) ? null : port,
    path: pathOf(known(redirect.path), path),
    query:
      redirect.query === '#{query}' ? { kind: 'keep' } : redirect.query === '' ? { kind: 'drop' } : { kind: 'set', value: redirect.query },
    entries,
  };
}

/** True when it changes the protocol and keeps the port, on which nobody speaks the new one. */
export function keepsPort({ protocol, port }: AlbRedirect, listener: ListenPort): boolean {
  return port === '#{port}' && protocol !== '#{protocol}' && protocol !== listener.protocol;
}

/** `#{path}` stands for the path without its slash. */
function pathOf(written: string, match: PathMatch): RedirectPath {
  if (written === '/#{path}') return { kind: 'keep' };
  const [before = '', after, more] = written.split('#{path}');
  if (more !== undefined) return beyond(written);
  if (after === undefined) return /#\{/.test(written) ? beyond(written) : { kind: 'full', path: written };
  if (after !== '' || /#\{/.test(before)) return beyond(written);
  switch (match.kind) {
    case 'exact':
      return { kind: 'full', path: `${before}${match.value.slice(1)}` };
    case 'prefix': {
      const prefix = match.value.replace(/\/+$/, '');
      if (prefix === '') return before.endsWith('/') ? { kind: 'prefix', path: before.slice(0, -1) || '/' } : beyond(written);
      return { kind: 'prefix', path: `${before}${prefix.slice(1)}` };
    }
    case 'text-prefix':
    case 'glob':
    case 'regex':
      return { kind: 'regex', pattern: '/(.*)', replacement: `${before}$1`, caseInsensitive: false };
    default:
      return match satisfies never;
  }
}

/** With a keyword in a place that no path modifier reaches. */
function beyond(written: string): RedirectPath {
  return { kind: 'regex', pattern: '/(.*)', replacement: written.replace('#{path}', '$1'), caseInsensitive: false };
}
