import { defineFindings } from '../../ledger/finding.ts';
import type { Json } from '../../model/json.ts';
import { approximated, converted, type Lower, placeOf, unmapped } from '../lowering.ts';
import { lower as portable } from '../standard/standard.ts';
import { backendsOf } from './backends.ts';
import { featuresOf } from './classes.ts';
import { backendPolicy, onBackends, trafficPolicy } from './kinds.ts';

const find = defineFindings('gke-gateway/backend', {
  'timeout-rounded': {
    level: 'note',
    message: (a: { ms: number; seconds: number }) => `a timeout of ${a.ms} ms is written as ${a.seconds} s: the policy counts seconds`,
    differs: ['status'],
  },
  'no-timeout': {
    level: 'note',
    message: (a: { seconds: number }) =>
      `no limit is written as ${a.seconds} s, the longest there is: without it a request ends after 30 s`,
  },
  cookie: {
    level: 'note',
    message: (a: { cookie: string; lost: string }) =>
      `clients are kept on one endpoint by a cookie that the load balancer names itself, instead of ${a.cookie}: they are assigned anew once${a.lost}`,
    differs: ['headers'],
  },
  'cookie-lifetime': {
    level: 'note',
    message: (a: { seconds: number; written: number }) => `the cookie lives ${a.written} s instead of ${a.seconds} s`,
  },
  'no-distribution': {
    level: 'note',
    message: (a: { class: string; algorithm: string }) =>
      `a Gateway of class ${a.class} takes no GCPTrafficDistributionPolicy: endpoints are not chosen by ${a.algorithm}`,
    help: () => 'Choose gke-l7-global-external-managed if the choice of endpoints matters.',
  },
  algorithm: {
    level: 'note',
    message: (a: { algorithm: string; written: string }) =>
      `the choice of endpoints by ${a.algorithm} is written as ${a.written}, the nearest there is`,
  },
});

const LARGEST_INT32 = 2_147_483_647;
const LONGEST_COOKIE = 1_209_600;

/** Never on the route: GKE refuses a route with timeouts. */
export const requestTimeout: Lower<'requestTimeout'> = (intent, context) => {
  const seconds = intent.ms === 0 ? LARGEST_INT32 : Math.min(LARGEST_INT32, Math.max(1, Math.ceil(intent.ms / 1000)));
  const parts = onBackends(backendPolicy, backendsOf(context), { timeoutSec: seconds });
  const place = placeOf(intent, context);
  if (intent.ms === 0) return approximated(parts, find['no-timeout']({ seconds }, place));
  return seconds * 1000 === intent.ms ? converted(parts) : approximated(parts, find['timeout-rounded']({ ms: intent.ms, seconds }, place));
};

export const sessionAffinity: Lower<'sessionAffinity'> = (intent, context) => {
  const write = (settings: Readonly<Record<string, Json>>) => onBackends(backendPolicy, backendsOf(context), { sessionAffinity: settings });
  if (intent.by === 'client-address') return converted(write({ type: 'CLIENT_IP' }));
  if (intent.by === 'header' || intent.cookie === null) return portable(intent, context);
  const { name, maxAgeSeconds } = intent.cookie;
  const wanted = Math.max(0, maxAgeSeconds ?? 0);
  const seconds = Math.min(LONGEST_COOKIE, wanted);
  const parts = write({ type: 'GENERATED_COOKIE', ...(seconds === 0 ? {} : { cookieTtlSec: seconds }) });
  const place = placeOf(intent, context);
  if (seconds !== wanted) return approximated(parts, find['cookie-lifetime']({ seconds: wanted, written: seconds }, place));
  if (name === 'GCLB') return converted(parts);
  const attributes = [intent.cookie.path && 'path', intent.cookie.domain && 'domain', intent.cookie.sameSite && 'SameSite'].filter(Boolean);
  const lost = attributes.length === 0 ? '' : `; its ${attributes.join(', ')} cannot be set`;
  return approximated(parts, find.cookie({ cookie: name, lost }, place));
};

const ALGORITHMS = {
  'round-robin': 'ROUND_ROBIN',
  random: 'RANDOM',
  'least-request': 'LEAST_REQUEST',
  'least-connection': 'LEAST_REQUEST',
  ewma: 'LEAST_REQUEST',
} as const;

export const loadBalancing: Lower<'loadBalancing'> = (intent, context) => {
  const written = ALGORITHMS[intent.algorithm];
  if (!featuresOf(context).trafficDistribution)
    return unmapped(find['no-distribution']({ class: context.gatewayClass ?? '', algorithm: intent.algorithm }, placeOf(intent, context)));
  const parts = onBackends(trafficPolicy, backendsOf(context), { localityLbAlgorithm: written });
  if (intent.algorithm !== 'ewma' && intent.algorithm !== 'least-connection') return converted(parts);
  return approximated(parts, find.algorithm({ algorithm: intent.algorithm, written }, placeOf(intent, context)));
};
