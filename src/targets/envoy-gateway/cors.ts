import { hasField } from '../../gateway/fields.ts';
import type { CorsFilter } from '../../gateway/types.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Lower } from '../lowering.ts';
import { cors as portable } from '../standard/cors.ts';
import { security } from './kinds.ts';

/** The filter of Gateway API where the release has it, else the same settings in a SecurityPolicy. */
export const cors: Lower<'cors'> = (intent, context) => {
  if (hasField(context.release, 'HTTPRoute.rules.filters.CORS')) return portable(intent, context);
  const lowering = portable(intent, { ...context, release: { version: '1.6', channel: 'standard' } });
  if (lowering.as === 'absent' || lowering.parts.cors === undefined) return lowering;
  return { ...lowering, parts: security({ cors: policyOf(lowering.parts.cors) }) };
};

function policyOf({ maxAge, ...lists }: CorsFilter): JsonObject {
  const { allowOrigins = [], allowMethods = [], allowHeaders = [], exposeHeaders = [], allowCredentials } = lists;
  const list = (name: string, values: readonly string[]) => (values.length === 0 ? {} : { [name]: [...values] });
  return {
    ...list('allowOrigins', allowOrigins),
    ...list('allowMethods', allowMethods),
    ...list('allowHeaders', allowHeaders),
    ...list('exposeHeaders', exposeHeaders),
    ...(allowCredentials === undefined ? {} : { allowCredentials }),
    // At most 99,999 of each unit.
    ...(maxAge === undefined ? {} : { maxAge: maxAge <= 99_999 ? `${maxAge}s` : `${Math.min(99_999, Math.floor(maxAge / 60))}m` }),
  };
}
