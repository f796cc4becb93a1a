import { statusWords } from '../../intent/status-words.ts';
import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import { approximated, byHand, converted, type Lower, placeOf, unmapped } from '../lowering.ts';
import { traffic } from './kinds.ts';

const find = defineFindings('envoy-gateway', {
  'custom-errors/no-backend': {
    level: 'warning',
    message: (a: { statuses: string; service: string }) =>
      `answers with status ${a.statuses} are no longer replaced by pages of ${a.service}: Envoy Gateway puts a fixed text or a redirect in their place, it does not ask a Service`,
    help: () =>
      'Put the page into responseOverride of a BackendTrafficPolicy (inline or from a ConfigMap), or let the backend answer with its own.',
    differs: ['status', 'headers'],
  },
  'compression/own-choice': {
    level: 'note',
    message: (_: NoArgs) => 'responses are compressed with gzip; which types and from which size is for Envoy to choose',
    help: () => 'compressor of the BackendTrafficPolicy has minContentLength, and Brotli and Zstd beside it.',
    differs: ['headers'],
  },
  'access-log/whole-gateway': {
    level: 'note',
    message: (_: NoArgs) => 'requests are logged although the access log was off here: Envoy Gateway has one log for a whole Gateway',
    help: () => 'telemetry.accessLog of an EnvoyProxy switches it off, or filters it by an expression in settings[].matches.',
  },
  'tracing/no-collector': {
    level: 'warning',
    message: (_: NoArgs) => 'tracing was on here and needs a collector, whose address is not in the input',
    help: () =>
      'Set telemetry.tracing (provider and samplingRate) in an EnvoyProxy named by spec.infrastructure.parametersRef of the Gateway; telemetry.tracing.samplingFraction of a BackendTrafficPolicy holds for a single route.',
  },
});

export const customErrors: Lower<'customErrors'> = (intent, context) => {
  const service = intent.service === null ? 'the default backend' : `Service ${intent.service}`;
  return unmapped(find['custom-errors/no-backend']({ statuses: statusWords(intent.statuses), service }, placeOf(intent, context)));
};

/** Off by default. */
export const compression: Lower<'compression'> = (intent, context) =>
  intent.enabled
    ? approximated(traffic({ compressor: [{ type: 'Gzip', gzip: {} }] }), find['compression/own-choice']({}, placeOf(intent, context)))
    : converted({});

/** Written to standard output by default. */
export const accessLog: Lower<'accessLog'> = (intent, context) =>
  intent.enabled ? converted({}) : unmapped(find['access-log/whole-gateway']({}, placeOf(intent, context)));

/** Off by default. */
export const tracing: Lower<'tracing'> = (intent, context) =>
  intent.enabled ? byHand(find['tracing/no-collector']({}, placeOf(intent, context))) : converted({});
