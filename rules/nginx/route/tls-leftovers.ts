import type { Finding } from '../../../src/ledger/finding.ts';
import type { Entry } from '../../../src/model/entry.ts';
import type { IngressTls } from '../../../src/model/ingress.ts';
import type { HostTable } from '../../../src/route/table.ts';
import { placeOf } from '../settlement.ts';
import { passthroughFindings } from '../ssl-passthrough.ts';
import { coversName, type HostCertificate } from './certificates.ts';
import type { Facts } from './facts.ts';
import { tlsFindings } from './findings.ts';

/** Why a leaf of a tls section serves nothing. */
export function tlsLeftover(
  entry: Entry,
  section: IngressTls,
  facts: Facts,
  hosts: readonly HostTable[],
  certificates: ReadonlyMap<string, HostCertificate>,
): Finding {
  const place = placeOf(entry);
  const rules = [...new Set(facts.ingress.rules.map((rule) => rule.host))];
  if (facts.canary !== null) return tlsFindings.canary({}, place);
  if (rules.every((host) => host === '')) return tlsFindings.hostless({}, place);
  const named = entry.name.endsWith('.secretName') ? section.hosts : [entry.value.toLowerCase()];
  const served = named.length === 0 ? rules : rules.filter((host) => named.some((name) => name === host || coversName(name, host)));
  const [host] = served;
  if (host === undefined) return tlsFindings['no-rule']({ host: named.join(', ') }, place);
  if (hosts.some((table) => table.host === host && table.certificate.kind === 'none'))
    return passthroughFindings['tls-unused']({ host }, place);
  const winner = certificates.get(host)?.decidedBy ?? facts;
  return tlsFindings['not-first']({ host, winner: winner === facts ? 'another section of this Ingress' : winner.name }, place);
}
