import { hasField } from '../../gateway/fields.ts';
import type { CorsFilter } from '../../gateway/types.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Lower } from '../lowering.ts';
import { cors as portable } from '../standard/cors.ts';
import { traffic } from './kinds.ts';

/** The filter of Gateway API where the release has it, else the same settings in a TrafficPolicy. */
export const cors: Lower<'cors'> = (intent, context) => {
  if (hasField(context.release, 'HTTPRoute.rules.filters.CORS')) return portable(intent, context);
  const lowering = portable(intent, { ...context, release: { version: '1.6', channel: 'standard' } });
  if (lowering.as === 'absent' || lowering.parts.cors === undefined) return lowering;
  return { ...lowering, parts: traffic({ cors: policyOf(lowering.parts.cors) }) };
};

function policyOf({ allowOrigins, allowMethods, allowHeaders, exposeHeaders, ...values }: CorsFilter): JsonObject {
  const list = (name: string, items: readonly string[] | undefined) => (items === undefined ? {} : { [name]: [...items] });
  return {
    ...list('allowOrigins', allowOrigins),
    ...list('allowMethods', allowMethods),
    ...list('allowHeaders', allowHeaders),
    ...list('exposeHeaders', exposeHeaders),
    ...values,
  };
}
