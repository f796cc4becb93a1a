import type { ConvertOptions } from '../options.ts';
import type { GatewayPart } from '../targets/contract.ts';
import { type CertificatePlan, type Certificates, ownCertificate } from './certificates.ts';
import type { HostPlan } from './host-plan.ts';
import type { ListenerDraft } from './listeners.ts';
import { placeOf } from './places.ts';

/** Where all hosts stand on one listener, every certificate is theirs: which one is shown is chosen by the name a client asks for. */
export function sharedCertificates(hosts: readonly HostPlan[], options: ConvertOptions, part: GatewayPart): Certificates {
  const own = hosts.map((host): [string, CertificatePlan] => [host.table.host, ownCertificate(host.table, options, placeOf(host))]);
  const [first] = own.flatMap(([host, certificate]) => (certificate.kind === 'secret' ? [{ ...certificate, of: host }] : []));
  return new Map(
    own.map(([host, certificate]): [string, CertificatePlan] => {
      if (certificate.kind === 'secret') return [host, certificate];
      if (part.outside === true) return [host, { kind: 'outside' }];
      return [host, first ?? certificate];
    }),
  );
}

/** One listener for each scheme and port. */
export function sharedListeners(perHost: readonly (readonly ListenerDraft[])[], part: GatewayPart): readonly ListenerDraft[] {
  const byPort = new Map<string, readonly ListenerDraft[]>();
  for (const draft of perHost.flat()) {
    const key = `${draft.scheme} ${draft.port}`;
    byPort.set(key, [...(byPort.get(key) ?? []), draft]);
  }
  return [...byPort.values()].flatMap((drafts): readonly ListenerDraft[] => {
    const [first] = drafts;
    if (first === undefined) return [];
    const secrets = drafts.flatMap(({ certificate }) => certificate ?? []);
    const all = first.scheme === 'https' ? [...secrets, ...(part.certificates ?? [])] : [];
    const [certificate = null, ...more] = new Map(all.map((each) => [`${each.namespace}/${each.name}`, each])).values();
    const options = first.scheme === 'https' ? part.tlsOptions : undefined;
    return [
      {
        ...first,
        host: '',
        namespaces: drafts.flatMap(({ namespaces }) => namespaces),
        certificate,
        more,
        ...(options === undefined ? {} : { options }),
      },
    ];
  });
}
