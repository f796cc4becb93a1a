import type { Finding, Place } from '../ledger/finding.ts';
import type { ConvertOptions } from '../options.ts';
import type { HostTable } from '../route/table.ts';
import { planFindings } from './findings.ts';

/** What a host's HTTPS listener terminates with. */
export type CertificatePlan =
  | { readonly kind: 'secret'; readonly namespace: string; readonly name: string }
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
