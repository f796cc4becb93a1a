import type { Intent, IntentOf } from '../../intent/intent.ts';
import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import { compareText } from '../../model/position.ts';
import type { Backend } from '../../route/table.ts';
import type { Lowering, LoweringContext } from '../contract.ts';
import { byHand, converted, type Lower, placeOf, unfinished, unmapped } from '../lowering.ts';
import { alternatives } from './alternatives.ts';
import { hasPolicy, policiesFor } from './backend-tls-policy.ts';

const find = defineFindings('standard/backend-protocol', {
  'service-needs-h2c': {
    level: 'warning',
    message: (a: { protocol: string; services: string }) =>
      `the backend speaks ${a.protocol} without TLS, which a gateway learns from the Service: ${a.services} ${a.services.includes(', ') ? 'have' : 'has'} no appProtocol kubernetes.io/h2c`,
    help: (a: { protocol: string; services: string; commands: string }) => `Until then requests fail. Run: ${a.commands}`,
    differs: ['status', 'unreachable'],
  },
  'verified-tls': {
    level: 'error',
    message: (a: { services: string }) =>
      `the backend speaks TLS, which the controller did not verify and a gateway always does: a BackendTLSPolicy was written for ${a.services} that needs the certificate of its authority`,
    help: (a: { services: string; commands: string }) =>
      `Until then requests fail instead of going out in clear text. Put the authority into a ConfigMap (${a.commands}) and check validation.hostname against the backend's certificate; the policy holds for every route to the Service. ${alternatives('unverifiedTls').replace('for it', 'to skip verification')}`,
    security: true,
    differs: ['status', 'unreachable'],
  },
  auto: {
    level: 'error',
    message: (_: NoArgs) =>
      "the backend is spoken to as the client speaks, clear text or TLS; a gateway's backend has one protocol, and clear text was written",
    help: () =>
      'If the backend expects TLS, create a BackendTLSPolicy for its Service, or set the backend protocol to HTTPS before converting.',
    security: true,
    differs: ['status', 'unreachable'],
  },
  fastcgi: {
    level: 'error',
    message: (_: NoArgs) => 'the backend speaks FastCGI, which no gateway does: its requests will fail',
    help: () => 'Put a web server that speaks FastCGI (nginx as a sidecar of the pods) between the gateway and the backend.',
    differs: ['status', 'unreachable'],
  },
});

export const backendProtocol: Lower<'backendProtocol'> = (intent, context) => {
  const place = placeOf(intent, context);
  switch (intent.protocol) {
    case 'HTTP':
      return converted({});
    case 'AUTO_HTTP':
      return byHand(find.auto({}, place));
    case 'FCGI':
      return unmapped(find.fastcgi({}, place));
    case 'HTTP2':
    case 'GRPC': {
      const parts = intent.protocol === 'GRPC' ? ({ grpc: true } as const) : {};
      const bare = backendsBehind(intent, context).filter((backend) => appProtocol(backend, context) !== 'kubernetes.io/h2c');
      if (bare.length === 0) return converted(parts);
      const args = {
        protocol: intent.protocol === 'GRPC' ? 'gRPC' : 'HTTP/2',
        services: names(bare),
        commands: bare.map(patchCommand).join(' && '),
      };
      return unfinished(parts, find['service-needs-h2c'](args, place));
    }
    case 'HTTPS':
    case 'GRPCS':
      return tls(intent, context, place);
    default:
      return intent.protocol satisfies never;
  }
};

function tls(intent: IntentOf<'backendProtocol'>, context: LoweringContext, place: ReturnType<typeof placeOf>): Lowering {
  const grpc = intent.protocol === 'GRPCS';
  const backends = backendsOf(context).filter((backend) => !hasPolicy(backend, context.estate));
  const parts = {
    ...(grpc ? ({ grpc: true } as const) : {}),
    ...(backends.length === 0 ? {} : { backendTls: policiesFor(backends, context) }),
  };
  if (backends.length === 0) return converted(parts);
  const all = backendsBehind(intent, context).filter((backend) => !hasPolicy(backend, context.estate));
  const commands = policiesFor(all, context).flatMap((policy) =>
    (policy.spec.validation.caCertificateRefs ?? []).map(
      (ca) => `kubectl create configmap ${ca.name} -n ${policy.metadata.namespace} --from-file=ca.crt`,
    ),
  );
  return unfinished(parts, find['verified-tls']({ services: names(all), commands: [...new Set(commands)].join(' && ') }, place));
}

/** The backends of every rule that the setting holds for, each once: what is left to do for them is said in one place. */
function backendsBehind(intent: IntentOf<'backendProtocol'>, context: LoweringContext): readonly Backend[] {
  const isSame = (other: Intent) => other.entries.length > 0 && other.entries.every((entry) => intent.entries.includes(entry));
  const rules = context.table.hosts.flatMap(({ rules }) => rules).filter(({ intents }) => intents.some(isSame));
  const all = [context.rule, ...rules].flatMap(({ action }) => (action.kind === 'forward' ? action.backends : []));
  const byName = new Map(all.map((backend) => [`${backend.namespace}/${backend.service}:${backend.port}`, backend]));
  return [...byName].sort(([a], [b]) => compareText(a, b)).map(([, backend]) => backend);
}

function backendsOf(context: LoweringContext): readonly Backend[] {
  return context.rule.action.kind === 'forward' ? context.rule.action.backends : [];
}

function appProtocol(backend: Backend, context: LoweringContext): string | null {
  const service = context.estate.serviceByName.get(`${backend.namespace}/${backend.service}`);
  return service?.ports.find((port) => port.port === backend.port)?.appProtocol ?? null;
}

/** Ports of a Service are merged by their number, so the patch touches this one alone. */
function patchCommand(backend: Backend): string {
  const patch = JSON.stringify({ spec: { ports: [{ port: backend.port, appProtocol: 'kubernetes.io/h2c' }] } });
  return `kubectl patch service ${backend.service} -n ${backend.namespace} -p '${patch}'`;
}

function names(backends: readonly Backend[]): string {
  return [...new Set(backends.map((backend) => `Service ${backend.namespace}/${backend.service}`))].join(', ');
}
