import type { GkeCertificate } from '../../intent/gke.ts';
import type { IngressRef } from '../../model/entry.ts';
import type { Estate } from '../../model/estate.ts';
import { isValidHost } from '../../model/host.ts';
import { domainsOf, mapNameOf, type NamedDomain, UNKNOWN } from './certificate-names.ts';
import { placementOf } from './certificates.ts';
import type { ClassFeatures } from './classes.ts';
import { word } from './shell.ts';

/** What makes the certificates that a Gateway names, and waits for them. Regional ones need REGION to be set. */
export function certificateSteps(
  certificates: readonly GkeCertificate[],
  features: ClassFeatures,
  ingress: IngressRef,
  estate: Pick<Estate, 'ingresses'>,
): readonly string[] {
  const managed = certificates.filter(({ source }) => source === 'managed');
  const preShared = certificates.filter(({ source }) => source === 'pre-shared');
  switch (placementOf(certificates, features)) {
    case 'secrets':
      return [];
    case 'listener':
      return managed.length > 0
        ? [ENABLE, ...domainsOf(managed).flatMap(regional)]
        : preShared.map(
            ({ name }) =>
              `gcloud compute ssl-certificates describe ${word(name)} ${features.scope === 'global' ? '--global' : '--region="$REGION"'}`,
          );
    case 'map': {
      if (managed.length === 0) return [];
      const map = mapNameOf(ingress, estate);
      const domains = domainsOf(managed);
      const [first] = domains;
      return [
        ENABLE,
        `gcloud certificate-manager maps create ${map}`,
        ...domains.flatMap((domain) =>
          ifKnown(domain, [
            ...certified(domain, ''),
            `gcloud certificate-manager maps entries create ${domain.id} --map=${map} --certificates=${domain.id} --hostname=${word(domain.domain)}`,
          ]),
        ),
        // Clients that ask for no name are shown the first certificate today.
        ...(first === undefined
          ? []
          : ifKnown(first, [
              `gcloud certificate-manager maps entries create ${map}-primary --map=${map} --certificates=${first.id} --set-primary`,
            ])),
        ...domains.flatMap((domain) => ifKnown(domain, [active(domain, '')])),
      ];
    }
  }
}

const ENABLE = 'gcloud services enable certificatemanager.googleapis.com';

function regional(domain: NamedDomain): readonly string[] {
  const location = ' --location="$REGION"';
  return ifKnown(domain, [...certified(domain, location, ' --type=PER_PROJECT_RECORD'), active(domain, location)]);
}

/** With a placeholder no command would succeed: it is shown, and not run. */
function ifKnown({ domain }: NamedDomain, steps: readonly string[]): readonly string[] {
  const isKnown = domain !== UNKNOWN && isValidHost(domain);
  return isKnown ? steps : steps.map((step) => (step.startsWith('#') ? step : `# ${step}`));
}

/** DNS authorization: the certificate is there before DNS points to the new address. */
function certified({ domain, id }: NamedDomain, location: string, type = ''): readonly string[] {
  const manager = 'gcloud certificate-manager';
  return [
    `${manager} dns-authorizations create ${id} --domain=${word(domain.replace(/^\*\./, ''))}${type}${location}`,
    `${manager} dns-authorizations describe ${id}${location} --format="value(dnsResourceRecord)"`,
    '# publish the CNAME record that it prints',
    `${manager} certificates create ${id} --domains=${word(domain)} --dns-authorizations=${id}${location}`,
  ];
}

function active({ id }: NamedDomain, location: string): string {
  const state = `gcloud certificate-manager certificates describe ${id}${location} --format="value(managed.state)"`;
  return `until [ "$(${state})" = ACTIVE ]; do sleep 30; done`;
}
