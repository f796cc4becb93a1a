import type { Entry } from '../../../src/model/entry.ts';
import { isValidHost } from '../../../src/model/host.ts';
import type { Books } from '../../../src/rule/books.ts';
import { aliasFindings } from '../server-alias.ts';
import { endAs, inert } from '../settlement.ts';
import type { Server } from './location.ts';

/** Another name of a host, as a host of its own. */
export interface Alias {
  readonly name: string;
  readonly server: Server;
  /** nginx's own wildcards take any number of labels; those of Ingress hosts are turned into patterns for one. */
  readonly wildcard: 'one-label' | 'any-depth';
  readonly entries: readonly Entry[];
}

/** `taken`: names that are hosts already. Servers come by name, and nginx keeps a name for the first that has it. */
export function aliasesOf(servers: readonly Server[], taken: ReadonlySet<string>, books: Books): readonly Alias[] {
  const aliases: Alias[] = [];
  for (const server of servers) {
    const [winner, ...others] = server.members.filter((facts) => facts.aliases !== null);
    if (winner === undefined || winner.aliases === null) continue;
    const { host } = server;
    for (const loser of others) {
      const entries = loser.aliases?.entries ?? [];
      const finding = aliasFindings['not-first'](
        { host, winner: winner.name },
        { at: entries[0]?.at ?? loser.ref.at, ingress: loser.ref, host },
      );
      books.findings.push(finding);
      books.settled.push(...inert(entries, finding));
    }
    const { names, entries } = winner.aliases;
    const place = { at: entries[0]?.at ?? winner.ref.at, ingress: winner.ref, host };
    for (const name of names) {
      const hostnames = hostnamesOf(name);
      if (hostnames.length === 0)
        books.settled.push(...endAs('unmapped', entries, aliasFindings['no-hostname-form']({ alias: name }, place)));
      for (const hostname of hostnames) {
        const other = aliases.find((alias) => alias.name === hostname);
        if (taken.has(hostname)) books.settled.push(...inert(entries, aliasFindings['host-exists']({ alias: hostname, host }, place)));
        else if (other !== undefined) {
          const finding = aliasFindings['alias-taken']({ alias: hostname, host, other: other.server.host }, place);
          books.findings.push(finding);
          books.settled.push(...inert(entries, finding));
        } else aliases.push({ name: hostname, server, wildcard: 'any-depth', entries });
      }
    }
  }
  return aliases;
}

/** `.example.com` is short for `example.com *.example.com`. Empty for patterns and wildcards at the end. */
function hostnamesOf(alias: string): readonly string[] {
  const name = alias.toLowerCase();
  const names = name.startsWith('.') ? [name.slice(1), `*${name}`] : [name];
  return names.every(isValidHost) ? names : [];
}
