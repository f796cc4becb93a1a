import type { GkeHealthCheck } from '../../intent/gke.ts';
import type { Intent } from '../../intent/intent.ts';
import { isAwsIntent, neutralForm } from '../../intent/neutral.ts';
import { defineFindings, type Finding } from '../../ledger/finding.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Service, ServicePort } from '../../model/objects.ts';
import type { Backend } from '../../route/table.ts';
import type { LoweringContext, RuleParts } from '../contract.ts';
import { approximated, converted, type Lower, placeOf } from '../lowering.ts';
import { backendsOf } from './backends.ts';
import { imports } from './classes.ts';
import { healthCheckPolicy, onBackend } from './kinds.ts';
import { type Probe, probeOf } from './probe.ts';
import { protocolOf } from './protocol.ts';

const find = defineFindings('gke-gateway/health-check', {
  unknown: {
    level: 'warning',
    message: (a: { service: string; group: string; kind: string }) =>
      `GKE Gateway probes Service ${a.service} with GET / and takes a Pod out that does not answer 200: the input has neither a health check for it nor a readiness probe of its Pods`,
    help: (a) =>
      `Add its Deployment to the input where that is missing. If its Pods do not answer 200 there, apply this with the right path: {apiVersion: networking.gke.io/v1, kind: HealthCheckPolicy, metadata: {name: ${nameOf(a.service)}, namespace: ${namespaceOf(a.service)}}, spec: {targetRef: {group: "${a.group}", kind: ${a.kind}, name: ${nameOf(a.service)}}, default: {checkIntervalSec: 15, timeoutSec: 15, healthyThreshold: 1, unhealthyThreshold: 2, config: {type: HTTP, httpHealthCheck: {portSpecification: USE_SERVING_PORT, requestPath: /healthz}}}}}`,
  },
  codes: {
    level: 'warning',
    message: (a: { codes: string }) => `Pods count as healthy today when they answer ${a.codes}; Google's load balancers take 200 alone`,
    help: () => 'Check that the path of the health check answers 200: Pods that do not are taken out.',
  },
  'node-port': {
    level: 'note',
    message: (a: { service: string; nodePort: number; port: number }) =>
      `the health check of Service ${a.service} asked node port ${a.nodePort}; a Gateway asks the Pods, so that port ${a.port} was written`,
  },
});

/** What Ingress does where nothing is said, with endpoints that are Pods. */
const DEFAULTS = { interval: 15, timeout: 15, healthy: 1, unhealthy: 2 };

/**
 * The health check of each backend: what is set, over what a readiness probe says, over the defaults of GKE Ingress. The policy's
 * own defaults are others, so that every field is written. Nothing is written where nothing is known.
 */
export function healthChecks(context: LoweringContext): Pick<RuleParts, 'policies' | 'findings'> {
  const checks = backendsOf(context).map((backend) => healthCheckOf(backend, context));
  return { policies: checks.flatMap(({ policies }) => policies), findings: checks.flatMap(({ findings }) => findings) };
}

function healthCheckOf(
  backend: Backend,
  context: LoweringContext,
): { readonly policies: NonNullable<RuleParts['policies']>; readonly findings: readonly Finding[] } {
  const name = `${backend.namespace}/${backend.service}`;
  const service = backend.fleet === undefined ? context.estate.serviceByName.get(name) : (backend.fleet.service ?? undefined);
  const check = checkFor(backend, context.rule.intents);
  const port = service?.ports.find((each) => each.port === backend.port) ?? null;
  const type = check?.type ?? typeOf(protocolOf(context));
  const probed =
    service === undefined ? ({ kind: 'no-pods' } as const) : probeOf(service, port, type === 'HTTP' ? 'HTTP' : 'HTTPS', context.estate);
  const place = { at: context.rule.ingress.at, ingress: context.rule.ingress };
  if (check === null && probed.kind === 'no-pods' && type === 'HTTP')
    return { policies: [], findings: [find.unknown({ service: name, ...targetOf(context) }, place)] };
  if (check === null && probed.kind === 'no-probe' && type === 'HTTP') return { policies: [], findings: [] };
  const fixed = check?.port ?? null;
  const nodePort = fixed === null ? null : behindNodePort(service, fixed);
  const findings =
    fixed === null || nodePort === null ? [] : [find['node-port']({ service: name, nodePort: fixed, port: nodePort }, place)];
  const settings = settingsOf(type, check, probed.kind === 'probe' ? probed.probe : null, nodePort ?? fixed);
  return { policies: onBackend(healthCheckPolicy, backend, settings), findings };
}

