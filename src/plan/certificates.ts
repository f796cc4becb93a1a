import type { Finding, Place } from '../ledger/finding.ts';
import type { ConvertOptions } from '../options.ts';
import type { HostTable } from '../route/table.ts';
import { planFindings } from './findings.ts';
import { coversHost } from './host-names.ts';
import { type HostPlan, isOpen } from './host-plan.ts';
import { placeOf } from './places.ts';

/** What a host's HTTPS listener terminates with. */
export type CertificatePlan =
  /** `of`: the broader host whose certificate it is; null for its own. */
  | { readonly kind: 'secret'; readonly namespace: string; readonly name: string; readonly of: string | null }
  /** The listener has its certificates from elsewhere than Secrets. */
  | { readonly kind: 'outside' }
  /** No certificate is known, so no HTTPS listener is written. `finding` is null when nobody asked for one. */
  | { readonly kind: 'absent'; readonly finding: Finding | null };

/** By host. */
export type Certificates = ReadonlyMap<string, CertificatePlan>;

/**
 * The certificate of each host. One without, within a broader host that is served over HTTPS, takes the certificate of the
 * narrowest such host: requests for it would arrive on that host's listener, and its routes must not answer them.
 */
export function planCertificates(hosts: readonly HostPlan[], options: ConvertOptions): Certificates {
  const own = new Map(hosts.map((host) => [host.table.host, ownCertificate(host.table, options, placeOf(host))]));
  const listening = hosts.filter((host) => isOpen(host, 'https') && servesHttps(host, own));
  return new Map(
    [...own].map(([host, certificate]): [string, CertificatePlan] => {
      if (certificate.kind === 'secret') return [host, certificate];
      const broader = listening.filter(({ table }) => coversHost(table.host, host)).sort(byLength)[0]?.table.host;
      const lent = broader === undefined ? undefined : own.get(broader);
      return [host, lent?.kind === 'secret' && broader !== undefined ? { ...lent, of: broader } : certificate];
    }),
  );
}

function byLength(a: HostPlan, b: HostPlan): number {
  return b.table.host.length - a.table.host.length;
}

/** Whether requests for the host over https reach its routes. */
export function servesHttps({ table }: HostPlan, certificates: Certificates): boolean {
  return table.ports.some((port) => port.scheme === 'https') && (certificates.get(table.host)?.kind ?? 'absent') !== 'absent';
}

export function ownCertificate(host: HostTable, options: ConvertOptions, place: Place): CertificatePlan {
  const { certificate } = host;
  const name = host.host === '' ? 'the server for any host' : host.host;
  switch (certificate.kind) {
    case 'secret':
      return { kind: 'secret', namespace: certificate.namespace, name: certificate.name, of: null };
    case 'default': {
      if (options.defaultCertificate !== null) return { kind: 'secret', ...options.defaultCertificate, of: null };
      const asked = certificate.asked || host.rules.some((rule) => rule.httpsRedirect !== null || rule.scheme === 'https');
      return { kind: 'absent', finding: asked ? planFindings['certificate-missing']({ host: name }, place) : null };
    }
    case 'external':
      // A certificate that cannot leave its cloud has to be replaced by one of the cluster's.
      if (options.defaultCertificate !== null) return { kind: 'secret', ...options.defaultCertificate, of: null };
      return {
        kind: 'absent',
        finding: planFindings['certificate-external']({ host: name, names: certificate.names.join(', ') }, place),
      };
    case 'none':
      return { kind: 'absent', finding: null };
    default:
      return certificate satisfies never;
  }
}
