import * as z from 'zod';
import { LIMITS } from '../limits.ts';
import { HTTP_METHODS } from './http-match.ts';
import { headerName } from './names.ts';
import { distinct } from './uniqueness.ts';

/** As since 1.5. The experimental channel of 1.4 also took other schemes, which no later release does. */
const ORIGIN = /^(\*|https?:\/\/((\*\.)?([a-zA-Z0-9-]+\.)*[a-zA-Z0-9-]+|\*)(:[0-9]{1,5})?)$/;

const origin = z.string().max(253).regex(ORIGIN, 'must be `*` or scheme://host[:port] with http or https and at most a leading `*.`');

/** A set in which `*` stands alone. */
function wildcardSet<T extends z.ZodType<string>>(item: T, limit: number) {
  return z
    .array(item)
    .max(limit)
    .superRefine(distinct('value', (text) => text))
    .refine((items) => items.length <= 1 || !items.some((text) => text === '*'), '`*` must stand alone');
}

export const cors = z.strictObject({
  allowOrigins: wildcardSet(origin, LIMITS.corsOrigins).optional(),
  allowMethods: wildcardSet(z.enum([...HTTP_METHODS, '*']), LIMITS.corsMethods).optional(),
  allowHeaders: wildcardSet(headerName, LIMITS.corsHeaders).optional(),
  exposeHeaders: z
    .array(headerName)
    .max(LIMITS.corsHeaders)
    .superRefine(distinct('value', (name) => name))
    .optional(),
  allowCredentials: z.boolean().optional(),
  /** Seconds. */
  maxAge: z.int32().min(1).optional(),
});
