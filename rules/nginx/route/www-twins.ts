import type { HostTable } from '../../../src/route/table.ts';
import type { Books } from '../../../src/rule/books.ts';
import { wwwFindings } from '../from-to-www-redirect.ts';
import { inert } from '../settlement.ts';
import { certificateOfName, type HostCertificate } from './certificates.ts';
import type { Server } from './location.ts';
import { plainMatch } from './location-rules.ts';

const PORTS = [
  { scheme: 'http', port: 80 },
  { scheme: 'https', port: 443 },
] as const;

/** The hosts that only redirect to their twin (`buildRedirects`). Path, query and scheme are kept. */
export function wwwTwins(
  servers: readonly Server[],
  certificates: ReadonlyMap<string, HostCertificate>,
  books: Books,
): readonly HostTable[] {
  return servers.flatMap((server): readonly HostTable[] => {
    const asking = [...new Set(server.locations.filter(({ implicit }) => !implicit).map(({ facts }) => facts))].filter(
      (facts) => facts.www !== null && facts.redirect?.kind !== 'off',
    );
    const [first] = asking;
    const { host } = server;
    if (first === undefined) return [];
    const entries = asking.flatMap((facts) => facts.www ?? []);
    const place = { at: entries[0]?.at ?? first.ref.at, ingress: first.ref, host };
    if (host === '' || host.startsWith('*')) {
      books.settled.push(...inert(entries, wwwFindings['no-twin']({ host: host === '' ? 'a rule without host' : host }, place)));
      return [];
    }
    const twin = host.startsWith('www.') ? host.slice('www.'.length) : `www.${host}`;
    if (servers.some((other) => other.host === twin)) {
      books.settled.push(...inert(entries, wwwFindings['twin-exists']({ host, twin }, place)));
      return [];
    }
    const own = certificates.get(host);
    const { certificate } =
      own === undefined
        ? { certificate: { kind: 'default', asked: false, entries: [] } as const }
        : certificateOfName(twin, own, certificates);
    if (certificate.kind === 'default') books.findings.push(wwwFindings['no-certificate']({ host, twin }, place));
    const redirect = {
      status: first.httpsConfig.status,
      scheme: null,
      host,
      port: null,
      path: { kind: 'keep' },
      query: { kind: 'keep' },
      entries,
    } as const;
    const rule = {
      id: `${first.name} from-to-www ${twin}`,
      ingress: first.ref,
      scheme: null,
      match: plainMatch({ kind: 'prefix', value: '/' }),
      action: { kind: 'redirect', redirect },
      httpsRedirect: null,
      intents: [],
      entries: [],
    } as const;
    return [
      { host: twin, wildcard: 'one-label', ports: PORTS, certificate, rules: [rule], owner: first.ref, intents: [], passthrough: null },
    ];
  });
}
