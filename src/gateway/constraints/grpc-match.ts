import * as z from 'zod';
import { LIMITS } from '../limits.ts';
import { grpcHeaderMatches } from './value-matches.ts';

const method = z
  .strictObject({
    type: z.enum(['Exact', 'RegularExpression']).optional(),
    service: z.string().max(1024).optional(),
    method: z.string().max(1024).optional(),
  })
  .superRefine((value, context) => {
    const refuse = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
    if (value.service === undefined && value.method === undefined) refuse('service', 'service, method or both must be given');
    if (value.type === 'RegularExpression') return;
    if (value.service !== undefined && !/^\.?[a-z_][a-z_0-9]*(\.[a-z_][a-z_0-9]*)*$/i.test(value.service)) {
      refuse('service', 'must be the full name of a protobuf service');
    }
    if (value.method !== undefined && !/^[A-Za-z_][A-Za-z_0-9]*$/.test(value.method))
      refuse('method', 'must be the name of a protobuf method');
  });

export const grpcMatches = z
  .array(z.strictObject({ method: method.optional(), headers: grpcHeaderMatches.optional() }))
  .min(1)
  .max(LIMITS.matchesPerRule);
