import type { IntentOf } from '../../intent/intent.ts';
import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import type { JsonObject } from '../../model/json.ts';
import { lost } from '../lacking/lacking.ts';
import { approximated, type Lower, placeOf } from '../lowering.ts';
import { middlewarePart } from './kinds.ts';

const find = defineFindings('traefik/cors', {
  preflight: {
    level: 'note',
    message: (_: NoArgs) => 'only real preflight requests are answered by Traefik, with status 200 instead of 204',
    help: () => 'A client that sends OPTIONS without the headers of a preflight request now reaches the backend.',
    differs: ['headers', 'status'],
  },
  dropped: {
    level: 'warning',
    message: (a: { origins: string }) => `CORS was written without ${a.origins}, which are no origins`,
    help: () =>
      'An origin has the form http(s)://host[:port], with at most one * as its first label. Browsers that need the rest are refused.',
    differs: ['headers', 'status'],
  },
});

const LABEL = '[A-Za-z0-9](?:[-A-Za-z0-9]*[A-Za-z0-9])?';
const ORIGIN = new RegExp(`^[a-z][a-z0-9+.-]*://(?:\\*\\.)?${LABEL}(?:\\.${LABEL})*(?::[0-9]{1,5})?$`, 'i');

/** The headers Middleware: before 3.8 Traefik refuses a route with the CORS filter of Gateway API. */
export const cors: Lower<'cors'> = (intent, context) => {
  const { exact, patterns, dropped } = originsOf(intent);
  if (exact.length + patterns.length === 0)
    return lost('traefik', intent, context, {
      why: 'none of the origins has the form http(s)://host[:port]',
      nearest: 'Name the origins, or let the backend answer with the headers.',
    });
  const headers: JsonObject = {
    ...(exact.length === 0 ? {} : { accessControlAllowOriginList: exact }),
    ...(patterns.length === 0 ? {} : { accessControlAllowOriginListRegex: patterns }),
    ...list('accessControlAllowMethods', intent.methods),
    ...list('accessControlAllowHeaders', intent.headers),
    ...list('accessControlExposeHeaders', intent.exposeHeaders),
    accessControlMaxAge: intent.maxAgeSeconds,
    // Browsers never honour credentials that are offered to every origin.
    ...(intent.credentials && !exact.includes('*') ? { accessControlAllowCredentials: true } : {}),
    addVaryHeader: true,
  };
  const place = placeOf(intent, context);
  const finding = dropped.length === 0 ? find.preflight({}, place) : find.dropped({ origins: dropped.join(', ') }, place);
  return approximated({ policies: [middlewarePart('cors', { headers })] }, finding);
};

/** `*.` stands for one label, as on the controller. */
function originsOf({ origins }: IntentOf<'cors'>) {
  if (origins.includes('*')) return { exact: ['*'], patterns: [], dropped: [] };
  const distinct = [...new Set(origins)];
  const valid = distinct.filter((origin) => ORIGIN.test(origin));
  return {
    exact: valid.filter((origin) => !origin.includes('*')),
    patterns: valid
      .filter((origin) => origin.includes('*'))
      .map((origin) => `(?i)^${origin.replace(/[.+]/g, '\\$&').replace('*', '[A-Za-z0-9-]+')}$`),
    dropped: distinct.filter((origin) => !valid.includes(origin)),
  };
}

function list(field: string, values: readonly string[]): JsonObject {
  const distinct = [...new Set(values)].filter((value) => value !== '');
  return distinct.length === 0 ? {} : { [field]: distinct };
}
