import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import { approximated, converted, type Lower, placeOf } from '../lowering.ts';

const find = defineFindings('standard/hsts', {
  'over-http-too': {
    level: 'note',
    message: (_: NoArgs) =>
      'Strict-Transport-Security is also sent over clear-text HTTP, because one rule serves both; browsers ignore it there',
    differs: ['headers'],
  },
});

export const hsts: Lower<'hsts'> = (intent, context) => {
  const value = [
    `max-age=${intent.maxAgeSeconds}`,
    ...(intent.includeSubDomains ? ['includeSubDomains'] : []),
    ...(intent.preload ? ['preload'] : []),
  ].join('; ');
  const parts = { responseHeaders: { set: [{ name: 'Strict-Transport-Security', value }] } };
  const onlyTls = context.rule.scheme === 'https' || context.rule.httpsRedirect !== null;
  return onlyTls ? converted(parts) : approximated(parts, find['over-http-too']({}, placeOf(intent, context)));
};
