import { statusWords } from '../../intent/status-words.ts';
import { defineFindings } from '../../ledger/finding.ts';
import { type Lower, placeOf, unmapped } from '../lowering.ts';
import { alternatives } from './alternatives.ts';

const lost = defineFindings('standard', {
  'custom-errors/no-field': {
    level: 'warning',
    message: (a: { statuses: string; service: string }) =>
      `answers with status ${a.statuses} are no longer replaced by pages of ${a.service}: the portable Gateway API has no error pages`,
    help: () => `${alternatives('customErrors')} Or let the backend answer with its own pages.`,
    differs: ['status', 'headers'],
  },
  'buffering/no-field': {
    level: 'note',
    message: (a: { what: string }) => `buffering of ${a.what} cannot be written: the portable Gateway API leaves it to the implementation`,
    help: () => `${alternatives('buffering')} It matters for large uploads and for streamed answers.`,
  },
  'compression/no-field': {
    level: 'note',
    message: (a: { state: string }) =>
      `that compression is ${a.state} cannot be written: the portable Gateway API leaves it to the implementation`,
    help: () => alternatives('compression'),
    differs: ['headers'],
  },
  'access-log/no-field': {
    level: 'note',
    message: (a: { state: string }) =>
      `that the access log is ${a.state} cannot be written: it is a setting of the implementation for a whole gateway`,
    help: () => alternatives('accessLog'),
  },
  'tracing/no-field': {
    level: 'note',
    message: (a: { state: string }) => `that tracing is ${a.state} cannot be written: the portable Gateway API has no tracing`,
    help: () => alternatives('tracing'),
  },
});

export const customErrors: Lower<'customErrors'> = (intent, context) => {
  const service = intent.service === null ? 'the default backend' : `Service ${intent.service}`;
  return unmapped(lost['custom-errors/no-field']({ statuses: statusWords(intent.statuses), service }, placeOf(intent, context)));
};

export const buffering: Lower<'buffering'> = (intent, context) => {
  const what = [intent.request === null ? '' : 'requests', intent.response === null ? '' : 'responses']
    .filter((side) => side !== '')
    .join(' and ');
  return unmapped(lost['buffering/no-field']({ what: what === '' ? 'messages' : what }, placeOf(intent, context)));
};

export const compression: Lower<'compression'> = (intent, context) =>
  unmapped(lost['compression/no-field']({ state: onOrOff(intent.enabled) }, placeOf(intent, context)));

export const accessLog: Lower<'accessLog'> = (intent, context) =>
  unmapped(lost['access-log/no-field']({ state: onOrOff(intent.enabled) }, placeOf(intent, context)));

export const tracing: Lower<'tracing'> = (intent, context) =>
  unmapped(lost['tracing/no-field']({ state: onOrOff(intent.enabled) }, placeOf(intent, context)));

function onOrOff(enabled: boolean): string {
  return enabled ? 'on' : 'off';
}
