import type { HeaderValue } from '../../../src/intent/intent.ts';
import type { Entry } from '../../../src/model/entry.ts';
import type { Ingress } from '../../../src/model/ingress.ts';
import { type Directive, readSnippet } from '../../nginx-config/directive.ts';
import { PREFIX } from '../annotation.ts';
import { checkDirectives } from './validity.ts';
import { fill } from './variables.ts';

export const AUTH_SNIPPET = `${PREFIX}auth-snippet`;

/** Headers that it sends to the authentication service already. */
const SENT: ReadonlySet<string> = new Set([
  'content-length',
  'host',
  'x-auth-request-redirect',
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-original-method',
  'x-original-url',
  'x-real-ip',
  'x-request-id',
  'x-sent-from',
]);

export type AuthHeader =
  | { readonly kind: 'constant'; readonly header: HeaderValue }
  /** The client's own, which reaches the service anyway. */
  | { readonly kind: 'passed' }
  | { readonly kind: 'sent-twice' }
  | { readonly kind: 'variable'; readonly name: string };

/** What a `proxy_set_header` of an auth-snippet adds to the authentication request; null for any other directive. */
export function authHeader({ name: directive, args }: Directive): AuthHeader | null {
  if (directive !== 'proxy_set_header') return null;
  const [name = '', value = ''] = args;
  const key = name.toLowerCase();
  if (SENT.has(key)) return { kind: 'sent-twice' };
  if (value.toLowerCase() === `$http_${key.replaceAll('-', '_')}`) return { kind: 'passed' };
  const [left] = fill(value, new Map()).left;
  return left === undefined ? { kind: 'constant', header: { name, value } } : { kind: 'variable', name: left };
}

/** The constant headers of the auth-snippet, with the directives behind them. `isDropped`: no snippet of an Ingress is looked at. */
export function authHeadersOf(
  ingress: Ingress,
  isDropped: boolean,
): { readonly headers: readonly HeaderValue[]; readonly entries: readonly Entry[] } {
  const annotation = ingress.annotations.find(({ name, value, malformed }) => name === AUTH_SNIPPET && value !== '' && malformed !== true);
  const isRead = annotation !== undefined && !(isDropped && annotation.ingress !== null);
  const { directives, problem } = !isRead ? { directives: [], problem: null } : readSnippet(annotation);
  if (problem !== null) return { headers: [], entries: [] };
  const found = checkDirectives(directives, 'location', 'auth').valid.flatMap((directive) => {
    const header = authHeader(directive);
    // Without a value nginx leaves the header out: it keeps one of the client from the service.
    return header?.kind === 'constant' && header.header.value !== '' ? [{ header: header.header, entry: directive.entry }] : [];
  });
  return { headers: found.map(({ header }) => header), entries: found.map(({ entry }) => entry) };
}
