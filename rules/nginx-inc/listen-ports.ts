import { defineFindings } from '../../src/ledger/finding.ts';
import { entryOf } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { manual, ORG } from './annotation.ts';
import { defineBehaviour } from './behaviour.ts';
import { ports } from './codecs.ts';
import { placeOf } from './settlement.ts';

export const portFindings = defineFindings('nginx-inc/listen-ports', {
  hostless: {
    level: 'error',
    message: (a: { annotation: string }) =>
      `the controller rejects this Ingress: ${a.annotation} is not allowed beside a rule without host`,
    help: () => 'Remove the annotation and convert again.',
    differs: ['unreachable'],
  },
  'no-tls': {
    level: 'note',
    message: (a: { annotation: string }) => `${a.annotation} has no effect: no host of this Ingress is served over TLS`,
  },
});

/** They replace 80 and 443 for the hosts of the Ingress. */
export const listenPorts = defineBehaviour({
  id: 'nginx-inc/listen-ports',
  title: 'Ports of the host',
  docs: manual('listeners'),
  scope: 'host',
  becomes: 'ports of the host in the routing table',
  reads: { http: at(`${ORG}listen-ports`, ports), https: at(`${ORG}listen-ports-ssl`, ports) },
  findings: portFindings,
  check({ read, ingress }) {
    if (ingress.rules.every(({ host }) => host !== '')) return null;
    const [entry] = [read.http, read.https].flatMap(entryOf);
    return entry === undefined ? null : portFindings.hostless({ annotation: entry.name }, placeOf(entry));
  },
});
