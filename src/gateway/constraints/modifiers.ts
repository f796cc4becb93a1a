import * as z from 'zod';
import { redirectStatusCodes } from '../fields.ts';
import { LIMITS } from '../limits.ts';
import type { Release } from '../release.ts';
import { headerName, headerValue, port, preciseHostname } from './names.ts';
import { distinct } from './uniqueness.ts';

/** RequestHeaderModifier and ResponseHeaderModifier. Header names are compared without case, as HTTP does. */
export function headerModifier(release: Release) {
  const headers = z
    .array(z.strictObject({ name: headerName, value: headerValue(release) }))
    .max(LIMITS.headersPerModifier)
    .superRefine(distinct('name', ({ name }) => name.toLowerCase()));
  return z.strictObject({
    set: headers.optional(),
    add: headers.optional(),
    remove: z
      .array(headerName)
      .max(LIMITS.headersPerModifier)
      .superRefine(distinct('name', (name) => name.toLowerCase()))
      .optional(),
  });
}

const pathModifier = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ReplaceFullPath'), replaceFullPath: z.string().max(LIMITS.pathValue) }),
  z.strictObject({ type: z.literal('ReplacePrefixMatch'), replacePrefixMatch: z.string().max(LIMITS.pathValue) }),
]);

export function requestRedirect(release: Release) {
  return z.strictObject({
    scheme: z.enum(['http', 'https']).optional(),
    hostname: preciseHostname.optional(),
    port: port.optional(),
    path: pathModifier.optional(),
    statusCode: z.literal(redirectStatusCodes(release)).optional(),
  });
}

export const urlRewrite = z.strictObject({ hostname: preciseHostname.optional(), path: pathModifier.optional() });
