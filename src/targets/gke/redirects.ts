import type { RequestRedirect } from '../../gateway/types.ts';
import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import type { Adapted, RedirectContext, RedirectLowering } from '../dialect.ts';
import { featuresOf } from './classes.ts';

const find = defineFindings('gke-gateway/redirect', {
  status: {
    level: 'warning',
    message: (a: { status: number; written: number }) =>
      `GKE Gateway redirects with 301 or 302 only: ${a.written} was written for ${a.status}`,
    help: () =>
      'Clients may turn a redirected POST into a GET, which 307 and 308 forbid. If it matters, let the backend answer with the redirect.',
    differs: ['redirect', 'status'],
  },
  query: {
    level: 'note',
    message: (_: NoArgs) => "the client's query is kept in the redirect; the controller drops it",
    differs: ['redirect'],
  },
  'query-lost': {
    level: 'warning',
    message: (a: { query: string }) => `the redirect's own query "${a.query}" cannot be written: GKE Gateway keeps the client's`,
    help: () => 'Let the backend answer with the redirect if the query matters.',
    differs: ['redirect'],
  },
});

const USUAL = { http: 80, https: 443 } as const;

/** A port, and a status of newer releases, would be refused with the whole route. */
export function adaptRedirect(wanted: RequestRedirect, { redirect, place, gatewayClass }: RedirectContext): Adapted<RedirectLowering> {
  if (!featuresOf({ gatewayClass }).redirects)
    return { kind: 'refused', why: `class ${gatewayClass ?? ''} has no redirects; gke-l7-global-external-managed has` };
  const { port, ...filter } = wanted;
  if (port !== undefined && (filter.scheme === undefined || USUAL[filter.scheme] !== port))
    return { kind: 'refused', why: `GKE Gateway takes no port in a redirect, and it leads to port ${port}` };
  const { statusCode: status = 302 } = wanted;
  const written = status === 301 || status === 308 ? 301 : 302;
  const { query } = redirect;
  return {
    kind: 'written',
    written: {
      filter: { ...filter, statusCode: written },
      findings: [
        ...(status === written ? [] : [find.status({ status, written }, place)]),
        ...(query.kind === 'drop' ? [find.query({}, place)] : []),
        ...(query.kind === 'set' ? [find['query-lost']({ query: query.value }, place)] : []),
      ],
    },
  };
}
