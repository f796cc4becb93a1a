import * as z from 'zod';
import { LIMITS } from '../limits.ts';
import { headerName } from './names.ts';
import { backendObjectReference } from './references.ts';
import { distinct } from './uniqueness.ts';

const headers = z
  .array(headerName)
  .max(LIMITS.authHeaders)
  .superRefine(distinct('value', (name) => name));

const path = z
  .string()
  .max(LIMITS.pathValue)
  .regex(/^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$/, 'must contain only characters that a path may have');

const common = {
  backendRef: backendObjectReference,
  forwardBody: z.strictObject({ maxSize: z.int().min(0).optional() }).optional(),
};

/** The object of the protocol must be there, even empty, and the other one must not. */
export const externalAuth = z.discriminatedUnion('protocol', [
  z.strictObject({
    protocol: z.literal('HTTP'),
    http: z.strictObject({ path: path.optional(), allowedHeaders: headers.optional(), allowedResponseHeaders: headers.optional() }),
    ...common,
  }),
  z.strictObject({ protocol: z.literal('GRPC'), grpc: z.strictObject({ allowedHeaders: headers.optional() }), ...common }),
]);
