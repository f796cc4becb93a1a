import type { LoweringContext, RuleParts } from '../contract.ts';
import { targetGroup } from './fragments.ts';

/**
 * Other controllers send to pods and go by their readiness. The load balancer probes them besides, and takes one out of service that
 * does not answer as asked: here any answer but an error of the server will do. ALB Ingresses bring settings of their own.
 */
export function forward({ rule }: LoweringContext): RuleParts {
  if (rule.action.kind !== 'forward' || rule.intents.some(({ kind }) => kind === 'awsTargetType')) return {};
  const isGrpc = rule.intents.some(
    (intent) => intent.kind === 'backendProtocol' && (intent.protocol === 'GRPC' || intent.protocol === 'GRPCS'),
  );
  // A check of its own says what counts as healthy.
  const isChecked = rule.intents.some((intent) => intent.kind === 'gke' && intent.feature === 'healthCheck');
  const matcher = isGrpc ? { grpcCode: '0-99' } : { httpCode: '200-499' };
  const spec = { targetType: 'ip', ...(isChecked ? {} : { healthCheckConfig: { matcher } }) };
  const services = new Map(rule.action.backends.map((backend) => [`${backend.namespace}/${backend.service}`, backend]));
  return { policies: [...services.values()].map((backend) => targetGroup(backend, spec)) };
}
