import type { Finding } from '../../../src/ledger/finding.ts';
import type { Settlement } from '../../../src/ledger/outcome.ts';
import type { Entry, IngressRef } from '../../../src/model/entry.ts';
import { strayEntries } from '../../../src/model/stray.ts';
import type { Backend, HostTable } from '../../../src/route/table.ts';
import { hstsFindings } from '../hsts.ts';
import { httpsFindings } from '../https.ts';
import { portFindings } from '../listen-ports.ts';
import { mergeableFindings } from '../mergeable.ts';
import { inert, placeOf } from '../settlement.ts';
import { stickyFindings } from '../sticky-cookies.ts';
import { isHostLeaf } from './certificates.ts';
import { type Facts, isDropped } from './facts.ts';
import { restFindings, tlsFindings } from './findings.ts';

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
  /** Entries of which something has been said. */
  readonly done: ReadonlySet<Entry>;
  /** Annotations of the pack's rules. */
  readonly owned: ReadonlySet<string>;
  /** Ingresses of which some rule is served, and owners of hosts. */
  readonly served: ReadonlySet<IngressRef | null | undefined>;
}

/** What became of the settings of an Ingress that nothing served depends on. */
export function leftovers(facts: Facts, hosts: readonly HostTable[], { done, owned, served: refs }: Rest): readonly Settlement[] {
  const served = refs.has(facts.ref);
  const stray = new Set<Entry>([
    ...strayEntries(facts.ingress),
    ...(facts.ingress.className === null ? [] : [facts.ingress.className.entry]),
  ]);
  const spec = facts.ingress.spec.filter((entry) => !stray.has(entry) && !done.has(entry));
  const annotations = facts.ingress.annotations.filter(
    (entry) => owned.has(entry.name) && entry.value !== '' && entry.malformed !== true && !done.has(entry),
  );
  return [
    ...spec.flatMap((entry) => inert([entry], specLeftover(entry, facts, served))),
    ...annotations.flatMap((entry) => inert([entry], annotationLeftover(entry, facts, hosts, served))),
  ];
}

function specLeftover(entry: Entry, { ingress, role }: Facts, served: boolean): Finding {
  const place = placeOf(entry);
  const section = ingress.tls.find((each) => each.entries.includes(entry));
  if (section !== undefined && section.hosts.length === 0) return tlsFindings['without-hosts']({}, place);
  const host = section?.hosts.find((name) => isHostLeaf(entry, name));
  if (host !== undefined) {
    const isRuled = ingress.rules.some((rule) => rule.host === host);
    return isRuled && served ? tlsFindings.later({ host }, place) : tlsFindings['no-rule']({ host }, place);
  }
  if (!served) return restFindings['nothing-served']({ setting: entry.name }, place);
  const isFallback = ingress.defaultBackend?.entries.includes(entry) === true;
  if (isFallback && role !== 'regular') return mergeableFindings['default-backend']({}, place);
  return restFindings['no-effect']({ setting: entry.name }, place);
}

/** Said before anything else: what is dropped from the Ingress for its role. */
function annotationLeftover(entry: Entry, facts: Facts, hosts: readonly HostTable[], served: boolean): Finding {
  const { name: annotation } = entry;
  const { role } = facts;
  const place = placeOf(entry);
  if (!served) return restFindings['nothing-served']({ setting: annotation }, place);
  if (isDropped(annotation, role))
    return mergeableFindings['not-here']({ annotation, role, other: role === 'master' ? 'minion' : 'master' }, place);
  const own = hosts.filter((host) => host.owner === facts.ref);
  const isTls = own.some(({ certificate }) => certificate.kind !== 'none');
  if (annotation.startsWith('nginx.org/hsts')) return hstsFindings['no-tls']({ annotation }, place);
  if (/\/(?:ssl-redirect|ssl-ciphers|ssl-prefer-server-ciphers)$/.test(annotation) && !isTls)
    return httpsFindings['no-tls']({ annotation }, place);
  if (annotation.endsWith('/http-redirect-code')) return httpsFindings['no-redirect']({ annotation }, place);
  if (annotation.endsWith('/listen-ports-ssl')) return portFindings['no-tls']({ annotation }, place);
  if (annotation.endsWith('/sticky-cookie-services')) return stickyFindings['no-such-service']({ annotation }, place);
  if (role !== 'regular') return mergeableFindings['other-block']({ annotation, role }, place);
  return restFindings['no-effect']({ setting: annotation }, place);
}
