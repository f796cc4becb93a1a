import type { IntentOf } from '../../src/intent/intent.ts';
import { defineFindings, type NoArgs } from '../../src/ledger/finding.ts';
import type { Entry } from '../../src/model/entry.ts';
import type { Read } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { manual, ORG, valueFindings } from './annotation.ts';
import { defineBehaviour } from './behaviour.ts';
import { services } from './codecs.ts';
import { unknownServices } from './services.ts';
import { placeOf } from './settlement.ts';

export const protocolFindings = defineFindings('nginx-inc/backend-protocol', {
  'http2-off': {
    level: 'warning',
    message: (_: NoArgs) =>
      'grpc-services has no effect without http2 in the ConfigMap of the controller, and the one in the input does not have it: the backend is spoken to in HTTP/1.1',
    help: () => 'Give the Service’s port appProtocol kubernetes.io/h2c if it speaks gRPC: nothing was written that says so.',
  },
});

/** By Service. WebSockets need no setting on a gateway; without theirs here, they fail. */
export const backendProtocol = defineBehaviour({
  id: 'nginx-inc/backend-protocol',
  title: 'Services with TLS, gRPC or WebSockets',
  docs: manual('backend-services-upstreams'),
  scope: 'location',
  becomes: 'backendProtocol',
  reads: {
    ssl: at(`${ORG}ssl-services`, services),
    grpc: at(`${ORG}grpc-services`, services),
    websocket: at(`${ORG}websocket-services`, services, 'converted'),
  },
  findings: protocolFindings,
  check({ read, ingress }) {
    for (const list of [read.ssl, read.grpc, read.websocket]) {
      if (list.state !== 'valid') continue;
      const reason = unknownServices(list.value, ingress);
      const { entry } = list;
      if (reason !== null) return valueFindings.refused({ annotation: entry.name, value: entry.value, reason }, placeOf(entry));
    }
    return null;
  },
});

export function entryFor(list: Read<readonly string[]>, service: string): readonly Entry[] {
  return list.state === 'valid' && list.value.includes(service) ? [list.entry] : [];
}

/** What a Service is spoken to in; null for plain HTTP. */
export function protocolIntent(ssl: readonly Entry[], grpc: readonly Entry[]): IntentOf<'backendProtocol'> | null {
  const entries = [...ssl, ...grpc];
  if (entries.length === 0) return null;
  const protocol = ssl.length === 0 ? 'GRPC' : grpc.length === 0 ? 'HTTPS' : 'GRPCS';
  return { kind: 'backendProtocol', protocol, entries };
}
