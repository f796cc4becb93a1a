import type { Place } from '../../../src/ledger/finding.ts';
import type { Books } from '../../../src/rule/books.ts';
import { inert } from '../settlement.ts';
import { type Facts, isDecided } from './facts.ts';
import { conflictFindings } from './findings.ts';
import type { Location, Server } from './location.ts';

/** Entries of a location that are its own: the host leaf is shared with the other paths of its rule. */
export function ownEntries(location: Location) {
  const paths = location.entries.filter((entry) => !entry.name.endsWith('.host'));
  return [...paths, ...location.backendEntries];
}

export function placeOfLocation(location: Location, host: string): Place {
  const [first] = ownEntries(location);
  return { at: first?.at ?? location.facts.ref.at, ingress: location.facts.ref, host };
}

function whereIs(location: Location, host: string): { readonly file: string; readonly line: number } {
  const { at } = placeOfLocation(location, host);
  return { file: at?.file ?? '', line: at?.line ?? 0 };
}

/** An older Ingress, or an earlier path of the same one, has the path. */
export function reportShadowed(host: string, winner: Location, loser: Location, books: Books): void {
  const place = placeOfLocation(loser, host);
  const args = { path: `${host}${loser.path}`, winner: winner.facts.name, ...whereIs(winner, host) };
  books.settled.push(...inert(ownEntries(loser), conflictFindings.shadowed(args, place)));
  if (!isDecided(winner.facts, loser.facts)) books.findings.push(conflictFindings.path({ ...args, loser: loser.facts.name }, place));
}

export function reportDuplicate(host: string, winner: Location, loser: Location, books: Books): void {
  const args = { path: `${host}${loser.path}`, other: winner.facts.name, ...whereIs(winner, host) };
  const finding = conflictFindings['duplicate-location'](args, placeOfLocation(loser, host));
  books.findings.push(finding);
  books.settled.push(...inert(ownEntries(loser), finding));
}

export function reportDefaultBackend(winner: Location, loser: Location, books: Books): void {
  const place = placeOfLocation(loser, '');
  const args = { path: 'the default backend', winner: winner.facts.name, ...whereIs(winner, '') };
  books.settled.push(...inert(ownEntries(loser), conflictFindings.shadowed(args, place)));
  if (!isDecided(winner.facts, loser.facts))
    books.findings.push(conflictFindings['default-backend']({ winner: winner.facts.name, loser: loser.facts.name }, place));
}

/** Whose annotations hold for undeclared paths matters where they redirect, or where there is something to answer them. */
export function reportOwner(server: Server, books: Books): void {
  const root = server.locations.find((location) => location.implicit);
  const { creator } = server;
  if (root === undefined || creator === null) return;
  const rivals = server.members.filter(
    (other) => other !== creator && !isDecided(creator, other) && answersOf(other) !== answersOf(creator),
  );
  if (rivals.length === 0) return;
  const others = rivals.map((other) => other.name).join(', ');
  books.findings.push(
    conflictFindings.owner(
      { host: server.host, winner: creator.name, others },
      { at: creator.ref.at, ingress: creator.ref, host: server.host },
    ),
  );
}

function answersOf({ redirect, ingress, rewrite, snippet }: Facts): string {
  const target = redirect?.kind === 'redirect' ? redirect.redirect.entries[0]?.value : null;
  const fallback =
    ingress.defaultBackend?.kind === 'service'
      ? `${ingress.ref.namespace}/${ingress.defaultBackend.name}:${ingress.defaultBackend.port}`
      : null;
  return JSON.stringify([target, fallback, fallback === null ? null : rewrite.target?.value, snippet.configuration?.annotation.value]);
}