function targetOf({ gatewayClass }: LoweringContext): { readonly group: string; readonly kind: string } {
  const { group, kind } = imports(gatewayClass) ?? { group: '', kind: 'Service' };
  return { group, kind };
}

/** What the vendor's settings say of the health check of a backend. */
function checkFor(backend: Backend, intents: readonly Intent[]): GkeHealthCheck | null {
  for (const intent of intents) {
    if (intent.kind === 'gke' && intent.feature === 'healthCheck') return intent;
    const neutral = isAwsIntent(intent) ? neutralForm(intent) : intent;
    if (neutral?.kind !== 'healthCheck') continue;
    const { parameters } = neutral;
    if ((parameters['service'] ?? `${backend.namespace}/${backend.service}`) === `${backend.namespace}/${backend.service}`)
      return fromParameters(parameters);
  }
  return null;
}

/** Of other vendors: texts such as `15s`. A port that is no number is the one that serves. */
function fromParameters(parameters: Readonly<Record<string, string>>): GkeHealthCheck {
  const number = (name: string): number | null => {
    const [, digits] = /^(\d{1,6})s?$/.exec(parameters[name] ?? '') ?? [];
    return digits === undefined ? null : Number(digits);
  };
  const threshold = (name: string): number | null => {
    const value = number(name);
    return value === null ? null : Math.min(10, Math.max(1, value));
  };
  const { protocol, path } = parameters;
  return {
    type: protocol === 'HTTPS' || protocol === 'HTTP' ? protocol : null,
    checkIntervalSec: number('interval'),
    timeoutSec: number('timeout'),
    healthyThreshold: threshold('healthyThreshold'),
    unhealthyThreshold: threshold('unhealthyThreshold'),
    port: number('port'),
    requestPath: path?.startsWith('/') === true ? path : null,
  };
}

/** Only 200 counts as healthy. */
export const healthCheck: Lower<'healthCheck'> = (intent, context) => {
  const parts = { policies: healthChecks(context).policies ?? [] };
  const codes = intent.parameters['codes'] ?? '200';
  return codes === '200' ? converted(parts) : approximated(parts, find.codes({ codes }, placeOf(intent, context)));
};

function settingsOf(type: 'HTTP' | 'HTTPS' | 'HTTP2', check: GkeHealthCheck | null, probe: Probe | null, port: number | null): JsonObject {
  const interval = within(check?.checkIntervalSec ?? probe?.periodSec ?? DEFAULTS.interval, 300);
  const timeout = Math.min(interval, within(check?.timeoutSec ?? probe?.timeoutSec ?? DEFAULTS.timeout, 300));
  const host = probe?.host?.toLowerCase() ?? null;
  const member = `${type.toLowerCase()}HealthCheck`;
  return {
    checkIntervalSec: interval,
    timeoutSec: timeout,
    healthyThreshold: check?.healthyThreshold ?? DEFAULTS.healthy,
    unhealthyThreshold: check?.unhealthyThreshold ?? DEFAULTS.unhealthy,
    config: {
      type,
      [member]: {
        ...(port === null ? { portSpecification: 'USE_SERVING_PORT' } : { portSpecification: 'USE_FIXED_PORT', port }),
        requestPath: check?.requestPath ?? probe?.path ?? '/',
        ...(host === null || !HOST.test(host) ? {} : { host }),
      },
    },
  };
}

const HOST = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

function within(value: number, most: number): number {
  return Math.min(most, Math.max(1, Math.round(value)));
}

function typeOf(protocol: string | null): 'HTTP' | 'HTTPS' | 'HTTP2' {
  return protocol === 'HTTPS' || protocol === 'HTTP2' ? protocol : 'HTTP';
}

/** Where endpoints were nodes, the port of a health check was one of the node. */
function behindNodePort(service: Service | undefined, port: number): number | null {
  const found: ServicePort | undefined = service?.ports.find(({ nodePort }) => nodePort === port);
  if (found === undefined) return null;
  return typeof found.targetPort === 'number' ? found.targetPort : found.targetPort === null ? found.port : null;
}

function nameOf(text: string): string {
  return text.slice(text.indexOf('/') + 1);
}

function namespaceOf(text: string): string {
  return text.slice(0, text.indexOf('/'));
}
