import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import { type Lower, placeOf, unmapped } from '../lowering.ts';
import { alternatives } from './alternatives.ts';

const lost = defineFindings('standard', {
  'load-balancing/no-field': {
    level: 'note',
    message: (a: { algorithm: string }) =>
      `the choice of endpoints by ${a.algorithm} cannot be written: the portable Gateway API leaves it to the implementation`,
    help: () => alternatives('loadBalancing'),
  },
  'hashing/no-field': {
    level: 'warning',
    message: (a: { key: string }) => `requests will no longer be kept on one endpoint by ${a.key}: the portable Gateway API has no hashing`,
    help: () => `${alternatives('hashing')} It matters where endpoints keep state or caches.`,
  },
  'service-upstream/no-field': {
    level: 'note',
    message: (_: NoArgs) =>
      "that requests go to the Service's own address cannot be written: most implementations send them to its endpoints",
    help: () => `${alternatives('serviceUpstream')} It matters where a service mesh or NetworkPolicies expect the Service's address.`,
  },
  'health-check/no-field': {
    level: 'warning',
    message: (_: NoArgs) => 'health checks cannot be written: portable gateways go by the readiness of pods',
    help: () => `${alternatives('healthCheck')} See to it that the pods' readiness probes check the same.`,
  },
  'fallback-backend/no-field': {
    level: 'warning',
    message: (a: { service: string; when: string }) =>
      `Service ${a.service} will no longer answer ${a.when}: the portable Gateway API has no fallback for a rule`,
    help: () => 'Clients get 503 instead. No implementation has it per rule; where it matters, let the first backend answer.',
    differs: ['status'],
  },
});

export const loadBalancing: Lower<'loadBalancing'> = (intent, context) =>
  unmapped(lost['load-balancing/no-field']({ algorithm: intent.algorithm }, placeOf(intent, context)));

export const hashing: Lower<'hashing'> = (intent, context) =>
  unmapped(lost['hashing/no-field']({ key: intent.key }, placeOf(intent, context)));

export const serviceUpstream: Lower<'serviceUpstream'> = (intent, context) =>
  unmapped(lost['service-upstream/no-field']({}, placeOf(intent, context)));

export const healthCheck: Lower<'healthCheck'> = (intent, context) => unmapped(lost['health-check/no-field']({}, placeOf(intent, context)));

export const fallbackBackend: Lower<'fallbackBackend'> = (intent, context) => {
  const when = intent.onlyWhenNoEndpoint
    ? 'when the backend has no endpoints'
    : 'when the backend has no endpoints or answers with an error';
  return unmapped(lost['fallback-backend/no-field']({ service: intent.service, when }, placeOf(intent, context)));
};
