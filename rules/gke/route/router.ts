import type { Finding } from '../../../src/ledger/finding.ts';
import type { Entry } from '../../../src/model/entry.ts';
import type { RoutingTable } from '../../../src/route/table.ts';
import { type Books, onceEach } from '../../../src/rule/books.ts';
import type { IngressView, PackView, Routed } from '../../../src/rule/pack.ts';
import type { HttpsRedirectSetting } from '../frontend-config.ts';
import { schemeOf } from '../ingress-class.ts';
import { fleetServices, fleetTable, fleetViews } from '../multi-cluster/route.ts';
import { Backends } from './backends.ts';
import { type Sheet, settle } from './books.ts';
import { type Facts, factsOf } from './facts.ts';
import { backendFindings, frontFindings } from './findings.ts';
import { entriesIn, settleRest } from './leftovers.ts';
import { satellitesOf, unusedSatellites } from './satellites.ts';
import { type Frontage, hostTables } from './table.ts';
import { certificateIntents, certificateOf, certificatesOf, type ProxyCertificates, servesTls } from './tls.ts';

/** What GKE serves: one load balancer for each Ingress. `owned`: annotations that the rules know. */
export function route(view: PackView, owned: ReadonlySet<string>): Routed {
  const names = new Map<string, number>();
  const single = view.ingresses.map((each) => routeIngress(each, view, uniqueName(each, names), false));
  const books: Books = { settled: [], findings: [] };
  const fleets = fleetViews(view, books);
  const several = fleets.map((each) => routeIngress(each.view, { ...view, estate: each.estate }, uniqueName(each.view, names), true));
  const parts = [...single, ...several];
  books.settled.push(...parts.flatMap((part) => part.sheet.settled));
  books.findings.push(...parts.flatMap((part) => part.sheet.findings));
  const tables = [...single.map(({ table }) => table), ...several.map(({ table }) => fleetTable(table, books))];
  const satellites = [
    ...satellitesOf(view.ingresses, view.estate, owned),
    ...fleets.flatMap((each) => [...each.entries, ...satellitesOf([each.view], each.estate, owned)]),
    ...fleetServices(view.estate, books),
  ];
  const done = new Set<Entry>([...tables.flatMap((table) => [...entriesIn(table.hosts)]), ...books.settled.map(({ entry }) => entry)]);
  const { settled, findings } = onceEach(books);
  return {
    tables,
    settled: [...settled, ...unusedSatellites([...new Set(satellites)], done)],
    findings: [...findings, ...(tables.some(({ hosts }) => hosts.length > 0) ? [backendFindings['by-hand']({})] : [])],
    satellites: [...new Set(satellites)],
  };
}

/** Two files may define an Ingress of the same name. */
function uniqueName({ ingress: { ref } }: IngressView, names: Map<string, number>): string {
  const key = `${ref.namespace}/${ref.name}`;
  const count = (names.get(key) ?? 0) + 1;
  names.set(key, count);
  return count === 1 ? ref.name : `${ref.name} ${count}`;
}

function routeIngress(
  view: IngressView,
  { estate, options }: PackView,
  name: string,
  isFleet: boolean,
): { readonly table: RoutingTable; readonly sheet: Sheet } {
  const { ingress } = view;
  const facts = factsOf(view);
  const sheet: Sheet = { settled: [], findings: [], mistakes: [...facts.mistakes] };
  const scheme = schemeOf(ingress, options);
  const certificates = certificatesOf(facts, sheet);
  const backends = new Backends({ estate, ingress: ingress.ref, scheme }, sheet, isFleet);
  const hosts = hostTables(view, backends, frontageOf(facts, certificates, sheet), sheet);
  if (scheme === 'internal') checkSharedAddress(facts, certificates, sheet);
  settleRest(view, facts.routed, hosts, sheet);
  noteFrozen(view, sheet);
  const loadBalancer = { name, namespace: ingress.ref.namespace, className: view.className, ingresses: [ingress.ref] };
  return { table: { vendor: 'gke', loadBalancer, hosts }, sheet };
}

function frontageOf(facts: Facts, certificates: ProxyCertificates, sheet: Sheet): Frontage {
  const { view, closed } = facts;
  const isTls = servesTls(certificates);
  const place = { at: closed?.entry.at ?? view.ingress.ref.at, ingress: view.ingress.ref };
  if (closed !== null && !isTls) {
    const finding = frontFindings['no-protocol']({}, place);
    sheet.mistakes.push(finding);
    settle(sheet, 'manual', [closed.entry], finding);
  }
  const redirect = redirectOf(facts, sheet);
  if (redirect !== null && closed !== null) settle(sheet, 'inert', redirect.entries, frontFindings['http-closed']({}, place));
  if (redirect !== null && closed === null && !isTls) {
    sheet.findings.push(frontFindings['nowhere-to-redirect']({}, { at: redirect.entries[0]?.at ?? null, ingress: view.ingress.ref }));
  }
  return {
    ports: [
      ...(closed === null ? [{ scheme: 'http', port: 80 } as const] : []),
      ...(isTls ? [{ scheme: 'https', port: 443 } as const] : []),
    ],
    redirect: closed === null ? redirect : null,
    certificateOf: (host) => certificateOf(host, certificates, view, sheet),
    intentsFor: (hosts) => [...view.hostIntents, ...certificateIntents(certificates, hosts, view, sheet)],
    closing: closed === null || !isTls ? [] : [closed.entry],
  };
}

/** What the FrontendConfig asks for; where it is not in the input, what the controller notes on the Ingress. */
function redirectOf({ view, frontend, seenRedirect }: Facts, sheet: Sheet): HttpsRedirectSetting | null {
  if (frontend?.redirect != null) return frontend.redirect;
  if (seenRedirect === null || (frontend !== null && frontend.config !== null)) return null;
  sheet.findings.push(frontFindings['redirect-seen']({}, { at: seenRedirect.entry.at, ingress: view.ingress.ref }));
  return { status: 301, entries: [seenRedirect.entry] };
}

function checkSharedAddress({ view, closed }: Facts, certificates: ProxyCertificates, sheet: Sheet): void {
  const hasAddress = view.hostIntents.some((intent) => intent.kind === 'gke' && intent.feature === 'staticAddress');
  if (!servesTls(certificates) || closed !== null || hasAddress) return;
  sheet.mistakes.push(frontFindings['shared-address']({}, { at: view.ingress.ref.at, ingress: view.ingress.ref }));
}

/** One mistake, and what is served is whatever was accepted before. */
function noteFrozen({ ingress }: IngressView, sheet: Sheet): void {
  if (sheet.mistakes.length === 0) return;
  const mistakes: readonly Finding[] = [...new Set(sheet.mistakes)];
  sheet.findings.push(
    frontFindings.frozen(
      { reasons: [...new Set(mistakes.map(({ code }) => code))].join(', ') },
      { at: ingress.ref.at, ingress: ingress.ref },
    ),
    ...mistakes,
  );
}
