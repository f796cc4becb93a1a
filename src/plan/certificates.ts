import type { Finding, Place } from '../ledger/finding.ts';
import type { ConvertOptions } from '../options.ts';
import type { HostTable } from '../route/table.ts';
import { planFindings } from './findings.ts';
import { coversHost, type HostPlan } from './host-plan.ts';

/** What a host's HTTPS listener terminates with. */
export type CertificatePlan =
  | { readonly kind: 'secret'; readonly namespace: string; readonly name: string }
  /** Served on the HTTPS listener of a broader host, which would otherwise answer for this one. */
  | { readonly kind: 'shared'; readonly listener: string }
  /** No certificate is known, so no HTTPS listener is written. `finding` is null when nobody asked for one. */
  | { readonly kind: 'absent'; readonly finding: Finding | null };

export function planCertificate(host: HostTable, options: ConvertOptions, place: Place): CertificatePlan {
  const { certificate } = host;
  switch (certificate.kind) {
    case 'secret':
      return { kind: 'secret', namespace: certificate.namespace, name: certificate.name };
    case 'default': {
      if (options.defaultCertificate !== null) return { kind: 'secret', ...options.defaultCertificate };
      const asked = certificate.asked || host.rules.some((rule) => rule.httpsRedirect !== null || rule.scheme === 'https');
      const name = host.host === '' ? 'the server for any host' : host.host;
      return { kind: 'absent', finding: asked ? planFindings['certificate-missing']({ host: name }, place) : null };
    }
    case 'external':
      return {
        kind: 'absent',
        finding: planFindings['certificate-external']({ host: host.host, names: certificate.names.join(', ') }, place),
      };
    case 'none':
      return { kind: 'absent', finding: null };
    default:
      return certificate satisfies never;
  }
}

/**
 * Hosts without a certificate of their own, within a broader host that has an HTTPS listener, share that listener: requests
 * for them arrive there, and the broader host's routes must not answer them. The narrowest such host is taken.
 */
export function shareListeners(certificates: ReadonlyMap<HostPlan, CertificatePlan>): ReadonlyMap<HostPlan, CertificatePlan> {
  const listening = [...certificates]
    .filter(([host, certificate]) => certificate.kind === 'secret' && host.https.length > 0)
    .map(([host]) => host.table.host);
  return new Map(
    [...certificates].map(([host, certificate]) => {
      const broader = listening.filter((other) => coversHost(other, host.table.host)).sort((a, b) => b.length - a.length)[0];
      const shared =
        certificate.kind === 'absent' &&
        host.https.length > 0 &&
        broader !== undefined &&
        host.table.ports.some((port) => port.scheme === 'https');
      return [host, shared ? ({ kind: 'shared', listener: broader } as const) : certificate];
    }),
  );
}
