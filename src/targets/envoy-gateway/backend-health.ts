import { defineFindings } from '../../ledger/finding.ts';
import type { JsonObject } from '../../model/json.ts';
import { forwardedBackends } from '../envoy/forwarded-backends.ts';
import { approximated, type Lower, placeOf, unmapped } from '../lowering.ts';
import { traffic } from './kinds.ts';

const find = defineFindings('envoy-gateway', {
  'health-check/by-each-proxy': {
    level: 'note',
    message: (a: { path: string }) => `every proxy asks each endpoint for ${a.path} by itself, beside the readiness of pods`,
    help: () => 'With many proxies and endpoints lengthen the interval in the BackendTrafficPolicy, or remove the check.',
  },
  'health-check/not-written': {
    level: 'warning',
    message: (a: { why: string }) => `health checks were not written: ${a.why}; the gateway goes by the readiness of pods`,
    help: () => "See to it that the pods' readiness probes check the same, or set healthCheck.active of a BackendTrafficPolicy by hand.",
  },
  'fallback-backend/not-written': {
    level: 'warning',
    message: (a: { service: string; when: string }) => `Service ${a.service} will no longer answer ${a.when}: clients get 503`,
    help: (a) =>
      `Where it matters, write a Backend with fallback: true for Service ${a.service} and add it to the backendRefs of the rule; Backends have to be switched on in Envoy Gateway.`,
    differs: ['status'],
  },
});

export const healthCheck: Lower<'healthCheck'> = (intent, context) => {
  const place = placeOf(intent, context);
  const refuse = (why: string) => unmapped(find['health-check/not-written']({ why }, place));
  const { path, protocol = 'HTTP', codes = '200', interval, timeout, healthyThreshold, unhealthyThreshold, port } = intent.parameters;
  if (path === undefined || !path.startsWith('/') || path.length > 1024) return refuse('what they ask for is not known');
  if (forwardedBackends(context).length > 1) return refuse('the rule has several backends, and a policy holds for all of them');
  const statuses = statusesOf(codes);
  if (protocol !== 'HTTP' || statuses === null) return refuse(`they ask over ${protocol} for answers ${codes}`);
  const active: JsonObject = {
    type: 'HTTP',
    ...duration('interval', interval),
    ...duration('timeout', timeout),
    ...count('healthyThreshold', healthyThreshold),
    ...count('unhealthyThreshold', unhealthyThreshold),
    ...(port !== undefined && isPort(port) ? { overrides: { port: Number(port) } } : {}),
    http: { path, expectedStatuses: [...statuses] },
  };
  return approximated(traffic({ healthCheck: { active } }), find['health-check/by-each-proxy']({ path }, place));
};

function duration(name: string, value: string | undefined): JsonObject {
  return value !== undefined && /^[0-9]{1,5}(?:h|m|s|ms)$/.test(value) ? { [name]: value } : {};
}

function count(name: string, value: string | undefined): JsonObject {
  return value !== undefined && /^[1-9][0-9]{0,4}$/.test(value) ? { [name]: Number(value) } : {};
}

function isPort(text: string): boolean {
  return /^[1-9][0-9]{0,4}$/.test(text) && Number(text) <= 65_535;
}

/** `200,204` or `200-399` one by one; null for gRPC codes and what is no list. */
function statusesOf(codes: string): readonly number[] | null {
  const statuses = codes.split(',').flatMap((item) => {
    const [, from, to] = /^([1-5][0-9]{2})(?:-([1-5][0-9]{2}))?$/.exec(item.trim()) ?? [];
    const [first, last] = [Number(from), Number(to ?? from)];
    return first <= last ? Array.from({ length: last - first + 1 }, (_, index) => first + index) : [Number.NaN];
  });
  return statuses.some(Number.isNaN) ? null : statuses;
}

export const fallbackBackend: Lower<'fallbackBackend'> = (intent, context) => {
  const when = intent.onlyWhenNoEndpoint
    ? 'when the backend has no endpoints'
    : 'when the backend has no endpoints or answers with an error';
  return unmapped(find['fallback-backend/not-written']({ service: intent.service, when }, placeOf(intent, context)));
};
