import type { GkeCertificate } from '../../intent/gke.ts';
import type { IntentOf } from '../../intent/intent.ts';
import { defineFindings } from '../../ledger/finding.ts';
import type { RoutingTable } from '../../route/table.ts';
import type { Lowering, LoweringContext } from '../contract.ts';
import type { CertificateContext, CertificateLowering, WantedCertificate } from '../dialect.ts';
import { byHand, converted, placeOf, unfinished } from '../lowering.ts';
import { domainsOf, mapNameOf } from './certificate-names.ts';
import { type ClassFeatures, featuresOf } from './classes.ts';

const find = defineFindings('gke-gateway/certificates', {
  map: {
    level: 'warning',
    message: (a: { certificates: string; map: string }) =>
      `GKE Gateway reads no ManagedCertificate (${a.certificates}): the Gateway names certificate map ${a.map} of Certificate Manager, which has to be made`,
    help: (a) =>
      `Make it before DNS moves, so that its certificates are ACTIVE by then: gcloud certificate-manager maps create ${a.map}, and what else stands in the steps for the Gateway. Keep the ManagedCertificate until the Ingress is gone.`,
  },
  regional: {
    level: 'warning',
    message: (a: { certificates: string; names: string }) =>
      `GKE Gateway reads none of ${a.certificates}: the listener names certificates ${a.names} of Certificate Manager, which have to be made in the region`,
    help: () => 'Make them before DNS moves: see the steps for the Gateway.',
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
export type Placement = 'secrets' | 'map' | 'listener';

/**
 * A certificate map excludes everything else on its Gateway, and whether a listener takes Secrets and SslCertificates at once is
 * not documented: Secrets come first, then the map, then certificates by name.
 */
export function placementOf(certificates: readonly GkeCertificate[], { certificateMap, preShared }: ClassFeatures): Placement {
  if (certificates.some(({ source }) => source === 'secret')) return 'secrets';
  const isManaged = certificates.some(({ source }) => source === 'managed');
  return certificateMap && (isManaged || !preShared) ? 'map' : 'listener';
}

/** What a load balancer has outside the cluster. */
export function outsideOf({ hosts }: RoutingTable): readonly GkeCertificate[] {
  const intents = hosts.flatMap((host) => host.intents);
  const known = intents.find((intent) => intent.kind === 'gke' && intent.feature === 'certificates');
  return known?.kind === 'gke' && known.feature === 'certificates' ? known.certificates : [];
}

/** What the listener says of certificates outside the cluster; the finding is the intent's. */
export function certificate(wanted: WantedCertificate, { table, gatewayClass }: CertificateContext): CertificateLowering | null {
  const certificates = outsideOf(table);
  if (wanted.kind === 'secret' || certificates.length === 0) return null;
  const isByName = placementOf(certificates, featuresOf({ gatewayClass })) === 'listener';
  const tls = isByName ? ({ mode: 'Terminate', options: optionsFor(certificates) } as const) : null;
  return { as: 'written', tls, outcome: 'converted', finding: null };
}

function optionsFor(certificates: readonly GkeCertificate[]): Readonly<Record<string, string>> {
  return certificates.some(({ source }) => source === 'managed')
    ? { 'networking.gke.io/cert-manager-certs': idsOf(certificates) }
    : { 'networking.gke.io/pre-shared-certs': certificates.map(({ name }) => name).join(',') };
}

function idsOf(certificates: readonly GkeCertificate[]): string {
  return domainsOf(certificates)
    .map(({ id }) => id)
    .join(',');
}

/** What is left to do for certificates outside the cluster. */
export function outsideCertificates(intent: Extract<IntentOf<'gke'>, { feature: 'certificates' }>, context: LoweringContext): Lowering {
  const { certificates } = intent;
  const place = placeOf(intent, context);
  const managed = certificates.filter((each) => each.source === 'managed');
  const preShared = certificates.filter((each) => each.source === 'pre-shared');
  switch (placementOf(certificates, featuresOf(context))) {
    case 'secrets':
      return byHand(find.beside({ certificates: [...preShared, ...managed].map(label).join(', ') }, place));
    case 'listener': {
      if (managed.length === 0) return converted({});
      // Regional Gateways take no map: their listeners name the certificates, which lie in the region.
      const args = { certificates: [...managed, ...preShared].map(label).join(', '), names: idsOf(managed) };
      return unfinished({}, find.regional(args, place));
    }
    case 'map': {
      const map = mapNameOf(context.rule.ingress, context.estate);
      const gateway = { annotations: { 'networking.gke.io/certmap': map } } as const;
      const finding =
        preShared.length === 0
          ? find.map({ certificates: managed.map((each) => each.name).join(', '), map }, place)
          : find['beside-map']({ certificates: preShared.map(label).join(', '), map }, place);
      return unfinished({ gateway }, finding);
    }
  }
}

function label({ source, name }: GkeCertificate): string {
  return `${source === 'managed' ? 'ManagedCertificate' : source === 'pre-shared' ? 'SslCertificate' : 'Secret'} ${name}`;
}
