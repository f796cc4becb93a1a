import type { RouteRule } from '../../../src/route/table.ts';
import { inert, placeOf } from '../settlement.ts';
import { isDecided } from './facts.ts';
import { conflictFindings } from './findings.ts';
import type { Server } from './location.ts';
import { type HostContext, plainMatch } from './location-rules.ts';
import { byLength } from './regex-host.ts';

/**
 * `if ($uri = /) { return 302 … }` stands in the server once for each location whose Ingress has app-root; the first, of the
 * longest path, answers, before the location is even chosen.
 */
export function appRootRule(server: Server, { host, books }: Pick<HostContext, 'host' | 'books'>): readonly RouteRule[] {
  const owners = [
    ...new Set(
      byLength(server.locations)
        .filter(({ rewriting }) => rewriting)
        .map(({ facts }) => facts),
    ),
  ].filter((facts) => facts.appRoot !== null);
  const [winner, ...others] = owners;
  if (winner === undefined || winner.appRoot === null) return [];
  const { path, entries } = winner.appRoot;
  const same = [];
  for (const loser of others) {
    if (loser.appRoot === null) continue;
    if (loser.appRoot.path === path) {
      same.push(...loser.appRoot.entries);
      continue;
    }
    for (const entry of loser.appRoot.entries) {
      const finding = conflictFindings['host-setting'](
        { host, setting: 'app-root', winner: winner.name, loser: loser.name },
        { ...placeOf(entry), host },
      );
      books.settled.push(...inert([entry], finding));
      if (!isDecided(winner, loser)) books.findings.push(finding);
    }
  }
  const target = path.split('?')[0] ?? path;
  return [
    {
      id: `${winner.name} app-root ${host === '' ? 'any' : host}`,
      ingress: winner.ref,
      scheme: null,
      match: plainMatch({ kind: 'exact', value: '/' }),
      action: {
        kind: 'redirect',
        redirect: {
          status: 302,
          scheme: null,
          host: null,
          port: null,
          path: { kind: 'full', path: target },
          query: { kind: 'drop' },
          entries: [...entries, ...same],
        },
      },
      httpsRedirect: null,
      intents: [],
      entries: [],
    },
  ];
}
