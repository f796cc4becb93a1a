import type { Entry } from '../../../src/model/entry.ts';
import type { Estate } from '../../../src/model/estate.ts';
import type { IngressTls } from '../../../src/model/ingress.ts';
import type { Certificate } from '../../../src/route/table.ts';
import type { Books } from '../../../src/rule/books.ts';
import { type Facts, isDecided } from './facts.ts';
import { conflictFindings, tlsFindings } from './findings.ts';
import type { Server } from './location.ts';

/** What a host presents over TLS. */
export interface HostCertificate {
  readonly certificate: Certificate;
  /** A certificate is registered for the name, be it the default one: then requests are redirected to HTTPS. */
  readonly registered: boolean;
  /** The Ingress whose tls section decided, and the section it was found in. */
  readonly decidedBy: Facts | null;
  readonly section: IngressTls | null;
}

/** Entries of a section that concern one of its hosts. */
function leavesFor(section: IngressTls, names: readonly string[]): readonly Entry[] {
  return section.entries.filter((entry) => entry.name.endsWith('.secretName') || names.includes(entry.value.toLowerCase()));
}

/** `*.a.test` covers `b.a.test`, as the names in a certificate do. */
export function coversName(pattern: string, name: string): boolean {
  return pattern.startsWith('*.') && name.slice(name.indexOf('.')) === pattern.slice(1) && !name.startsWith('*');
}

/** Which section's Secret the controller takes for a host; what it finds by looking into certificates is taken from their hosts. */
function sectionFor(host: string, facts: Facts): { readonly section: IngressTls; readonly assumed: boolean } | null {
  const listed = facts.ingress.tls.find((section) => section.hosts.includes(host));
  if (listed !== undefined) return { section: listed, assumed: false };
  const named = facts.ingress.tls.find((section) => section.secretName !== null && section.hosts.some((name) => coversName(name, host)));
  const bare = facts.ingress.tls.find((section) => section.secretName !== null && section.hosts.length === 0);
  const section = named ?? bare;
  return section === undefined ? null : { section, assumed: true };
}

/** The first Ingress of the host that has a tls section at all decides, whatever the section says. */
export function certificateOf(server: Server, estate: Estate, books: Books): HostCertificate {
  const { host } = server;
  const asking = server.members.filter((facts) => facts.ingress.tls.length > 0);
  if (host === '') {
    const certificate: Certificate = { kind: 'default', asked: asking.length > 0, entries: [] };
    return { certificate, registered: false, decidedBy: null, section: null };
  }
  const [first] = asking;
  if (first === undefined)
    return { certificate: { kind: 'default', asked: false, entries: [] }, registered: false, decidedBy: null, section: null };
  reportRivals(host, first, asking, books);
  const place = { at: first.ref.at, ingress: first.ref, host };
  const found = sectionFor(host, first);
  if (found === null) {
    books.findings.push(tlsFindings['not-listed']({ host, ingress: first.name }, place));
    return { certificate: { kind: 'default', asked: true, entries: [] }, registered: true, decidedBy: first, section: null };
  }
  const { section, assumed } = found;
  const names = assumed ? section.hosts.filter((name) => coversName(name, host)) : [host];
  const entries = leavesFor(section, names);
  const asDefault: HostCertificate = {
    certificate: { kind: 'default', asked: true, entries },
    registered: true,
    decidedBy: first,
    section,
  };
  if (section.secretName === null || section.secretName === '') return asDefault;
  const secret = `${first.ref.namespace}/${section.secretName}`;
  const known = estate.secretByName.get(secret);
  if (known !== undefined && !(known.keys.includes('tls.crt') && known.keys.includes('tls.key'))) {
    books.findings.push(tlsFindings['broken-secret']({ host, secret }, { ...place, at: entries[0]?.at ?? place.at }));
    return asDefault;
  }
  if (assumed) books.findings.push(tlsFindings['assumed-names']({ host, secret }, { ...place, at: entries[0]?.at ?? place.at }));
  return {
    certificate: { kind: 'secret', namespace: first.ref.namespace, name: section.secretName, entries },
    registered: true,
    decidedBy: first,
    section,
  };
}

/** A host without certificate of its own has that of a `*.parent` host: the balancer looks for both. */
export function inheritCertificate(host: string, own: HostCertificate, all: ReadonlyMap<string, HostCertificate>): HostCertificate {
  if (own.registered || host === '' || host.startsWith('*.')) return own;
  const parent = all.get(`*${host.slice(host.indexOf('.'))}`);
  return parent?.registered === true ? { ...parent, decidedBy: null } : own;
}

/** Of a name that is no host of its own: an alias, or the www twin of a host. The certificate counts where it names it. */
export function certificateOfName(name: string, host: HostCertificate, all: ReadonlyMap<string, HostCertificate>): HostCertificate {
  const { section } = host;
  const listed = section?.hosts.includes(name) === true || section?.hosts.some((pattern) => coversName(pattern, name)) === true;
  if (host.certificate.kind === 'secret' && section !== null && listed) {
    const names = section.hosts.filter((pattern) => pattern === name || coversName(pattern, name));
    const entries = [...new Set([...host.certificate.entries, ...leavesFor(section, names)])];
    return { ...host, certificate: { ...host.certificate, entries } };
  }
  const none: HostCertificate = {
    certificate: { kind: 'default', asked: false, entries: [] },
    registered: false,
    decidedBy: null,
    section: null,
  };
  return inheritCertificate(name, none, all);
}

function reportRivals(host: string, winner: Facts, asking: readonly Facts[], books: Books): void {
  const secretOf = (facts: Facts) => {
    const name = sectionFor(host, facts)?.section.secretName ?? null;
    return name === null ? 'the default certificate' : `${facts.ref.namespace}/${name}`;
  };
  for (const loser of asking) {
    if (isDecided(winner, loser) || secretOf(winner) === secretOf(loser)) continue;
    const args = { host, winner: winner.name, secret: secretOf(winner), loser: loser.name, other: secretOf(loser) };
    books.findings.push(conflictFindings.certificate(args, { at: loser.ref.at, ingress: loser.ref, host }));
  }
}
