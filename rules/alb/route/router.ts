import type { Intent } from '../../../src/intent/intent.ts';
import type { Finding } from '../../../src/ledger/finding.ts';
import type { RoutingTable } from '../../../src/route/table.ts';
import type { PackView, Routed } from '../../../src/rule/pack.ts';
import { openOverHttp } from '../authentication.ts';
import type { Books } from '../books.ts';
import { settle } from '../books.ts';
import type { Group } from '../group.ts';
import { type Candidate, candidatesOf, defaultCandidate } from './candidates.ts';
import { orderFindings } from './findings.ts';
import { groupsOf } from './groups.ts';
import { satellitesOf, settleRest } from './rest.ts';
import { settingsOf } from './settings.ts';
import { groupTables, vanishedMembers } from './tables.ts';

/** One load balancer a group: its members in order, their paths in order, and whatever is left for each. */
export function route(view: PackView): Routed {
  const books: Books = { settled: [], findings: [] };
  const groups = groupsOf(view, books);
  const tables = groups.flatMap((group) => tablesOf(group, books));
  const served = tables.filter(({ hosts }) => hosts.length > 0);
  const satellites = satellitesOf(groups, view.estate);
  settleRest(view, served, satellites, books);
  return { tables: served, settled: books.settled, findings: distinct(books.findings), satellites };
}

function tablesOf(group: Group, books: Books): readonly RoutingTable[] {
  const rules = group.members.flatMap((member) => candidatesOf(member, group, books));
  const defaults = group.members.flatMap((member) => defaultCandidate(member, group, books) ?? []);
  const settings = settingsOf(group, books);
  const { tables, dead, served } = groupTables(group, [...rules, ...defaults], settings, books);
  vanishedMembers(group, books);
  for (const { candidate, by } of dead) if (!served.has(candidate)) reportDead(candidate, by, books);
  reportOpenHttp(group, tables, books);
  return tables;
}

function reportDead(candidate: Candidate, by: Candidate, books: Books): void {
  const { namespace, name } = by.ingress;
  const args = { path: candidate.label, by: by.label, ingress: `${namespace}/${name}` };
  const place = { at: candidate.own[0]?.at ?? candidate.ingress.at, ingress: candidate.ingress };
  settle(books, candidate.own, 'inert', orderFindings.dead(args, place));
}

/** Signing in is asked for over HTTPS alone. */
function reportOpenHttp({ members }: Group, tables: readonly RoutingTable[], books: Books): void {
  const rules = tables.flatMap(({ hosts }) => hosts.flatMap((host) => host.rules));
  const signedIn = new Set(rules.filter(({ intents }) => intents.some(isSignIn)).map(({ ingress }) => ingress));
  const open = new Set(rules.filter(({ scheme, action }) => scheme === 'http' && action.kind === 'forward').map(({ ingress }) => ingress));
  for (const member of members) if (signedIn.has(member.ingress.ref) && open.has(member.ingress.ref)) openOverHttp(member, books);
}

function isSignIn({ kind }: Intent): boolean {
  return kind === 'awsAuthenticate' || kind === 'awsJwt';
}

/** The same is found once for every path and listener that it concerns. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  const byText = new Map(findings.map((finding) => [JSON.stringify([finding.code, finding.args, finding.at]), finding]));
  return [...byText.values()];
}
