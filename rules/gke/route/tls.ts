import type { GkeCertificate } from '../../../src/intent/gke.ts';
import type { Intent } from '../../../src/intent/intent.ts';
import type { Entry } from '../../../src/model/entry.ts';
import type { IngressTls } from '../../../src/model/ingress.ts';
import type { Certificate } from '../../../src/route/table.ts';
import type { IngressView } from '../../../src/rule/pack.ts';
import type { NamedCertificates } from '../certificates.ts';
import { fieldsOf } from '../object-fields.ts';
import { placeOf } from '../settlement.ts';
import { type Sheet, settle } from './books.ts';
import type { Facts } from './facts.ts';
import { frontFindings } from './findings.ts';
import { mistake } from './hosts.ts';

/** All certificates of the one proxy: those outside the cluster first, then the Secrets. */
export interface ProxyCertificates {
  readonly secrets: readonly SecretCertificate[];
  readonly named: readonly NamedCertificates[];
}

interface SecretCertificate {
  readonly name: string;
  readonly sections: readonly IngressTls[];
}

export function certificatesOf({ view, named }: Facts, sheet: Sheet): ProxyCertificates {
  const secrets = new Map<string, IngressTls[]>();
  for (const tls of view.ingress.tls) {
    if (tls.secretName === null || tls.secretName === '') {
      const at = tls.entries[0]?.at ?? view.ingress.ref.at;
      mistake(sheet, tls.entries, frontFindings['no-secret']({}, { at, ingress: view.ingress.ref }));
    } else secrets.set(tls.secretName, [...(secrets.get(tls.secretName) ?? []), tls]);
  }
  return { secrets: [...secrets].map(([name, sections]) => ({ name, sections })), named };
}

export function servesTls({ secrets, named }: ProxyCertificates): boolean {
  return secrets.length + named.length > 0;
}

/**
 * GKE chooses by the name that a client asks for, of which manifests tell only hints: the domains of a ManagedCertificate,
 * and the hosts of a TLS section, which GKE itself does not read.
 */
export function certificateOf(host: string, all: ProxyCertificates, view: IngressView, sheet: Sheet): Certificate {
  const { namespace } = view.ingress.ref;
  const secret = (chosen: SecretCertificate): Certificate => ({
    kind: 'secret',
    namespace,
    name: chosen.name,
    entries: chosen.sections.flatMap((section) =>
      section.entries.filter((entry) => !isHostEntry(entry) || entry.value.toLowerCase() === host),
    ),
  });
  const listed = all.secrets.find(({ sections }) => sections.some(({ hosts }) => hosts.some((name) => covers(name, host))));
  if (listed !== undefined) return secret(listed);
  const certificates = all.named.flatMap((each) => each.certificates);
  const [first, ...others] = all.secrets;
  const isManaged = certificates.some((each) => each.source === 'managed' && each.domains?.includes(host) === true);
  if (first === undefined || isManaged) {
    return certificates.length === 0
      ? { kind: 'none' }
      : { kind: 'external', names: certificates.map(labelOf), entries: all.named.flatMap(entriesOfNamed) };
  }
  if (others.length + certificates.length > 0) {
    const names = [...certificates.map(labelOf), ...all.secrets.map(({ name }) => `Secret ${name}`)];
    const args = { host: host === '' ? 'any other host' : host, secret: `${namespace}/${first.name}`, secrets: names.join(', ') };
    const [entry] = first.sections.flatMap((section) => section.entries);
    sheet.findings.push(frontFindings['certificate-guessed'](args, entry === undefined ? { ingress: view.ingress.ref } : placeOf(entry)));
  }
  return secret(first);
}

/**
 * What the proxy has besides the certificate of each host: those outside the cluster with all that stand beside them, and
 * Secrets that no host was given. Hosts of a TLS section that are not served have no effect.
 */
export function certificateIntents(all: ProxyCertificates, hosts: readonly string[], view: IngressView, sheet: Sheet): readonly Intent[] {
  const certificates = hosts.map((host) => certificateOf(host, all, view, { ...sheet, findings: [] }));
  const used = new Set(certificates.flatMap((certificate) => (certificate.kind === 'none' ? [] : certificate.entries)));
  const rest = all.secrets.flatMap(({ sections }) => sections.flatMap((section) => section.entries)).filter((entry) => !used.has(entry));
  for (const entry of rest.filter(isHostEntry))
    settle(sheet, 'inert', [entry], frontFindings['hosts-not-read']({ host: entry.value }, placeOf(entry)));
  const spare = all.secrets.filter(({ sections }) => sections.every((section) => section.entries.every((entry) => !used.has(entry))));
  const named = all.named.flatMap((each) => each.certificates);
  const secrets = all.secrets.map(({ name }): GkeCertificate => ({ source: 'secret', name }));
  return [
    ...(named.length === 0
      ? []
      : [
          {
            kind: 'gke',
            feature: 'certificates',
            certificates: [...named, ...secrets],
            entries: all.named.flatMap(entriesOfNamed),
          } as const,
        ]),
    ...(all.secrets.length < 2 && spare.length === 0
      ? []
      : [
          {
            kind: 'gke',
            feature: 'proxySecrets',
            namespace: view.ingress.ref.namespace,
            secrets: secrets.map(({ name }) => name),
            spare: spare.map(({ name }) => name),
            entries: rest.filter((entry) => !isHostEntry(entry)),
          } as const,
        ]),
  ];
}

function labelOf(certificate: GkeCertificate): string {
  switch (certificate.source) {
    case 'managed':
      return `ManagedCertificate ${certificate.name}`;
    case 'pre-shared':
      return `SslCertificate ${certificate.name}`;
    case 'secret':
      return `Secret ${certificate.name}`;
    default:
      return certificate satisfies never;
  }
}

function entriesOfNamed({ entry, objects }: NamedCertificates): readonly Entry[] {
  return [entry, ...objects.flatMap(fieldsOf)];
}

function isHostEntry(entry: Entry): boolean {
  return /\.hosts(?:\[\d+\])?$/.test(entry.name);
}

/** A certificate's wildcard stands for one label. */
function covers(name: string, host: string): boolean {
  if (host === '') return false;
  return name === host || (name.startsWith('*.') && host.slice(host.indexOf('.') + 1) === name.slice(2));
}
