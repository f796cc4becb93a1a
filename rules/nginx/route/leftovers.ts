import type { IntentKind } from '../../../src/intent/intent.ts';
import type { Finding } from '../../../src/ledger/finding.ts';
import type { Settlement } from '../../../src/ledger/outcome.ts';
import type { Entry, IngressRef } from '../../../src/model/entry.ts';
import { strayEntries } from '../../../src/model/stray.ts';
import type { Backend, HostTable } from '../../../src/route/table.ts';
import { valueOr } from '../../../src/rule/codec.ts';
import { canaryFindings } from '../canary.ts';
import { endAs, inert, placeOf } from '../settlement.ts';
import { snippetFindings } from '../snippet/findings.ts';
import { passthroughFindings } from '../ssl-passthrough.ts';
import { httpsFindings } from '../ssl-redirect.ts';
import type { HostCertificate } from './certificates.ts';
import { type Facts, routedEntries } from './facts.ts';
import { restFindings } from './findings.ts';
import { tlsLeftover } from './tls-leftovers.ts';

/** Every entry that a table stands on. */
export function entriesIn(hosts: readonly HostTable[]): ReadonlySet<Entry> {
  const entries = new Set<Entry>();
  const add = (more: readonly Entry[]) => {
    for (const entry of more) entries.add(entry);
  };
  const addBackends = (backends: readonly Backend[]) => {
    for (const backend of backends) add(backend.entries);
  };
  for (const host of hosts) {
    if (host.certificate.kind !== 'none') add(host.certificate.entries);
    if (host.passthrough !== null) addBackends([host.passthrough]);
    for (const intent of host.intents) add(intent.entries);
    for (const rule of host.rules) {
      add(rule.entries);
      add(rule.httpsRedirect?.entries ?? []);
      for (const intent of rule.intents) add(intent.entries);
      if (rule.action.kind === 'redirect') add(rule.action.redirect.entries);
      if (rule.action.kind === 'forward') {
        addBackends(rule.action.backends);
        add(rule.action.rewrite?.entries ?? []);
      }
    }
  }
  return entries;
}

interface Rest {
  readonly hosts: readonly HostTable[];
  /** Ingresses of which some rule is served. */
  readonly served: ReadonlySet<IngressRef>;
  readonly certificates: ReadonlyMap<string, HostCertificate>;
  /** Entries of which something has been said. */
  readonly done: ReadonlySet<Entry>;
}

/** What became of the settings of an Ingress that nothing served depends on. */
export function leftovers(facts: Facts, { hosts, served: refs, certificates, done }: Rest): readonly Settlement[] {
  const served = refs.has(facts.ref);
  const stray = new Set<Entry>([
    ...strayEntries(facts.ingress),
    ...(facts.ingress.className === null ? [] : [facts.ingress.className.entry]),
  ]);
  const spec = facts.ingress.spec.filter((entry) => !stray.has(entry) && !done.has(entry));
  const routed = routedEntries(facts).filter((entry) => !done.has(entry));
  const intents = [...facts.view.intents, ...facts.view.hostIntents].flatMap(({ kind, entries }) =>
    entries.filter((entry) => !done.has(entry)).map((entry) => ({ kind, entry })),
  );
  return [
    ...spec.flatMap((entry) => inert([entry], specLeftover(entry, facts, hosts, certificates))),
    ...routed.flatMap((entry) => inert([entry], routedLeftover(entry, facts, served))),
    ...intents.flatMap(({ kind, entry }) => intentLeftover(kind, entry, facts, served)),
  ];
}

function specLeftover(
  entry: Entry,
  facts: Facts,
  hosts: readonly HostTable[],
  certificates: ReadonlyMap<string, HostCertificate>,
): Finding {
  const tls = facts.ingress.tls.find((section) => section.entries.includes(entry));
  if (tls !== undefined) return tlsLeftover(entry, tls, facts, hosts, certificates);
  if (facts.ingress.defaultBackend?.entries.includes(entry) === true) return restFindings['default-backend-unused']({}, placeOf(entry));
  const passed = hosts.find((host) => host.passthrough !== null && facts.ingress.rules.some((rule) => rule.host === host.host));
  if (passed !== undefined) return passthroughFindings['http-redirected']({}, placeOf(entry));
  if (entry.name.endsWith('.host')) return restFindings['root-declared']({ host: entry.value }, placeOf(entry));
  return restFindings['no-effect']({ setting: entry.name }, placeOf(entry));
}

function routedLeftover(entry: Entry, facts: Facts, served: boolean): Finding {
  const place = placeOf(entry);
  const annotation = entry.name;
  const { sslRedirect, force, preserveSlash } = facts.https;
  const is = (read: { readonly state: string; readonly entry?: Entry }) => read.entry === entry;
  if (facts.canary !== null) {
    const isOwn = annotation.includes('/canary');
    return isOwn ? canaryFindings.never({}, place) : canaryFindings['annotation-ignored']({ annotation }, place);
  }
  if (facts.denied) return restFindings.denied({ setting: entry.kind === 'directive' ? entry.key : annotation }, place);
  if (entry.kind === 'directive' && served)
    return snippetFindings.unreached({ directive: `${entry.name.replace(/^\S+ /, '')} ${entry.value}`.trim() }, place);
  if (!served) return restFindings['no-location']({ setting: annotation }, place);
  if (facts.ingress.rules.length === 0 && !is(sslRedirect)) return restFindings['catch-all']({ setting: annotation }, place);
  if (facts.redirect?.kind === 'redirect') return httpsFindings['answered-before']({ annotation }, place);
  if (is(force)) return httpsFindings['not-forced']({ annotation }, place);
  if (is(preserveSlash)) return httpsFindings.unused({ annotation }, place);
  if (is(sslRedirect))
    return valueOr(force, false) ? httpsFindings.forced({ annotation }, place) : httpsFindings['no-certificate']({ annotation }, place);
  if (facts.rewrite.target?.entries.includes(entry) === true) return restFindings['rewrite-to-itself']({ target: entry.value }, place);
  if (facts.forwardedPrefix?.entries.includes(entry) === true) return restFindings['prefix-without-rewrite']({}, place);
  return restFindings['no-effect']({ setting: annotation }, place);
}

const OF_ENDPOINTS: ReadonlySet<IntentKind> = new Set<IntentKind>(['loadBalancing', 'hashing', 'serviceUpstream', 'sessionAffinity']);

function intentLeftover(kind: IntentKind, entry: Entry, facts: Facts, served: boolean): readonly Settlement[] {
  const place = placeOf(entry);
  if (facts.canary !== null && OF_ENDPOINTS.has(kind))
    return endAs('unmapped', [entry], canaryFindings['upstream-setting']({ annotation: entry.name }, place));
  if (facts.canary !== null) return inert([entry], canaryFindings['annotation-ignored']({ annotation: entry.name }, place));
  return inert(
    [entry],
    served ? restFindings['no-effect']({ setting: entry.name }, place) : restFindings['no-location']({ setting: entry.name }, place),
  );
}
