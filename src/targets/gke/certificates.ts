import type { GkeCertificate } from '../../intent/gke.ts';
import { defineFindings, type Finding, type Place } from '../../ledger/finding.ts';
import { compareText } from '../../model/position.ts';
import type { Lowering } from '../contract.ts';
import type { CertificateContext, CertificateLowering, WantedCertificate } from '../dialect.ts';
import { byHand, converted, unfinished } from '../lowering.ts';
import { type Scope, scopeOf } from './classes.ts';

const find = defineFindings('gke-gateway/certificates', {
  map: {
    level: 'warning',
    message: (a: { certificates: string; map: string }) =>
      `GKE Gateway reads no ManagedCertificate (${a.certificates}): the Gateway names certificate map ${a.map} of Certificate Manager, which has to be made`,
    help: (a: { certificates: string; map: string; commands: string }) =>
      `Before DNS moves, so that the certificate is ACTIVE by then: ${a.commands}. Keep the ManagedCertificate until the Ingress is gone.`,
  },
  regional: {
    level: 'warning',
    message: (a: { certificates: string; names: string }) =>
      `GKE Gateway reads none of ${a.certificates}: the listener names certificates ${a.names} of Certificate Manager, which have to be made in the region`,
    help: (a: { certificates: string; names: string; commands: string }) => `Before DNS moves: ${a.commands}`,
  },
  beside: {
    level: 'warning',
    message: (a: { certificates: string }) =>
      `${a.certificates} cannot stand beside the Secrets of the listener: a Gateway takes its certificates from one place`,
    help: () =>
      'Have the same names certified into a Secret (cert-manager does) and name it on the listener; or move all of them, the Secrets too, into a certificate map of Certificate Manager.',
  },
  'beside-map': {
    level: 'warning',
    message: (a: { certificates: string; map: string }) =>
      `${a.certificates} cannot stand beside certificate map ${a.map}: their names have to be certified there too`,
    help: (a) =>
      `gcloud certificate-manager certificates create CERT --certificate-file=CERT.pem --private-key-file=KEY.pem && gcloud certificate-manager maps entries create ENTRY --map=${a.map} --certificates=CERT --hostname=DOMAIN`,
  },
});

/** Where the certificates of a load balancer come to stand, of which some are outside the cluster. */
type Placement = 'secrets' | 'map' | 'listener';

/**
 * A certificate map excludes everything else on its Gateway, and whether a listener takes Secrets and SslCertificates at once is
 * not documented: Secrets come first, then the map, then certificates by name.
 */
function placementOf(certificates: readonly GkeCertificate[], scope: Scope): Placement {
  if (certificates.some(({ source }) => source === 'secret')) return 'secrets';
  return certificates.some(({ source }) => source === 'managed') && scope !== 'regional' ? 'map' : 'listener';
}

/** What the listener says of certificates outside the cluster; the finding is the intent's. */
export function certificate(wanted: WantedCertificate, { table, gatewayClass }: CertificateContext): CertificateLowering | null {
  const intents = table.hosts.flatMap((host) => host.intents);
  const known = intents.find((intent) => intent.kind === 'gke' && intent.feature === 'certificates');
  if (wanted.kind === 'secret' || known?.kind !== 'gke' || known.feature !== 'certificates') return null;
  const isByName = placementOf(known.certificates, scopeOf({ gatewayClass })) === 'listener';
  const tls = isByName ? ({ mode: 'Terminate', options: optionsFor(known.certificates) } as const) : null;
  return { as: 'written', tls, outcome: 'converted', finding: null };
}

function optionsFor(certificates: readonly GkeCertificate[]): Readonly<Record<string, string>> {
  const managed = certificates.filter(({ source }) => source === 'managed');
  return managed.length > 0
    ? { 'networking.gke.io/cert-manager-certs': domainsOf(managed).map(idOf).join(',') }
    : { 'networking.gke.io/pre-shared-certs': certificates.map(({ name }) => name).join(',') };
}

/** What is left to do for certificates outside the cluster. `name`: of the Ingress. */
export function outsideCertificates(certificates: readonly GkeCertificate[], name: string, scope: Scope, place: Place): Lowering {
  const managed = certificates.filter((each) => each.source === 'managed');
  const preShared = certificates.filter((each) => each.source === 'pre-shared');
  switch (placementOf(certificates, scope)) {
    case 'secrets':
      return byHand(find.beside({ certificates: [...preShared.map(label), ...managed.map(label)].join(', ') }, place));
    case 'listener':
      return managed.length === 0 ? converted({}) : unfinished({}, regional(managed, preShared, place));
    case 'map': {
      const map = `${name}-map`;
      const gateway = { annotations: { 'networking.gke.io/certmap': map } } as const;
      const commands = steps(map, domainsOf(managed)).join(' && ');
      const finding =
        preShared.length === 0
          ? find.map({ certificates: managed.map((each) => each.name).join(', '), map, commands }, place)
          : find['beside-map']({ certificates: preShared.map(label).join(', '), map }, place);
      return unfinished({ gateway }, finding);
    }
  }
}

/** Regional Gateways take no map: their listeners name the certificates, which lie in the region. */
function regional(managed: readonly GkeCertificate[], preShared: readonly GkeCertificate[], place: Place): Finding {
  const domains = domainsOf(managed);
  const commands = domains.flatMap((domain) => regionalSteps(domain)).join(' && ');
  const certificates = [...managed, ...preShared].map(label).join(', ');
  return find.regional({ certificates, names: domains.map(idOf).join(','), commands }, place);
}

function domainsOf(managed: readonly GkeCertificate[]): readonly string[] {
  const domains = managed.flatMap((each) => (each.source === 'managed' ? (each.domains ?? []) : []));
  return domains.length === 0 ? ['DOMAIN'] : [...new Set(domains)].sort(compareText);
}

function idOf(domain: string): string {
  return domain.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

function regionalSteps(domain: string): readonly string[] {
  const id = idOf(domain);
  return [
    `gcloud certificate-manager dns-authorizations create ${id} --domain=${domain} --type=PER_PROJECT_RECORD --location=REGION`,
    `gcloud certificate-manager certificates create ${id} --domains=${domain} --dns-authorizations=${id} --location=REGION`,
  ];
}

function label({ source, name }: GkeCertificate): string {
  return `${source === 'managed' ? 'ManagedCertificate' : source === 'pre-shared' ? 'SslCertificate' : 'Secret'} ${name}`;
}

/** DNS authorization: the certificate is there before DNS points to the new address. */
function steps(map: string, domains: readonly string[]): readonly string[] {
  return [
    'gcloud services enable certificatemanager.googleapis.com',
    `gcloud certificate-manager maps create ${map}`,
    ...domains.flatMap((domain) => {
      const id = idOf(domain);
      return [
        `gcloud certificate-manager dns-authorizations create ${id} --domain=${domain}`,
        `gcloud certificate-manager dns-authorizations describe ${id} --format="value(dnsResourceRecord)" (publish that CNAME)`,
        `gcloud certificate-manager certificates create ${id} --domains=${domain} --dns-authorizations=${id}`,
        `gcloud certificate-manager maps entries create ${id} --map=${map} --certificates=${id} --hostname=${domain}`,
        `gcloud certificate-manager certificates describe ${id} --format="value(managed.state)" (until it says ACTIVE)`,
      ];
    }),
  ];
}
