import * as z from 'zod';
import { cookieText, type Request, requestUrl, usualPort } from './request.ts';

/** One request as others can use it: nothing but what goes over the wire. */
export const jsonRequest = z.object({
  method: z.string(),
  /** As the client writes it, neither decoded nor normalised; the host goes into the Host header and the server name. */
  url: z.string(),
  headers: z.record(z.string(), z.string()).default({}),
  /** Several backends share its traffic by weight, so that two answers may come from different ones. */
  split: z.boolean().default(false),
});

export type JsonRequest = z.infer<typeof jsonRequest>;

/** A request to be sent. */
export interface SentRequest extends Request {
  /** Path and query exactly as they go onto the request line. */
  readonly target: string;
  readonly split: boolean;
}

export function toJsonRequest(request: Request, split: boolean): JsonRequest {
  const cookie = cookieText(request);
  return { method: request.method, url: requestUrl(request), headers: { ...request.headers, ...(cookie === '' ? {} : { cookie }) }, split };
}

export type ReadRequests =
  | { readonly kind: 'read'; readonly requests: readonly SentRequest[] }
  | { readonly kind: 'malformed'; readonly reason: string };

/** Anything with a list of requests under `requests`: the JSON of a verification, its request set, or one made by hand. */
const withRequests = z.object({ requests: z.array(jsonRequest) });

export function readRequests(text: string): ReadRequests {
  const parsed = parse(text);
  if (parsed.kind === 'malformed') return parsed;
  const result = withRequests.safeParse(parsed.value);
  if (!result.success) {
    const [issue] = result.error.issues;
    return { kind: 'malformed', reason: `${(issue?.path ?? []).join('.')}: ${issue?.message ?? 'is malformed'}` };
  }
  const requests: SentRequest[] = [];
  for (const [index, row] of result.data.requests.entries()) {
    const request = sentRequest(row);
    if (request === null) return { kind: 'malformed', reason: `requests.${index}.url: "${row.url}" is no http or https URL` };
    requests.push(request);
  }
  return { kind: 'read', requests };
}

function parse(
  text: string,
): { readonly kind: 'parsed'; readonly value: unknown } | { readonly kind: 'malformed'; readonly reason: string } {
  try {
    return { kind: 'parsed', value: JSON.parse(text) };
  } catch (error) {
    return { kind: 'malformed', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Not by `URL`, which resolves dot segments and encodes what a probe wants to send as it is. */
const URL_PARTS = /^(https?):\/\/([A-Za-z0-9.-]+)(?::(\d{1,5}))?((?:\/[^?#]*)?)((?:\?[^#]*)?)$/;

function sentRequest({ method, url, headers, split }: JsonRequest): SentRequest | null {
  const [, protocol, host, port, path, query] = URL_PARTS.exec(url) ?? [];
  if (host === undefined || path === undefined || query === undefined) return null;
  const scheme = protocol === 'https' ? 'https' : 'http';
  const others = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'cookie');
  const cookies = Object.entries(headers).flatMap(([name, value]) => (name.toLowerCase() === 'cookie' ? value.split(';') : []));
  return {
    scheme,
    host: host.toLowerCase(),
    port: port === undefined ? usualPort(scheme) : Number(port),
    path: path === '' ? '/' : path,
    method,
    headers: Object.fromEntries(others),
    cookies: Object.fromEntries(cookies.map(pair)),
    query: Object.fromEntries(query.length <= 1 ? [] : query.slice(1).split('&').map(pair)),
    target: `${path === '' ? '/' : path}${query}`,
    split,
  };
}

function pair(text: string): readonly [string, string] {
  const [name = '', ...value] = text.trim().split('=');
  return [name, value.join('=')];
}
