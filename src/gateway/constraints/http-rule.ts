import * as z from 'zod';
import { hasField } from '../fields.ts';
import { LIMITS } from '../limits.ts';
import type { Release } from '../release.ts';
import { httpFilters, isRedirect, replacesPrefix } from './filters.ts';
import { httpMatches } from './http-match.ts';
import { sectionName } from './names.ts';
import { hasPortIfService, PORT_MISSING, weightedBackendFields } from './references.ts';
import { retry, sessionPersistence, timeouts } from './rule-policies.ts';

export function httpRule(release: Release) {
  const filters = httpFilters(release);
  const backend = z.strictObject({ ...weightedBackendFields, filters: filters.optional() }).refine(hasPortIfService, PORT_MISSING);
  return z
    .strictObject({
      name: sectionName.optional(),
      matches: httpMatches(release).optional(),
      filters: filters.optional(),
      backendRefs: z.array(backend).max(LIMITS.backendRefsPerRule).optional(),
      timeouts: timeouts.optional(),
      ...(hasField(release, 'HTTPRoute.rules.retry') ? { retry: retry.optional() } : {}),
      ...(hasField(release, 'HTTPRoute.rules.sessionPersistence') ? { sessionPersistence: sessionPersistence.optional() } : {}),
    })
    .superRefine((rule, context) => {
      const backends = rule.backendRefs ?? [];
      const own = rule.filters ?? [];
      if (backends.length > 0 && own.some(isRedirect)) {
        context.addIssue({ code: 'custom', path: ['backendRefs'], message: 'a rule with RequestRedirect has no backends' });
      }
      // Without matches the default applies, which is one prefix.
      const matches = rule.matches ?? [{}];
      const isOnePrefix = matches.length === 1 && matches.every(({ path }) => path === undefined || path.type === 'PathPrefix');
      if (!isOnePrefix && [own, ...backends.map((item) => item.filters ?? [])].flat().some(replacesPrefix)) {
        context.addIssue({ code: 'custom', path: ['matches'], message: 'ReplacePrefixMatch needs exactly one match, of a PathPrefix' });
      }
    });
}
