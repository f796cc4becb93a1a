import type { Scheme } from '../../route/table.ts';
import { type Request, usualPort } from '../request.ts';

/** Where one of the two load balancers listens; the host a request is for stays in its Host header and server name. */
export interface Address {
  /** Name or IP address to connect to. */
  readonly host: string;
  /** What stands in for 80 and 443; null = these. Other ports of requests stay. */
  readonly ports: Readonly<Record<Scheme, number | null>>;
}

/**
 * From a URL, or one for each scheme when both ports are unusual: `http://192.0.2.1`, `http://127.0.0.1:8080` with
 * `https://127.0.0.1:8443`.
 * @throws RangeError when they are no http or https URLs of one host, or have a path
 */
export function addressOf(urls: readonly string[]): Address {
  const parsed = urls.map(parse);
  const [first] = parsed;
  if (first === undefined) throw new RangeError('no address');
  if (parsed.some(({ hostname }) => hostname !== first.hostname)) throw new RangeError(`${urls.join(' and ')} are two hosts`);
  const portOf = (scheme: Scheme) => {
    const own = parsed.filter(({ protocol }) => protocol === `${scheme}:`);
    if (own.length > 1) throw new RangeError(`${urls.join(' and ')} are both ${scheme}`);
    const [url] = own;
    return url === undefined || url.port === '' ? null : Number(url.port);
  };
  return { host: first.hostname.replace(/^\[|\]$/g, ''), ports: { http: portOf('http'), https: portOf('https') } };
}

function parse(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '') throw new RangeError(`"${text}" is no http or https URL`);
  if (url.pathname !== '/' || url.search !== '' || url.username !== '')
    throw new RangeError(`"${text}" is more than scheme, host and port`);
  return url;
}

export function portFor(address: Address, request: Request): number {
  return request.port === usualPort(request.scheme) ? (address.ports[request.scheme] ?? request.port) : request.port;
}

/**
 * The Location of an answer as clients of the real address would see it: absolute, with the request's host for that of the
 * address and the usual port for the one that stands in for it, and no port where it is the usual one.
 */
export function publicLocation(location: string, request: Request, address: Address): string {
  const own = request.port === usualPort(request.scheme) ? '' : `:${request.port}`;
  const base = `${request.scheme}://${request.host}${own}`;
  const absolute = location.startsWith('//')
    ? `${request.scheme}:${location}`
    : location.startsWith('/')
      ? `${base}${location}`
      : /^[a-z][a-z0-9+.-]*:/i.test(location)
        ? location
        : new URL(location, `${base}${request.path}`).href;
  const [, protocol = '', host = '', port, rest = ''] = /^(https?):\/\/([^/?#:]+)(?::(\d+))?(.*)$/i.exec(absolute) ?? [];
  if (host === '') return absolute;
  const scheme = protocol.toLowerCase() === 'https' ? 'https' : 'http';
  const shown = host.toLowerCase() === address.host.toLowerCase() ? request.host : host.toLowerCase();
  const number = port === undefined ? usualPort(scheme) : Number(port);
  const isUsual = number === usualPort(scheme) || number === address.ports[scheme];
  return `${scheme}://${shown}${isUsual ? '' : `:${number}`}${rest === '' ? '/' : rest}`;
}
