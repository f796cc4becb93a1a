import type { Finding } from '../ledger/finding.ts';
import type { IngressRef } from '../model/entry.ts';
import type { Certificates } from './certificates.ts';
import { converted, retracted, type Statement } from './draft.ts';
import { planFindings } from './findings.ts';
import type { GatewayPlan } from './gateways.ts';
import type { HostPlan } from './host-plan.ts';
import type { ListenerDraft } from './listeners.ts';
import { placeOf } from './places.ts';
import type { Placed } from './settle.ts';

export interface HostNotes {
  readonly placed: readonly Placed[];
  readonly findings: readonly Finding[];
  /** Ingresses whose entries brought the certificate. */
  readonly certified: readonly IngressRef[];
  /** Served in clear text alone, though the controller has its default certificate for it. */
  readonly silent: boolean;
}

/** What became of the host and of its certificate, given the listeners it has. */
export function hostNotes(host: HostPlan, served: readonly ListenerDraft[], certificates: Certificates, plan: GatewayPlan): HostNotes {
  const wildcard = wildcardNotes(host, served, plan);
  const certificate = certificateNotes(host, served, certificates, plan);
  return { ...certificate, placed: [...certificate.placed, ...wildcard.placed], findings: [...certificate.findings, ...wildcard.findings] };
}

function certificateNotes(host: HostPlan, served: readonly ListenerDraft[], certificates: Certificates, plan: GatewayPlan): HostNotes {
  const { certificate: wanted } = host.table;
  const entries = wanted.kind === 'none' ? [] : wanted.entries;
  const certificate = certificates.get(host.table.host) ?? { kind: 'absent', finding: null };
  const https = served.find((draft) => draft.scheme === 'https');
  const nowhere = (outcome: 'inert' | 'manual' | 'approximated', finding: Finding): Placed => ({
    statement: { entries, outcome, finding, field: null, weak: true },
    object: null,
    base: '',
  });
  const unused = nowhere('inert', planFindings.unused({}, placeOf(host)));
  const none = { findings: [], certified: [], silent: false };
  if (certificate.kind === 'absent') {
    const { finding } = certificate;
    const reason = finding ?? planFindings['certificate-missing']({ host: host.table.host }, placeOf(host));
    // What is served over http too says so itself, and louder.
    const lost = host.https.flatMap((draft) => retracted(draft.statements, 'manual', reason));
    // Nobody asked for https: what http has of an entry is then all there is to say of it.
    const said = new Set(finding === null ? host.http.flatMap(({ statements }) => statements.flatMap(({ entries: own }) => own)) : []);
    const silenced = lost.map((each) => ({ ...each, entries: each.entries.filter((entry) => !said.has(entry)) }));
    return finding === null
      ? { ...none, placed: [unused, ...silenced.map(unplaced)], silent: wanted.kind === 'default' && served.length > 0 }
      : { ...none, placed: [nowhere('manual', finding), ...lost.map(unplaced)], findings: [finding] };
  }
  if (https === undefined) return { ...none, placed: [unused] };
  if (certificate.of !== null) {
    if (host.https.every((draft) => draft.guard !== 'no')) return { ...none, placed: [unused] };
    const listener = certificate.of === '' ? 'the server for any host' : certificate.of;
    const finding = planFindings['certificate-shared']({ host: host.table.host, listener }, placeOf(host));
    return { ...none, placed: [nowhere('approximated', finding)], findings: [finding] };
  }
  const field = `["${plan.nameOf(https)}"]`;
  const statement: Statement =
    certificate.kind === 'own'
      ? { entries, outcome: certificate.outcome, finding: certificate.finding, field }
      : certificate.doubt === null
        ? converted(entries, `${field}.tls.certificateRefs`)
        : { entries, outcome: 'manual', finding: certificate.doubt, field: `${field}.tls.certificateRefs` };
  return {
    ...none,
    findings: [certificate.kind === 'own' ? certificate.finding : certificate.doubt].filter((finding) => finding !== null),
    placed: [{ statement, object: gatewayOf(host, plan), base: 'spec.listeners' }],
    certified: entries.flatMap((entry) => entry.ingress ?? []),
  };
}

/** A wildcard takes more names than on the controller. */
function wildcardNotes(host: HostPlan, served: readonly ListenerDraft[], plan: GatewayPlan): Pick<HostNotes, 'placed' | 'findings'> {
  const { table } = host;
  if (table.wildcard !== 'one-label' || !table.host.startsWith('*.') || served.length === 0) return { placed: [], findings: [] };
  const finding = planFindings['wildcard-depth']({ host: table.host, example: `a.b${table.host.slice(1)}` }, placeOf(host));
  const entries = table.rules.flatMap((rule) =>
    rule.entries.filter((entry) => entry.name.endsWith('.host') && entry.value.toLowerCase() === table.host),
  );
  const statement: Statement = { entries: [...new Set(entries)], outcome: 'approximated', finding, field: '' };
  return { placed: [{ statement, object: gatewayOf(host, plan), base: 'spec.listeners' }], findings: [finding] };
}

function gatewayOf({ table }: HostPlan, plan: GatewayPlan) {
  return { kind: 'Gateway', namespace: plan.namespace, name: plan.gatewayOf(table.host) };
}

function unplaced(statement: Statement): Placed {
  return { statement, object: null, base: '' };
}
