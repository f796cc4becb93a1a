import { hasField } from '../../gateway/fields.ts';
import { LIMITS } from '../../gateway/limits.ts';
import type { CorsFilter } from '../../gateway/types.ts';
import type { IntentOf } from '../../intent/intent.ts';
import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import { approximated, type Lower, placeOf, unmapped } from '../lowering.ts';

const find = defineFindings('standard/cors', {
  'no-field': {
    level: 'warning',
    message: (a: { release: string }) =>
      `Gateway API ${a.release} of the standard channel has no CORS filter, so browsers on other origins will be refused`,
    help: () => '--gateway-api 1.5 or newer has it, and so has --channel experimental. Or let the backend answer with the headers.',
    differs: ['headers', 'status'],
  },
  'no-origin': {
    level: 'warning',
    message: (a: { origins: string }) => `no CORS filter was written: none of the allowed origins (${a.origins}) can be expressed`,
    help: () =>
      'An origin is * or http(s)://host[:port], with at most one * as its first label. Let the backend answer with the headers for others.',
    differs: ['headers', 'status'],
  },
  dropped: {
    level: 'warning',
    message: (a: { items: string }) => `the CORS filter was written without ${a.items}, which it cannot express`,
    help: () =>
      'Origins have the form http(s)://host[:port], methods are GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH, and * is not exposed along with credentials. Browsers that need the rest are refused.',
    differs: ['headers', 'status'],
  },
  'any-origin-credentials': {
    level: 'note',
    message: (_: NoArgs) => 'written for any origin without credentials: a browser never honours credentials that are offered to *',
    help: () => 'If a page relies on cookies across origins, name its origin: the filter then allows credentials.',
    differs: ['headers'],
  },
  'max-age': {
    level: 'note',
    message: (a: { seconds: number; written: number }) =>
      `browsers may keep the answer of a preflight request ${a.written} s instead of ${a.seconds} s`,
    differs: ['headers'],
  },
  'any-depth': {
    level: 'warning',
    message: (a: { origins: string }) =>
      `${a.origins} allows names with any number of labels in place of the *, where the controller took one label alone`,
    help: () => 'If whoever has deeper names must not read the answers, name the origins one by one.',
    differs: ['headers'],
  },
  preflight: {
    level: 'note',
    message: (_: NoArgs) =>
      'written as CORS filter: origins have to match exactly, and only real preflight requests are answered by the gateway',
    help: () => 'A client that sends OPTIONS without the headers of a preflight request now reaches the backend.',
    differs: ['headers', 'status'],
  },
});

/** In the standard channel since 1.5. What the filter's schema refuses is left out by name, never bent. */
export const cors: Lower<'cors'> = (intent, context) => {
  const place = placeOf(intent, context);
  if (!hasField(context.release, 'HTTPRoute.rules.filters.CORS'))
    return unmapped(find['no-field']({ release: context.release.version }, place));
  const { filter, dropped } = filterOf(intent);
  if (filter.allowOrigins === undefined) return unmapped(find['no-origin']({ origins: intent.origins.join(', ') }, place));
  const deep = filter.allowOrigins.filter((origin) => origin.includes('://*.'));
  const [gravest = find.preflight({}, place), ...others] = [
    ...(dropped.length > 0 ? [find.dropped({ items: dropped.join(', ') }, place)] : []),
    ...(deep.length > 0 ? [find['any-depth']({ origins: deep.join(', ') }, place)] : []),
    ...(intent.credentials && filter.allowCredentials !== true ? [find['any-origin-credentials']({}, place)] : []),
    ...(filter.maxAge !== undefined && filter.maxAge !== intent.maxAgeSeconds
      ? [find['max-age']({ seconds: intent.maxAgeSeconds, written: filter.maxAge }, place)]
      : []),
    find.preflight({}, place),
  ];
  return approximated({ cors: filter, ...(others.length === 0 ? {} : { findings: others }) }, gravest);
};

const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'];
const LABEL = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const ORIGIN = new RegExp(`^https?://(?:\\*\\.)?${LABEL}(?:\\.${LABEL})*(?::[0-9]{1,5})?$`);
const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]{1,256}$/;
const LARGEST_INT32 = 2_147_483_647;

function filterOf(intent: IntentOf<'cors'>): { readonly filter: CorsFilter; readonly dropped: readonly string[] } {
  const dropped: string[] = [];
  const keep = (what: string, values: readonly string[], accept: (value: string) => boolean, limit: number) => {
    if (values.includes('*') && accept('*')) return ['*'];
    const distinct = [...new Set(values)];
    const kept = distinct.filter(accept).slice(0, limit);
    dropped.push(...distinct.filter((value) => !kept.includes(value)).map((value) => `${what} ${value}`));
    return kept;
  };
  const lowerCase = intent.origins.map((origin) => origin.toLowerCase());
  const upperCase = intent.methods.map((method) => method.toUpperCase());
  const origins = keep('origin', lowerCase, (origin) => origin === '*' || ORIGIN.test(origin), LIMITS.corsOrigins);
  const methods = keep('method', upperCase, (method) => method === '*' || METHODS.includes(method), LIMITS.corsMethods);
  const headers = keep('header', intent.headers, (name) => HEADER_NAME.test(name), LIMITS.corsHeaders);
  // Browsers never honour credentials that are offered to every origin, so nothing is lost by not offering them.
  const credentials = intent.credentials && !origins.includes('*');
  const exposed = keep(
    'exposed header',
    intent.exposeHeaders,
    (name) => HEADER_NAME.test(name) && !(name === '*' && credentials),
    LIMITS.corsHeaders,
  );
  const filter: CorsFilter = {
    ...(origins.length === 0 ? {} : { allowOrigins: origins }),
    ...(methods.length === 0 ? {} : { allowMethods: methods }),
    ...(headers.length === 0 ? {} : { allowHeaders: headers }),
    ...(exposed.length === 0 ? {} : { exposeHeaders: exposed }),
    ...(credentials ? { allowCredentials: true } : {}),
    maxAge: Math.min(Math.max(1, intent.maxAgeSeconds), LARGEST_INT32),
  };
  return { filter, dropped };
}
