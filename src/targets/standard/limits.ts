import { defineFindings } from '../../ledger/finding.ts';
import { type Lower, placeOf, unmapped } from '../lowering.ts';
import { alternatives } from './alternatives.ts';

const lost = defineFindings('standard', {
  'rate-limit/no-field': {
    level: 'warning',
    message: (a: { requests: number; per: string }) =>
      `the limit of ${a.requests} requests a ${a.per} and client cannot be written: the portable Gateway API has no rate limits`,
    help: () =>
      `${alternatives('rateLimit')} Mind that a limit counts per proxy replica or for all of them, depending on the implementation.`,
    differs: ['status'],
  },
  'connection-limit/no-field': {
    level: 'warning',
    message: (a: { perClient: number }) =>
      `the limit of ${a.perClient} connections a client cannot be written: the portable Gateway API has none`,
    help: () => alternatives('connectionLimit'),
    differs: ['status'],
  },
  'bandwidth-limit/no-field': {
    level: 'warning',
    message: (a: { bytes: number }) =>
      `responses will not be slowed down to ${a.bytes} bytes a second: the portable Gateway API cannot say so`,
    help: () => alternatives('bandwidthLimit'),
  },
  'body-size/no-field': {
    level: 'warning',
    message: (a: { bytes: number }) =>
      `request bodies above ${a.bytes} bytes will no longer be refused: the portable Gateway API has no limit for them`,
    help: () => `${alternatives('bodySize')} Check that the backend has a limit of its own.`,
    differs: ['status'],
  },
  'body-size/unlimited': {
    level: 'note',
    message: (_: Readonly<Record<never, string>>) =>
      'bodies of any size cannot be promised: the portable Gateway API leaves the limit to the implementation',
    help: () => 'Most have none by default; NGINX Gateway Fabric refuses above 1 MiB until a ClientSettingsPolicy says otherwise.',
    differs: ['status'],
  },
});

export const rateLimit: Lower<'rateLimit'> = (intent, context) =>
  unmapped(lost['rate-limit/no-field']({ requests: intent.requests, per: intent.per }, placeOf(intent, context)));

export const connectionLimit: Lower<'connectionLimit'> = (intent, context) =>
  unmapped(lost['connection-limit/no-field']({ perClient: intent.perClient }, placeOf(intent, context)));

export const bandwidthLimit: Lower<'bandwidthLimit'> = (intent, context) =>
  unmapped(lost['bandwidth-limit/no-field']({ bytes: intent.bytesPerSecond }, placeOf(intent, context)));

export const bodySize: Lower<'bodySize'> = (intent, context) => {
  const place = placeOf(intent, context);
  return unmapped(intent.bytes === 0 ? lost['body-size/unlimited']({}, place) : lost['body-size/no-field']({ bytes: intent.bytes }, place));
};
