import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import type { Backend } from '../../route/table.ts';
import type { LoweringContext } from '../contract.ts';
import { converted, inert, type Lower, placeOf, unfinished } from '../lowering.ts';
import { lower as portable } from '../standard/standard.ts';
import { backendsOf } from './backends.ts';

const find = defineFindings('gke-gateway/protocol', {
  'app-protocol': {
    level: 'error',
    message: (a: { services: string; protocol: string }) =>
      `the backend is spoken to as ${a.protocol}, which GKE Gateway reads from appProtocol of the Service alone: ${a.services} ${a.services.includes(', ') ? 'have' : 'has'} it not`,
    help: (a: { services: string; protocol: string; commands: string }) =>
      `Without it the backend gets clear text. Before the route is applied: ${a.commands}. GKE Ingress does not look at the field, so that it can be set while both run.`,
    security: true,
    differs: ['status', 'unreachable'],
  },
  unverified: {
    level: 'note',
    message: (_: NoArgs) => "the backend's certificate is not verified, as it is today",
  },
});

const NAMES = {
  HTTP: null,
  HTTPS: 'HTTPS',
  HTTP2: 'kubernetes.io/h2c',
  GRPC: 'kubernetes.io/h2c',
  GRPCS: 'HTTP2',
} as const;

/** How the backends of a rule are spoken to, as `appProtocol` has it; null for plain HTTP. */
export function protocolOf({ rule: { intents } }: Pick<LoweringContext, 'rule'>): string | null {
  const overTls = intents.some((intent) => intent.kind === 'gke' && intent.feature === 'http2OverTls');
  const protocol = intents.find((intent) => intent.kind === 'backendProtocol')?.protocol ?? 'HTTP';
  if (protocol === 'HTTPS' && overTls) return 'HTTP2';
  return protocol === 'FCGI' || protocol === 'AUTO_HTTP' ? null : NAMES[protocol];
}

export const backendProtocol: Lower<'backendProtocol'> = (intent, context) => {
  if (intent.protocol === 'FCGI' || intent.protocol === 'AUTO_HTTP') return portable(intent, context);
  const protocol = protocolOf(context);
  if (protocol === null) return converted({});
  const backends = backendsOf(context).filter((backend) => backend.port !== null);
  const parts = {
    appProtocols: backends.map(({ namespace, service, port }) => ({ namespace, service, port: port ?? 0, protocol })),
  };
  // Services of several clusters are made with it: see the steps for them.
  const bare = backends.filter((backend) => backend.fleet === undefined && appProtocol(backend, context) !== protocol);
  if (bare.length === 0) return converted(parts);
  const args = {
    services: [...new Set(bare.map(({ namespace, service }) => `Service ${namespace}/${service}`))].join(', '),
    protocol,
    commands: bare.map((backend) => patchCommand(backend, protocol)).join(' && '),
  };
  return unfinished(parts, find['app-protocol'](args, placeOf(intent, context)));
};

/** GKE verifies nothing unless a BackendTLSPolicy asks for it. */
export const backendTls: Lower<'backendTls'> = (intent, context) =>
  intent.verify ? portable(intent, context) : inert(find.unverified({}, placeOf(intent, context)));

function appProtocol({ namespace, service, port }: Backend, { estate }: LoweringContext): string | null {
  return estate.serviceByName.get(`${namespace}/${service}`)?.ports.find((each) => each.port === port)?.appProtocol ?? null;
}

/** Ports of a Service are merged by their number, so the patch touches this one alone. */
function patchCommand({ namespace, service, port }: Backend, protocol: string): string {
  return `kubectl patch service ${service} -n ${namespace} -p '${JSON.stringify({ spec: { ports: [{ port, appProtocol: protocol }] } })}'`;
}
