import type { IntentOf } from '../../intent/intent.ts';
import type { Estate } from '../../model/estate.ts';

/** The Service that is asked, and for what path. */
export interface AuthorizationServer {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
  readonly path: string;
}

export type AskedServer =
  | { readonly kind: 'server'; readonly server: AuthorizationServer }
  | { readonly kind: 'none'; readonly why: string };

/**
 * Whom Envoy can ask in the controller's place. It sends the client's method and Host header, and adds nothing: a server
 * that is told apart by its name, by the method or by a header of its own would be asked something else than today.
 */
export function askedServer(intent: IntentOf<'externalAuth'>, estate: Pick<Estate, 'serviceByName'>): AskedServer {
  const { url, method } = intent;
  const none = (why: string): AskedServer => ({ kind: 'none', why });
  if (url.includes('$')) return none('its URL holds variables of the controller');
  if (method !== null && method !== 'GET') return none(`it is asked with ${method}, and Envoy asks with the method of the request`);
  const added = intent.requestHeaders.filter(({ name }) => name.toLowerCase() !== 'x-auth-request-redirect');
  if (added.length > 0) return none(`it is sent ${added.map(({ name }) => name).join(', ')}, which Envoy cannot add`);
  const match = /^(https?):\/\/([a-z0-9-]+)\.([a-z0-9-]+)(\.svc(?:\.[a-z0-9.-]+)?)?(?::([0-9]{1,5}))?(\/[^?#]*)?([?#].*)?$/.exec(url);
  const [, scheme, name, namespace, svc, port, path, query] = match ?? [];
  const isService = svc !== undefined || estate.serviceByName.has(`${namespace}/${name}`);
  if (name === undefined || namespace === undefined || !isService)
    return none('it is no Service of the cluster by its full name, and Envoy would ask it under the name of the protected host');
  if (scheme === 'https') return none('it is asked over TLS, which takes a policy for its certificate first');
  if (query !== undefined) return none('its URL has a query, which is not sent');
  return { kind: 'server', server: { namespace, name, port: port === undefined ? 80 : Number(port), path: path ?? '/' } };
}

/** Headers of the request that go along, beside those that Envoy always sends. The controller sends all of them. */
export const FORWARDED_HEADERS: readonly string[] = [
  'accept',
  'cookie',
  'user-agent',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-requested-with',
];

/** What is not as the controller does it, whatever the server. */
export function askedDifferently(intent: IntentOf<'externalAuth'>): readonly string[] {
  return [
    'only status 200 lets a request pass, not every 2xx',
    "it is asked with the request's own method",
    `of the headers only Authorization, ${FORWARDED_HEADERS.join(', ')} are sent, and no X-Original-URL`,
    ...(intent.requestHeaders.length > 0 ? ['X-Auth-Request-Redirect is not sent'] : []),
    ...(intent.cache === null ? [] : ['its answers are not cached']),
  ];
}

/** oauth2-proxy answers 202 here, with which nobody gets in. */
export function answersAccepted({ path }: AuthorizationServer): boolean {
  return /\/oauth2\/auth\/?$/.test(path);
}
