import * as z from 'zod';
import { LIMITS } from '../limits.ts';
import type { Release } from '../release.ts';
import { grpcFilters } from './filters.ts';
import { grpcMatches } from './grpc-match.ts';
import { httpRule } from './http-rule.ts';
import { head, namespacedMetadata } from './metadata.ts';
import { hostname, sectionName } from './names.ts';
import { hasPortIfService, PORT_MISSING, parentReferences, weightedBackendFields } from './references.ts';
import { distinct } from './uniqueness.ts';

const hostnames = z.array(hostname).max(LIMITS.hostnamesPerRoute).optional();

export function httpRoute(release: Release) {
  return z.strictObject({
    ...head('HTTPRoute'),
    metadata: namespacedMetadata,
    spec: z.strictObject({ parentRefs: parentReferences(release), hostnames, rules: routeRules(httpRule(release), 1) }),
  });
}

export function grpcRoute(release: Release) {
  const filters = grpcFilters(release).optional();
  const backend = z.strictObject({ ...weightedBackendFields, filters }).refine(hasPortIfService, PORT_MISSING);
  const rule = z.strictObject({
    name: sectionName.optional(),
    matches: grpcMatches.optional(),
    filters,
    backendRefs: z.array(backend).max(LIMITS.backendRefsPerRule).optional(),
  });
  return z.strictObject({
    ...head('GRPCRoute'),
    metadata: namespacedMetadata,
    spec: z.strictObject({ parentRefs: parentReferences(release), hostnames, rules: routeRules(rule, 0) }),
  });
}

interface RuleLike {
  readonly name?: string | undefined;
  readonly matches?: readonly unknown[] | undefined;
}

/**
 * Unique names are checked by the API server in the experimental channel alone; policies that name a rule need them
 * everywhere. `unwritten` is how many matches the schema's default gives a rule without any.
 */
function routeRules<T extends z.ZodType<RuleLike>>(rule: T, unwritten: number) {
  return z
    .array(rule)
    .min(1)
    .max(LIMITS.rulesPerRoute)
    .superRefine(distinct<RuleLike>('name', ({ name }) => name ?? null))
    .refine((rules) => rules.reduce((sum, { matches }) => sum + (matches?.length ?? unwritten), 0) <= LIMITS.matchesPerRoute, {
      message: `must not have more than ${LIMITS.matchesPerRoute} matches over all rules`,
    });
}
