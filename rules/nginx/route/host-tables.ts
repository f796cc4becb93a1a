import type { Intent, IntentKind } from '../../../src/intent/intent.ts';
import type { Estate } from '../../../src/model/estate.ts';
import { compareText } from '../../../src/model/position.ts';
import type { HostTable, PathMatch, RouteRule } from '../../../src/route/table.ts';
import type { Books } from '../../../src/rule/books.ts';
import { certificateFindings } from '../client-certificate.ts';
import type { Controller } from '../controller/controller.ts';
import { isAnsweredWithError } from '../references.ts';
import { inert, placeOf } from '../settlement.ts';
import type { Affinities } from './affinities.ts';
import { aliasesOf } from './aliases.ts';
import type { Alternative } from './canaries.ts';
import { certificateOf, certificateOfName, type HostCertificate, inheritCertificate } from './certificates.ts';
import { reportOwner } from './conflicts.ts';
import { isDecided } from './facts.ts';
import { conflictFindings } from './findings.ts';
import { hostRules } from './host-rules.ts';
import { hostSnippets } from './host-snippets.ts';
import type { Server } from './location.ts';
import { overHttpOnly, passthroughOf } from './passthrough.ts';
import { wwwTwins } from './www-twins.ts';

const PORTS = [
  { scheme: 'http', port: 80 },
  { scheme: 'https', port: 443 },
] as const;

interface TablesInput {
  readonly servers: ReadonlyMap<string, Server>;
  readonly alternatives: ReadonlyMap<string, Alternative>;
  readonly affinities: Affinities;
  readonly estate: Estate;
  readonly controller: Controller;
  readonly books: Books;
}

/** What each name serves: the hosts, their aliases, and the twins that redirect to them. */
export function hostTables({ servers: byName, alternatives, affinities, estate, controller, books }: TablesInput): {
  readonly hosts: readonly HostTable[];
  readonly certificates: ReadonlyMap<string, HostCertificate>;
} {
  // The server for any host is called _, and nginx keeps a name for the first that has it.
  const servers = [...byName.values()].sort((a, b) => compareText(a.host || '_', b.host || '_'));
  const own = new Map(servers.map((server) => [server.host, certificateOf(server, estate, books)]));
  const certificates = new Map([...own].map(([host, certificate]) => [host, inheritCertificate(host, certificate, own)]));
  const table = (server: Server, name: string, certificate: HostCertificate): HostTable => {
    const snippets = hostSnippets(server, name, books);
    const context = { host: server.host, registered: certificate.registered, estate, alternatives, affinities, books, snippets };
    const rules = hostRules(server, context);
    const ofServer = hostIntents(server, books);
    const made: HostTable = {
      host: name,
      wildcard: 'one-label',
      ports: PORTS,
      certificate: certificate.certificate,
      rules: (name === server.host ? rules : rules.map((rule) => ({ ...rule, id: `${rule.id} @${name}` }))).map((rule) =>
        ofServer.some(isAnsweredWithError) ? refused(rule) : rule,
      ),
      owner: ownerOf(server),
      intents: [...ofServer, ...snippets.intents],
      passthrough: null,
    };
    if (name === server.host) reportOverHttp(made, books);
    // Its proxy compares with the host itself: aliases are terminated as ever.
    const passthrough =
      name === server.host ? passthroughOf(server, context, controller.flags.get('enable-ssl-passthrough') === 'true') : null;
    return passthrough === null ? made : overHttpOnly(made, passthrough);
  };
  for (const server of servers) reportOwner(server, books);
  const hosts = servers.map((server) => table(server, server.host, certificates.get(server.host) ?? certificateOf(server, estate, books)));
  const twins = wwwTwins(servers, certificates, books);
  const taken = new Set([...hosts, ...twins].map((each) => each.host));
  const aliases = aliasesOf(servers, taken, books).map(({ name, server, wildcard, entries }): HostTable => {
    const certificate = certificates.get(server.host) ?? certificateOf(server, estate, books);
    const made = table(server, name, certificateOfName(name, certificate, certificates));
    return {
      ...made,
      wildcard: name.startsWith('*.') ? wildcard : 'one-label',
      rules: made.rules.map((rule): RouteRule => ({ ...rule, entries: [...rule.entries, ...entries] })),
    };
  });
  const named = [...hosts, ...twins, ...aliases].filter(({ rules, passthrough }) => rules.length > 0 || passthrough !== null);
  const sorted = named.sort((a, b) => Number(a.host === '') - Number(b.host === '') || compareText(a.host, b.host));
  return { hosts: sorted, certificates };
}

/** A server that answers 403 to everything redirects nobody. */
function refused(rule: RouteRule): RouteRule {
  if (rule.action.kind !== 'redirect') return { ...rule, httpsRedirect: null };
  const { entries } = rule.action.redirect;
  const action = { kind: 'respond', status: 403, contentType: null, body: null } as const;
  return { ...rule, action, httpsRedirect: null, entries: [...rule.entries, ...entries] };
}

/** Of client certificates nothing is asked where no TLS is spoken. */
function reportOverHttp({ host, rules, intents }: HostTable, books: Books): void {
  const asked = intents.find((intent) => intent.kind === 'clientCertificate' && intent.verify !== 'off');
  const [entry] = asked?.entries ?? [];
  // A common name is compared on every request, and over HTTP there is none.
  if (asked?.kind !== 'clientCertificate' || asked.matchCommonName !== null || entry === undefined) return;
  const open = rules.filter(
    ({ action, httpsRedirect, scheme }) => action.kind === 'forward' && httpsRedirect === null && scheme !== 'https',
  );
  if (open.length === 0) return;
  const paths = [...new Set(open.map(({ match }) => textOfPath(match.path)))].join(', ');
  const finding = certificateFindings['over-http']({ host: host === '' ? 'any other host' : host, paths }, { ...placeOf(entry), host });
  books.findings.push(finding);
}

function textOfPath(path: PathMatch): string {
  return path.kind === 'regex' ? path.pattern : path.value;
}

function ownerOf({ creator, members }: Server): HostTable['owner'] {
  return creator !== null && members.every((other) => isDecided(creator, other)) ? creator.ref : null;
}

/** Of each kind that of the first Ingress that has one holds for the whole host. */
function hostIntents({ host, members }: Server, books: Books): readonly Intent[] {
  const winners = new Map<IntentKind, Server['members'][number]>();
  const intents: Intent[] = [];
  for (const facts of members) {
    for (const intent of facts.view.hostIntents) {
      const winner = winners.get(intent.kind) ?? facts;
      winners.set(intent.kind, winner);
      if (winner === facts) {
        intents.push(intent);
        continue;
      }
      const [entry] = intent.entries;
      const args = { host, setting: entry?.name ?? intent.kind, winner: winner.name, loser: facts.name };
      const finding = conflictFindings['host-setting'](args, { at: entry?.at ?? facts.ref.at, ingress: facts.ref, host });
      if (!isDecided(winner, facts)) books.findings.push(finding);
      books.settled.push(...inert(intent.entries, finding));
    }
  }
  return intents;
}
