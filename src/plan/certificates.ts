import type { Listener } from '../gateway/types.ts';
import type { Finding, Place } from '../ledger/finding.ts';
import type { Estate } from '../model/estate.ts';
import type { ConvertOptions } from '../options.ts';
import type { HostTable, RoutingTable } from '../route/table.ts';
import type { Target } from '../targets/contract.ts';
import type { CertificateLowering, WantedCertificate } from '../targets/dialect.ts';
import { planFindings } from './findings.ts';
import { coveringHosts } from './host-names.ts';
import { type HostPlan, isOpen } from './host-plan.ts';
import { placeOf } from './places.ts';

/** What a host's HTTPS listener terminates with. */
export type CertificatePlan =
  /** `of`: the broader host whose certificate it is; null for its own. */
  | {
      readonly kind: 'secret';
      readonly namespace: string;
      readonly name: string;
      readonly of: string | null;
      /** Why an implementation may refuse the Secret. */
      readonly doubt: Finding | null;
    }
  /** Had by the implementation in its own way; `tls` is what the listener says of it. */
  | {
      readonly kind: 'own';
      readonly tls: Listener['tls'] | null;
      readonly outcome: Extract<CertificateLowering, { as: 'written' }>['outcome'];
      readonly finding: Finding | null;
      readonly of: string | null;
    }
  /** No certificate is known, so no HTTPS listener is written. `finding` is null when nobody asked for one. */
  | { readonly kind: 'absent'; readonly finding: Finding | null };

export interface CertificateInput {
  readonly options: ConvertOptions;
  readonly estate: Estate;
  readonly target: Target;
  readonly table: RoutingTable;
  readonly gatewayClass: string | null;
}

/** By host. */
export type Certificates = ReadonlyMap<string, CertificatePlan>;

/**
 * The certificate of each host. One without, within a broader host that is served over HTTPS, takes the certificate of the
 * narrowest such host: requests for it would arrive on that host's listener, and its routes must not answer them.
 */
export function planCertificates(hosts: readonly HostPlan[], table: RoutingTable, plan: Omit<CertificateInput, 'table'>): Certificates {
  const input = { ...plan, table };
  const own = new Map(hosts.map((host) => [host.table.host, ownCertificate(host.table, input, placeOf(host))]));
  const listening = new Set(hosts.filter((host) => isOpen(host, 'https') && servesHttps(host, own)).map((each) => each.table.host));
  return new Map(
    [...own].map(([host, certificate]): [string, CertificatePlan] => {
      if (certificate.kind !== 'absent') return [host, certificate];
      const broader = coveringHosts(host).find((name) => listening.has(name));
      const lent = broader === undefined ? undefined : own.get(broader);
      return [host, lent !== undefined && lent.kind !== 'absent' && broader !== undefined ? { ...lent, of: broader } : certificate];
    }),
  );
}

/** Whether requests for the host over https reach its routes. */
export function servesHttps({ table }: HostPlan, certificates: Certificates): boolean {
  return table.ports.some((port) => port.scheme === 'https') && (certificates.get(table.host)?.kind ?? 'absent') !== 'absent';
}

function ownCertificate(host: HostTable, input: CertificateInput, place: Place): CertificatePlan {
  const { certificate } = host;
  const name = host.host === '' ? 'the server for any host' : host.host;
  const { options } = input;
  switch (certificate.kind) {
    case 'secret':
      return inOwnWay(certificate, host, input, place) ?? inSecret(certificate, name, input, place);
    case 'default': {
      if (options.defaultCertificate !== null) {
        const { entries } = certificate;
        const known = { kind: 'secret', ...options.defaultCertificate, entries } as const;
        return inOwnWay(known, host, input, place) ?? inSecret(options.defaultCertificate, name, input, place);
      }
      const asked = certificate.asked || host.rules.some((rule) => rule.httpsRedirect !== null || rule.scheme === 'https');
      return { kind: 'absent', finding: asked ? planFindings['certificate-missing']({ host: name }, place) : null };
    }
    case 'external':
      return inOwnWay(certificate, host, input, place) ?? withoutCloud(host, certificate.names, input, place);
    case 'none':
      return { kind: 'absent', finding: null };
    default:
      return certificate satisfies never;
  }
}

/** Controllers of Ingresses look at the keys of a Secret alone; Gateway API asks for its type, and some implementations insist. */
function inSecret(
  { namespace, name }: { readonly namespace: string; readonly name: string },
  host: string,
  { estate }: CertificateInput,
  place: Place,
): CertificatePlan {
  const type = estate.secretByName.get(`${namespace}/${name}`)?.type ?? '';
  const doubt =
    type === '' || type === 'kubernetes.io/tls'
      ? null
      : planFindings['certificate-type']({ host, secret: `${namespace}/${name}`, type }, place);
  return { kind: 'secret', namespace, name, of: null, doubt };
}

/** A certificate that cannot leave its cloud has to be replaced by one of the cluster's. */
function withoutCloud(host: HostTable, names: readonly string[], input: CertificateInput, place: Place): CertificatePlan {
  const { options } = input;
  const name = host.host === '' ? 'the server for any host' : host.host;
  if (options.defaultCertificate !== null) return inSecret(options.defaultCertificate, name, input, place);
  const args = { host: name, names: names.join(', ') };
  return { kind: 'absent', finding: planFindings['certificate-external'](args, place) };
}

/** What the implementation makes of it; null where it reads Secrets as any other. */
function inOwnWay(wanted: WantedCertificate, { host, ports }: HostTable, input: CertificateInput, place: Place): CertificatePlan | null {
  const { options, estate, target, table, gatewayClass } = input;
  const lowering = target.dialect?.certificate?.(wanted, { host, ports, table, place, release: options.release, estate, gatewayClass });
  if (lowering === undefined || lowering === null) return null;
  if (lowering.as === 'absent') return { kind: 'absent', finding: lowering.finding };
  const { tls, outcome, finding } = lowering;
  return { kind: 'own', tls, outcome, finding, of: null };
}
