import { defineFindings } from '../../src/ledger/finding.ts';
import type { Ingress } from '../../src/model/ingress.ts';
import type { ToolRule } from '../../src/rule/pack.ts';
import { copyTo, nowhere, placeOf } from './outputs.ts';

const find = defineFindings('tool/external-dns', {
  'route-source': {
    level: 'warning',
    message: (a: { name: string; on: string }) => `${a.name} stands on ${a.on}, where external-dns reads it once it watches routes`,
    help: () =>
      'Run external-dns with --source=gateway-httproute before the Ingress is deleted: with the source for Ingresses alone, its records go with it. While both exist they must not fight for one record.',
  },
  'host-not-served': {
    level: 'warning',
    message: (a: { hosts: string }) =>
      `no record will be made for ${a.hosts}: external-dns keeps to host names that a listener of the Gateway serves`,
    help: () => 'Create a DNSEndpoint (or the record by hand) for it, or serve the host by a rule of its own.',
    differs: ['unreachable'],
  },
  'other-source': {
    level: 'note',
    message: (a: { name: string }) => `external-dns reads ${a.name} from Services, pods or Istio Gateways, not from an Ingress`,
  },
});

const PREFIXES = ['external-dns.alpha.kubernetes.io/', 'external-dns.kubernetes.io/'] as const;
/** https://kubernetes-sigs.github.io/external-dns/latest/docs/annotations/annotations/ */
const OF_OTHER_SOURCES = new Set(['access', 'endpoints-type', 'internal-hostname', 'ingress']);

/** From a Gateway external-dns reads `target`, everything else from the routes. */
export const externalDns: ToolRule = {
  id: 'tool/external-dns',
  title: 'external-dns: DNS records',
  docs: 'https://kubernetes-sigs.github.io/external-dns/latest/docs/sources/gateway-api/',
  annotations: PREFIXES,
  convert(entry, ingress) {
    const prefix = PREFIXES.find((candidate) => entry.name.startsWith(candidate)) ?? '';
    const own = entry.name.slice(prefix.length);
    if (OF_OTHER_SOURCES.has(own)) return nowhere('inert', find['other-source']({ name: entry.name }, placeOf(entry)));
    const manual = (on: string) =>
      ({ outcome: 'manual', finding: find['route-source']({ name: entry.name, on }, placeOf(entry)) }) as const;
    switch (own) {
      case 'target':
        return copyTo('gateway', entry, ingress, manual('the Gateway'));
      case 'hostname': {
        const hosts = unserved(entry.value, ingress);
        if (hosts.length === 0) return copyTo('route', entry, ingress, manual('the HTTPRoutes'));
        return copyTo('route', entry, ingress, {
          outcome: 'manual',
          finding: find['host-not-served']({ hosts: hosts.join(', ') }, placeOf(entry)),
        });
      }
      case 'ingress-hostname-source':
        return copyTo('route', entry, ingress, { outcome: 'converted', finding: null, name: `${prefix}gateway-hostname-source` });
      default:
        return copyTo('route', entry, ingress);
    }
  },
};

/** Names of the annotation that no rule of the Ingress serves. A rule without host serves all. */
function unserved(value: string, ingress: Ingress): readonly string[] {
  const served = ingress.rules.map((rule) => rule.host);
  if (served.includes('') || ingress.defaultBackend !== null) return [];
  const names = value.split(',').map((name) => name.trim().toLowerCase().replace(/\.$/, ''));
  return names.filter(
    (name) => name !== '' && !served.some((host) => host === name || (host.startsWith('*.') && name.endsWith(host.slice(1)))),
  );
}
