import { statusWords } from '../../intent/status-words.ts';
import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import { approximated, byHand, converted, type Lower, placeOf, unmapped } from '../lowering.ts';
import { traffic } from './kinds.ts';

const find = defineFindings('kgateway', {
  'custom-errors/no-backend': {
    level: 'warning',
    message: (a: { statuses: string; service: string }) =>
      `answers with status ${a.statuses} are no longer replaced by pages of ${a.service}: kgateway only changes answers that the proxy makes itself, for a whole listener`,
    help: () => 'Let the backend answer with its own pages; httpSettings.localReplies of a ListenerPolicy changes those of the proxy.',
    differs: ['status', 'headers'],
  },
  'compression/own-choice': {
    level: 'note',
    message: (_: NoArgs) => 'responses are compressed with gzip: the usual text types, of any size',
    differs: ['headers'],
  },
  'access-log/off': {
    level: 'note',
    message: (_: NoArgs) => 'requests are not logged: kgateway has no access log until a ListenerPolicy has one for the whole Gateway',
    help: () => 'Set default.httpSettings.accessLog: [{fileSink: {path: /dev/stdout, stringFormat: ...}}] in a ListenerPolicy.',
  },
  'tracing/no-collector': {
    level: 'warning',
    message: (_: NoArgs) => 'tracing was on here and needs a collector, whose address is not in the input',
    help: () =>
      'Set default.httpSettings.tracing in a ListenerPolicy for the Gateway; tracing of a TrafficPolicy holds for a single route.',
  },
});

export const customErrors: Lower<'customErrors'> = (intent, context) => {
  const service = intent.service === null ? 'the default backend' : `Service ${intent.service}`;
  return unmapped(find['custom-errors/no-backend']({ statuses: statusWords(intent.statuses), service }, placeOf(intent, context)));
};

/** Off by default. */
export const compression: Lower<'compression'> = (intent, context) =>
  intent.enabled
    ? approximated(traffic({ compression: { responseCompression: {} } }), find['compression/own-choice']({}, placeOf(intent, context)))
    : converted({});

/** Off by default. */
export const accessLog: Lower<'accessLog'> = (intent, context) =>
  intent.enabled ? byHand(find['access-log/off']({}, placeOf(intent, context))) : converted({});

/** Off by default. */
export const tracing: Lower<'tracing'> = (intent, context) =>
  intent.enabled ? byHand(find['tracing/no-collector']({}, placeOf(intent, context))) : converted({});
