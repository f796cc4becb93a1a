import type { Finding } from '../../src/ledger/finding.ts';
import type { Outcome, Settlement } from '../../src/ledger/outcome.ts';
import type { Entry } from '../../src/model/entry.ts';
import type { Ingress } from '../../src/model/ingress.ts';
import type { HostTable, RouteRule } from '../../src/route/table.ts';
import { hostFindings } from './findings.ts';

/** What the router says about entries besides what the routing table holds. */
export interface Books {
  readonly settled: Settlement[];
  readonly findings: Finding[];
}

export function settle(books: Books, entries: readonly Entry[], outcome: Outcome, finding: Finding): void {
  for (const entry of entries) books.settled.push({ entry, outcome, finding, wrote: [] });
}

/** Settles what neither the tables nor the books mention: parts of rules that are not served, and fields that do not exist. */
export function settleRest(ingresses: readonly Ingress[], hosts: readonly HostTable[], books: Books): void {
  const known = new Set<Entry>([...hosts.flatMap(entriesOfHost), ...books.settled.map((settlement) => settlement.entry)]);
  for (const ingress of ingresses) {
    for (const entry of ingress.spec) {
      if (known.has(entry) || entry === ingress.className?.entry) continue;
      const place = { at: entry.at, ingress: ingress.ref };
      if (FIELDS.test(entry.name)) settle(books, [entry], 'inert', hostFindings.unused({}, place));
      else settle(books, [entry], 'unknown', hostFindings['unknown-field']({ field: entry.name }, place));
    }
  }
}

const BACKEND = '(?:service(?:\\.name|\\.port(?:\\.name|\\.number)?)?|resource(?:\\.apiGroup|\\.kind|\\.name)?|serviceName|servicePort)';
const PATH = `(?:\\[\\d+\\](?:\\.path|\\.pathType|\\.backend(?:\\.${BACKEND})?)?)?`;
/** Every field an Ingress's spec has in any of its versions. */
const FIELDS = new RegExp(
  `^spec(?:$|\\.ingressClassName$|\\.(?:defaultBackend|backend)(?:\\.${BACKEND})?$|\\.rules(?:\\[\\d+\\](?:\\.host|\\.http(?:\\.paths${PATH})?)?)?$|\\.tls(?:\\[\\d+\\](?:\\.secretName|\\.hosts(?:\\[\\d+\\])?)?)?$)`,
);

function entriesOfHost(host: HostTable): readonly Entry[] {
  return [...host.rules.flatMap(entriesOfRule), ...(host.certificate.kind === 'none' ? [] : host.certificate.entries)];
}

function entriesOfRule(rule: RouteRule): readonly Entry[] {
  return [...rule.entries, ...(rule.action.kind === 'forward' ? rule.action.backends.flatMap((backend) => backend.entries) : [])];
}
