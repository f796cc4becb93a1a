import * as z from 'zod';
import { LIMITS, limitsOf } from '../limits.ts';
import type { Release } from '../release.ts';
import { port } from './names.ts';
import { objectReference } from './references.ts';
import { distinct } from './uniqueness.ts';

/** `spec.tls.frontend` of a Gateway: validation of client certificates, for all ports and for single ones. */
export function frontendTls(release: Release) {
  const tls = z.strictObject({
    validation: z
      .strictObject({
        caCertificateRefs: z.array(objectReference).min(1).max(limitsOf(release).frontendCaCertificates),
        mode: z.enum(['AllowValidOnly', 'AllowInsecureFallback']).optional(),
      })
      .optional(),
  });
  return z.strictObject({
    default: tls,
    perPort: z
      .array(z.strictObject({ port, tls }))
      .max(LIMITS.frontendPorts)
      .superRefine(distinct('port', (item) => item.port))
      .optional(),
  });
}
