import type { Finding } from '../../../src/ledger/finding.ts';
import type { Entry } from '../../../src/model/entry.ts';
import type { IngressView } from '../../../src/rule/pack.ts';
import { allowHttp, type HttpClosed } from '../allow-http.ts';
import { managedCertificates, type NamedCertificates, preSharedCert } from '../certificates.ts';
import { controllerOutput, type ObservedRedirect } from '../controller-output.ts';
import { type Frontend, frontendConfig } from '../frontend-config.ts';
import { staticIp } from '../static-ip.ts';

/** What the rules made of one Ingress for the router. */
export interface Facts {
  readonly view: IngressView;
  readonly closed: HttpClosed | null;
  readonly frontend: Frontend | null;
  readonly seenRedirect: ObservedRedirect | null;
  /** In the order of the proxy. */
  readonly named: readonly NamedCertificates[];
  readonly mistakes: readonly Finding[];
  /** Entries that the rules leave to the router. */
  readonly routed: readonly Entry[];
}

export function factsOf(view: IngressView): Facts {
  const closed = view.setting<typeof allowHttp.reads, HttpClosed>(allowHttp);
  const frontend = view.setting<typeof frontendConfig.reads, Frontend>(frontendConfig);
  const seenRedirect = view.setting<typeof controllerOutput.reads, ObservedRedirect>(controllerOutput);
  const preShared = view.setting<typeof preSharedCert.reads, NamedCertificates>(preSharedCert);
  const managed = view.setting<typeof managedCertificates.reads, NamedCertificates>(managedCertificates);
  const addresses = view.setting<typeof staticIp.reads, readonly Finding[]>(staticIp) ?? [];
  return {
    view,
    closed,
    frontend,
    seenRedirect,
    named: [preShared, managed].filter((each) => each !== null),
    mistakes: [...addresses, ...(frontend?.mistakes ?? [])],
    routed: [
      ...(closed === null ? [] : [closed.entry]),
      ...(seenRedirect === null ? [] : [seenRedirect.entry]),
      ...(frontend?.redirect?.entries ?? []),
      ...[preShared, managed].flatMap((each) => (each === null ? [] : [each.entry])),
    ],
  };
}
