import { defineFindings } from '../../ledger/finding.ts';
import { approximated, type Lower, placeOf, unmapped } from '../lowering.ts';
import { backends } from './kinds.ts';

const find = defineFindings('kgateway', {
  'health-check/by-each-proxy': {
    level: 'note',
    message: (a: { path: string }) =>
      `every proxy asks each endpoint for ${a.path} by itself and takes 200 for healthy, beside the readiness of pods`,
    help: () => 'With many proxies and endpoints lengthen the interval in the BackendConfigPolicy, or remove the check.',
  },
  'health-check/not-written': {
    level: 'warning',
    message: (a: { why: string }) => `health checks were not written: ${a.why}; the gateway goes by the readiness of pods`,
    help: () => "See to it that the pods' readiness probes check the same, or set healthCheck of a BackendConfigPolicy by hand.",
  },
  'fallback-backend/not-written': {
    level: 'warning',
    message: (a: { service: string; when: string }) => `Service ${a.service} will no longer answer ${a.when}: clients get 503`,
    help: () => 'kgateway has no fallback for a rule: where it matters, let the first backend answer.',
    differs: ['status'],
  },
});

/** All four numbers are needed; which statuses count cannot be said. */
export const healthCheck: Lower<'healthCheck'> = (intent, context) => {
  const place = placeOf(intent, context);
  const refuse = (why: string) => unmapped(find['health-check/not-written']({ why }, place));
  const { path, protocol = 'HTTP', codes = '200', port = 'traffic-port' } = intent.parameters;
  if (path === undefined || !path.startsWith('/')) return refuse('what they ask for is not known');
  if (protocol !== 'HTTP' || codes !== '200') return refuse(`they ask over ${protocol} for answers ${codes}, and kgateway takes 200 alone`);
  if (port !== 'traffic-port') return refuse(`they ask another port (${port})`);
  const { interval = '15s', timeout = '5s', healthyThreshold = '2', unhealthyThreshold = '2' } = intent.parameters;
  if (![interval, timeout].every((text) => /^[0-9]{1,5}(?:h|m|s|ms)$/.test(text)))
    return refuse(`they ask every ${interval} for ${timeout}`);
  const check = { interval, timeout, healthyThreshold: Number(healthyThreshold), unhealthyThreshold: Number(unhealthyThreshold) };
  if (![check.healthyThreshold, check.unhealthyThreshold].every((count) => Number.isInteger(count) && count >= 0 && count < 1000))
    return refuse('their thresholds are no numbers');
  return approximated(
    backends({ healthCheck: { ...check, http: { path } } }, context),
    find['health-check/by-each-proxy']({ path }, place),
  );
};

export const fallbackBackend: Lower<'fallbackBackend'> = (intent, context) => {
  const when = intent.onlyWhenNoEndpoint
    ? 'when the backend has no endpoints'
    : 'when the backend has no endpoints or answers with an error';
  return unmapped(find['fallback-backend/not-written']({ service: intent.service, when }, placeOf(intent, context)));
};
