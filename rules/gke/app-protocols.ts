import type { Intent } from '../../src/intent/intent.ts';
import { defineFindings } from '../../src/ledger/finding.ts';
import type { Service, ServicePort } from '../../src/model/objects.ts';
import { entryOf, text } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import type { BackendPart, BackendUse } from './backend-config/rule.ts';
import { jsonObject } from './json-object.ts';
import { misplaced } from './misplaced.ts';
import { readAnnotation } from './service-annotation.ts';
import { endAs, inert, placeOf } from './settlement.ts';

export const NAME = 'cloud.google.com/app-protocols';
const OLD_NAME = 'service.alpha.kubernetes.io/app-protocols';

const find = defineFindings('gke/app-protocols', {
  invalid: {
    level: 'error',
    message: (a: { service: string; reason: string }) =>
      `the protocols of Service ${a.service} cannot be read (${a.reason}): GKE applies nothing of an Ingress that routes to it`,
    help: () => `Correct it: an object from port names to HTTP, HTTPS or HTTP2. Until then it is not known how the backend is spoken to.`,
  },
  beaten: {
    level: 'note',
    message: (a: { winner: string }) => `it is not looked at: ${a.winner} decides`,
  },
  plain: {
    level: 'note',
    message: (a: { port: string }) => `port ${a.port} is spoken to in plain HTTP, as it is without the annotation`,
  },
  'field-not-read': {
    level: 'warning',
    message: (a: { service: string; port: number; protocol: string }) =>
      `port ${a.port} of Service ${a.service} has appProtocol ${a.protocol}, which GKE Ingress does not read: it speaks plain HTTP to it, and a gateway will not`,
    help: () => 'Check what the Pods speak. If it is plain HTTP, remove the field before the Gateway takes over.',
    differs: ['status', 'unreachable'],
  },
});

/** Of the port of a Service, by the port's name; a number in its place is never found. */
export const appProtocols = defineRule({
  id: 'gke/app-protocols',
  title: 'Protocol of the backend',
  docs: 'https://cloud.google.com/kubernetes-engine/docs/concepts/ingress-xlb#https_tls_between_load_balancer_and_your_application',
  scope: 'upstream',
  becomes: 'backendProtocol; gke http2OverTls',
  reads: { protocols: at(NAME, text), old: at(OLD_NAME, text) },
  findings: find,
  convert: ({ read }) => misplaced('Service', [read.protocols, read.old]),
});

export function protocolPart(service: Service, port: ServicePort | null, use: BackendUse): BackendPart {
  const [old, current] = [readAnnotation(service, OLD_NAME, jsonObject), readAnnotation(service, NAME, jsonObject)];
  const winner = old.state === 'absent' ? current : old;
  const beaten = old.state === 'absent' ? [] : entryOf(current);
  const settled = beaten.flatMap((entry) => inert([entry], find.beaten({ winner: OLD_NAME }, placeOf(entry, use.ingress))));
  const name = `${service.ref.namespace}/${service.ref.name}`;
  if (winner.state === 'absent') return { findings: fieldFindings(service, port, use, name) };
  const { entry } = winner;
  const place = placeOf(entry, use.ingress);
  const value = winner.state === 'valid' ? winner.value : {};
  const wrong = Object.entries(value).find(([, protocol]) => !PROTOCOLS.has(String(protocol)));
  if (winner.state === 'invalid' || wrong !== undefined) {
    const reason = winner.state === 'invalid' ? winner.reason : `${wrong?.[0] ?? ''} is ${JSON.stringify(wrong?.[1])}`;
    const finding = find.invalid({ service: name, reason }, place);
    return { settled: [...settled, ...endAs('manual', [entry], finding)], mistakes: [finding] };
  }
  const protocol = port?.name != null && Object.hasOwn(value, port.name) ? value[port.name] : 'HTTP';
  const https: Intent = { kind: 'backendProtocol', protocol: 'HTTPS', entries: [entry] };
  if (protocol === 'HTTPS') return { intents: [https], settled };
  if (protocol === 'HTTP2') return { intents: [https, { kind: 'gke', feature: 'http2OverTls', entries: [entry] }], settled };
  return { settled: [...settled, ...inert([entry], find.plain({ port: String(port?.name ?? port?.port ?? '') }, place))] };
}

export const PROTOCOLS: ReadonlySet<string> = new Set(['HTTP', 'HTTPS', 'HTTP2']);

function fieldFindings(service: Service, port: ServicePort | null, use: BackendUse, name: string) {
  const protocol = port?.appProtocol ?? 'HTTP';
  if (port === null || /^http$/i.test(protocol)) return [];
  return [find['field-not-read']({ service: name, port: port.port, protocol }, { at: service.at, ingress: use.ingress })];
}
