import * as z from 'zod';
import { LIMITS } from '../limits.ts';
import type { Release } from '../release.ts';
import { headerName, headerValue } from './names.ts';
import { distinct } from './uniqueness.ts';

const type = z.enum(['Exact', 'RegularExpression']).optional();

/** `headers` of a match. Names are the same header whatever their case, though the API server compares letters. */
export function headerMatches(release: Release) {
  return z
    .array(z.strictObject({ type, name: headerName, value: headerValue(release) }))
    .max(LIMITS.headersPerMatch)
    .superRefine(distinct('name', ({ name }) => name.toLowerCase()));
}

/** The same without the rule of the experimental channel about values, which GRPCRoute does not have. */
export const grpcHeaderMatches = z
  .array(z.strictObject({ type, name: headerName, value: z.string().min(1).max(LIMITS.headerValue) }))
  .max(LIMITS.headersPerMatch)
  .superRefine(distinct('name', ({ name }) => name.toLowerCase()));

export const queryParamMatches = z
  .array(z.strictObject({ type, name: headerName, value: z.string().min(1).max(LIMITS.queryParamValue) }))
  .max(LIMITS.queryParamsPerMatch)
  .superRefine(distinct('name', ({ name }) => name));
