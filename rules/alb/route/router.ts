import type { Intent } from '../../../src/intent/intent.ts';
import type { Finding } from '../../../src/ledger/finding.ts';
import type { Entry } from '../../../src/model/entry.ts';
import type { RoutingTable } from '../../../src/route/table.ts';
import type { IngressView, PackView, Routed } from '../../../src/rule/pack.ts';
import { openOverHttp } from '../authentication.ts';
import type { Books } from '../books.ts';
import { settle } from '../books.ts';
import type { Group } from '../group.ts';
import { type Candidate, candidatesOf, defaultCandidate } from './candidates.ts';
import { orderFindings } from './findings.ts';
import { groupsOf } from './groups.ts';
import { satellitesOf, settleRest } from './rest.ts';
import { settingsOf } from './settings.ts';
import { groupTable, vanishedMembers } from './tables.ts';

/** `routed`: what the rules left to the router of an Ingress. */
type RoutedOf = (view: IngressView) => readonly Entry[];

/** One load balancer a group: its members in order, their paths in order, and whatever is left for each. */
export function route(view: PackView, routedOf: RoutedOf): Routed {
  const books: Books = { settled: [], findings: [] };
  const groups = groupsOf(view, books);
  const tables = groups.map((group) => tableOf(group, books));
  const served = tables.filter(({ hosts }) => hosts.length > 0);
  const satellites = satellitesOf(groups, view.estate);
  settleRest({ view, routedOf, groups, tables: served, satellites }, books);
  return { tables, settled: books.settled, findings: distinct(books.findings), satellites };
}

function tableOf(group: Group, books: Books): RoutingTable {
  const rules = group.members.flatMap((member) => candidatesOf(member, group, books));
  const defaults = group.members.flatMap((member) => defaultCandidate(member, group, books) ?? []);
  const settings = settingsOf(group, books);
  const { table, dead, served } = groupTable(group, [...rules, ...defaults], settings);
  vanishedMembers(group, books);
  for (const { candidate, by } of dead) if (!served.has(candidate)) reportDead(candidate, by, books);
  reportOpenHttp(group, table, books);
  return table;
}

function reportDead(candidate: Candidate, by: Candidate, books: Books): void {
  const { namespace, name } = by.ingress;
  const args = { path: candidate.label, by: by.label, ingress: `${namespace}/${name}` };
  const place = { at: candidate.own[0]?.at ?? candidate.ingress.at, ingress: candidate.ingress };
  settle(books, candidate.own, 'inert', orderFindings.dead(args, place));
}

/** Signing in is asked for over HTTPS alone. */
function reportOpenHttp({ members }: Group, { hosts }: RoutingTable, books: Books): void {
  const rules = hosts.flatMap((host) => host.rules);
  const signedIn = new Set(rules.filter(({ intents }) => intents.some(isSignIn)).map(({ ingress }) => ingress));
  const open = new Set(rules.filter(({ scheme, action }) => scheme === 'http' && action.kind === 'forward').map(({ ingress }) => ingress));
  for (const member of members) if (signedIn.has(member.ingress.ref) && open.has(member.ingress.ref)) openOverHttp(member, books);
}

function isSignIn({ kind }: Intent): boolean {
  return kind === 'awsAuthenticate' || kind === 'awsJwt';
}

/** The same is found for every path and listener that it concerns: the first is told. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  const textOf = (finding: Finding) => JSON.stringify([finding.code, finding.args, finding.at]);
  const byText = new Map([...findings].reverse().map((finding) => [textOf(finding), finding]));
  return findings.filter((finding) => byText.get(textOf(finding)) === finding);
}
