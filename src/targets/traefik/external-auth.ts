import type { IntentOf } from '../../intent/intent.ts';
import { defineFindings } from '../../ledger/finding.ts';
import { lost } from '../lacking/lacking.ts';
import { approximated, type Lower, placeOf } from '../lowering.ts';
import { isBefore } from '../versions.ts';
import { middlewarePart } from './kinds.ts';

const find = defineFindings('traefik/external-auth', {
  differs: {
    level: 'warning',
    message: (a: { url: string; differences: string }) => `${a.url} is asked by forwardAuth; ${a.differences}`,
    help: () =>
      'See to it that the server goes by X-Forwarded-Method, -Proto, -Host and -Uri (many have a path of their own for Traefik), then test with a request that must be refused.',
    security: true,
    differs: ['status', 'headers'],
  },
});

/** Headers in which nginx tells the server what is asked for. Clients could send them through Traefik, which copies what it gets. */
const TOLD_BY_NGINX = ['X-Original-URL', 'X-Original-Method', 'X-Sent-From', 'X-Auth-Request-Redirect'];

/** Any 2xx lets the request pass; every other answer goes to the client as it is. */
export const externalAuth: Lower<'externalAuth'> = (intent, context) => {
  const { host } = context;
  const url = withHost(intent.url, host);
  const isOld = isBefore(context, '3.7');
  const signIn = intent.signInUrl === null || isOld ? null : signInPage(intent.signInUrl, host);
  const why = obstacle(intent, url);
  if (why !== null)
    return lost('traefik', intent, context, {
      why,
      nearest: 'Give the server a URL that needs none of it (forwardAuth asks one address with GET), or let the backend ask.',
    });
  const forwardAuth = {
    address: url,
    ...(intent.responseHeaders.length === 0 ? {} : { authResponseHeaders: intent.responseHeaders }),
    ...(signIn === null ? {} : { authSigninURL: signIn }),
  };
  const stripped = { customRequestHeaders: Object.fromEntries(TOLD_BY_NGINX.map((name) => [name, ''])) };
  return approximated(
    { policies: [middlewarePart('auth-headers', { headers: stripped }), middlewarePart('external-auth', { forwardAuth })] },
    find.differs({ url, differences: differences(intent, signIn, isOld).join('; ') }, placeOf(intent, context)),
  );
};

function obstacle(intent: IntentOf<'externalAuth'>, url: string): string | null {
  if (url.includes('$')) return 'its URL holds variables of the proxy';
  if (!/^https?:\/\/[^\s/?#]+/.test(url)) return 'its URL is not of the form http(s)://host/path';
  if (intent.method !== null && intent.method !== 'GET') return `it cannot be asked with ${intent.method}`;
  const own = intent.requestHeaders.filter(({ name }) => name.toLowerCase() !== 'x-auth-request-redirect');
  return own.length > 0 ? 'no headers of its own can be sent along' : null;
}

/** The one variable that a route knows: its host, where it has but one. */
function withHost(url: string, host: string): string {
  return host === '' || host.startsWith('*') ? url : url.replace(/\$(?:http_)?host\b|\$\{(?:http_)?host\}/g, host);
}

/** Without the page to come back to, which is told in variables; null where others remain. */
function signInPage(url: string, host: string): string | null {
  const [page = '', query = ''] = withHost(url, host).split('?');
  const kept = query.split('&').filter((item) => item !== '' && !item.includes('$'));
  return page.includes('$') ? null : [page, ...(kept.length === 0 ? [] : [kept.join('&')])].join('?');
}

function differences(intent: IntentOf<'externalAuth'>, signIn: string | null, isOld: boolean): readonly string[] {
  return [
    'the server is told what is asked for in X-Forwarded-* instead of X-Original-URL, which is taken out of requests',
    'answers other than 401 and 403 go to the client instead of a 500',
    ...(intent.signInUrl === null
      ? []
      : [
          signIn === null
            ? `a browser gets the 401, as ${isOld ? 'sending it to a sign-in page came with Traefik 3.7' : 'the URL of the sign-in page holds variables of the proxy'}`
            : `a browser is sent to ${signIn} without ${intent.signInReturnParam}, the page to come back to`,
        ]),
    ...(intent.requestHeaders.length === 0 ? [] : ['X-Auth-Request-Redirect is not sent']),
    ...(intent.cache === null ? [] : ['its answers are not cached: it is asked for every request']),
  ];
}
