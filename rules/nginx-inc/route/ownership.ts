import type { Estate } from '../../../src/model/estate.ts';
import { member } from '../../../src/model/json.ts';
import type { Books } from '../../../src/rule/books.ts';
import { mergeableFindings } from '../mergeable.ts';
import { endAs, inert, placeOf } from '../settlement.ts';
import { byAge, byName, type Facts, isDecided } from './facts.ts';
import { conflictFindings } from './findings.ts';

/** A host and the one Ingress that has it; a master with the minions that add paths to it. */
export interface Owned {
  readonly host: string;
  readonly owner: Facts;
  /** By name, as the controller goes through them. */
  readonly minions: readonly Facts[];
}

/** Who owns each host (`buildHostsAndResources`). What the others say of it is settled here. */
export function ownersOf(all: readonly Facts[], estate: Estate, className: string | null, books: Books): readonly Owned[] {
  const minions = all.filter(({ role }) => role === 'minion');
  const claims = new Map<string, Facts[]>();
  for (const facts of all.filter(({ role }) => role !== 'minion').sort(byAge)) {
    for (const { host } of facts.ingress.rules) claims.set(host, [...(claims.get(host) ?? []), facts]);
  }
  const owned = [...claims].flatMap(([host, [owner, ...losers]]): readonly Owned[] => {
    if (owner === undefined) return [];
    for (const loser of losers) reportLoser(host, owner, loser, books);
    reportVirtualServers(host, owner, estate, className, books);
    const own = owner.role === 'master' ? minions.filter((minion) => minion.ingress.rules[0]?.host === host).sort(byName) : [];
    if (owner.role === 'master' && own.length === 0)
      books.findings.push(mergeableFindings['no-minions']({ host: nameOf(host) }, { at: owner.ref.at, ingress: owner.ref, host }));
    return [{ host, owner, minions: own }];
  });
  const served = new Set(owned.flatMap((each) => each.minions));
  for (const minion of minions) if (!served.has(minion)) reportOrphan(minion, books);
  return owned;
}

function reportLoser(host: string, winner: Facts, loser: Facts, books: Books): void {
  const rule = loser.ingress.rules.find((each) => each.host === host);
  if (rule === undefined) return;
  const paths = (rule.paths ?? []).flatMap((path) => [...path.entries, ...(path.backend?.entries ?? [])]);
  const entries = [...rule.entries, ...paths];
  const place = { at: entries[0]?.at ?? loser.ref.at, ingress: loser.ref, host };
  const args = { host: nameOf(host), winner: winner.name, file: winner.ref.at.file, line: winner.ref.at.line };
  if (isDecided(winner, loser)) {
    books.settled.push(...inert(entries, conflictFindings['host-of-older'](args, place)));
    return;
  }
  const finding = conflictFindings.host({ ...args, loser: loser.name }, place);
  books.findings.push(finding);
  books.settled.push(...endAs('manual', entries, finding));
}

function reportVirtualServers(host: string, owner: Facts, estate: Estate, className: string | null, books: Books): void {
  for (const { ref, value } of estate.others) {
    const spec = member(value, 'spec');
    if (ref.kind !== 'VirtualServer' || member(spec, 'host') !== host) continue;
    const ofClass = member(spec, 'ingressClassName');
    if (typeof ofClass === 'string' && ofClass !== '' && ofClass !== className) continue;
    const place = { at: owner.ref.at, ingress: owner.ref, host };
    books.findings.push(conflictFindings['virtual-server']({ host, server: `${ref.namespace}/${ref.name}` }, place));
  }
}

function reportOrphan(minion: Facts, books: Books): void {
  const host = minion.ingress.rules[0]?.host ?? '';
  const [entry] = minion.roleEntries;
  const place = entry === undefined ? { at: minion.ref.at, ingress: minion.ref } : placeOf(entry);
  const finding = mergeableFindings.orphan({ host: nameOf(host) }, { ...place, host });
  books.findings.push(finding);
  books.settled.push(...endAs('manual', [...minion.roleEntries, ...minion.ingress.spec.filter(isRouting)], finding));
}

function isRouting({ name }: { readonly name: string }): boolean {
  return name.startsWith('spec.rules');
}

function nameOf(host: string): string {
  return host === '' ? 'the server for any host' : host;
}
