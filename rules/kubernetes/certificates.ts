import type { Entry } from '../../src/model/entry.ts';
import { isValidHost } from '../../src/model/host.ts';
import type { IngressTls } from '../../src/model/ingress.ts';
import type { Certificate } from '../../src/route/table.ts';
import type { IngressView } from '../../src/rule/pack.ts';
import { type Books, settle } from './books.ts';
import { certificateFindings } from './findings.ts';
import type { ServedHost } from './served-paths.ts';

interface Section {
  readonly view: IngressView;
  readonly tls: IngressTls;
  /** The host as the section has it; '' for a section without hosts. */
  readonly named: string;
}

/**
 * The certificate of a host: of a section that lists it, else of one that covers it by a wildcard of one label, else of one
 * without hosts. The last two count for the hosts of their own Ingress alone.
 */
export function certificateOf(host: ServedHost, views: readonly IngressView[], books: Books): Certificate {
  const sections = (from: readonly IngressView[], matches: (named: string) => boolean): readonly Section[] =>
    from.flatMap((view) =>
      view.ingress.tls.flatMap((tls) =>
        namesOf(tls)
          .filter(matches)
          .map((named) => ({ view, tls, named })),
      ),
    );
  const exact = host.host === '' ? [] : sections(ownFirst(host, views), (named) => named === host.host);
  const wild = sections(host.views, (named) => coversOneLabel(named, host.host));
  const open = sections(host.views, (named) => named === '');
  const found = [exact, wild, open].find((list) => list.length > 0) ?? [];
  const chosen = found.find((section) => section.tls.secretName !== null) ?? found[0];
  if (chosen === undefined) return { kind: 'none' };
  const alike = found.filter((section) => secretOf(section) === secretOf(chosen));
  for (const other of found) if (!alike.includes(other)) reportConflict(host, chosen, other, books);
  const entries = [...new Set(alike.flatMap(entriesOf))];
  const { secretName } = chosen.tls;
  if (secretName === null) return { kind: 'default', asked: true, entries };
  return { kind: 'secret', namespace: chosen.view.ingress.ref.namespace, name: secretName, entries };
}

/**
 * Hosts that only a TLS section names. They are served by what covers them (a wildcard host, or the rules without host) and
 * have a certificate of their own. A wildcard section for hosts of its Ingress is no host to itself.
 */
export function hostsOfCertificates(hosts: readonly ServedHost[], views: readonly IngressView[], books: Books): readonly ServedHost[] {
  const byName = new Map(hosts.map((host) => [host.host, host]));
  const added = new Map<string, ServedHost>();
  for (const view of views) {
    const ruled = view.ingress.rules.map((rule) => rule.host);
    for (const tls of view.ingress.tls) {
      for (const named of tls.hosts) {
        if (byName.has(named) || ruled.some((host) => coversOneLabel(named, host))) continue;
        const covering = byName.get(named.replace(/^[^.]*/, '*')) ?? byName.get('');
        if (covering === undefined || !isValidHost(named)) {
          const leaves = tls.entries.filter((entry) => isHostLeaf(entry, named));
          settle(
            books,
            leaves,
            'inert',
            certificateFindings['host-not-served'](
              { host: named },
              { at: leaves[0]?.at ?? view.ingress.ref.at, ingress: view.ingress.ref },
            ),
          );
          continue;
        }
        const rules = covering.rules.map((rule) => ({ ...rule, id: `${rule.id} for ${named}` }));
        added.set(named, added.get(named) ?? { host: named, views: [view], rules });
      }
    }
  }
  return [...added.values()];
}

function coversOneLabel(wildcard: string, host: string): boolean {
  if (!wildcard.startsWith('*.') || host.startsWith('*.')) return false;
  const dot = host.indexOf('.');
  return dot > 0 && host.slice(dot) === wildcard.slice(1);
}

/** Ingresses that have rules for the host come first. */
function ownFirst(host: ServedHost, views: readonly IngressView[]): readonly IngressView[] {
  return [...host.views, ...views.filter((view) => !host.views.includes(view))];
}

function namesOf(tls: IngressTls): readonly string[] {
  return tls.hosts.length === 0 ? [''] : tls.hosts;
}

function secretOf({ view, tls }: Section): string {
  return tls.secretName === null ? '' : `${view.ingress.ref.namespace}/${tls.secretName}`;
}

/** The leaves of a section that speak of one host: its name and the Secret, not the other hosts. */
function entriesOf({ tls, named }: Section): readonly Entry[] {
  return tls.entries.filter((entry) => !/\.hosts\[\d+\]$/.test(entry.name) || isHostLeaf(entry, named));
}

function isHostLeaf(entry: Entry, named: string): boolean {
  return /\.hosts\[\d+\]$/.test(entry.name) && entry.value.toLowerCase() === named;
}

function reportConflict(host: ServedHost, kept: Section, other: Section, books: Books): void {
  const leaves = other.tls.entries.filter((entry) => isHostLeaf(entry, other.named) || other.named === '');
  const args = {
    host: host.host === '' ? 'any host' : host.host,
    kept: secretOf(kept) || 'the default certificate',
    other: secretOf(other) || 'the default certificate',
  };
  const place = { at: leaves[0]?.at ?? other.view.ingress.ref.at, ingress: other.view.ingress.ref };
  settle(books, leaves, 'manual', certificateFindings.conflict(args, place));
}
