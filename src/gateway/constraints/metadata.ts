import * as z from 'zod';
import { LIMITS } from '../limits.ts';
import { dnsLabel, labelValue, objectName, qualifiedName } from './names.ts';

/** Names of custom resources are DNS subdomains; annotation keys are qualified names in any case, held to 256 KiB in all. */
const name = objectName.regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/, 'must be a lower-case DNS subdomain');

const names = {
  name,
  labels: z.record(qualifiedName, labelValue).optional(),
  annotations: z
    .record(z.string(), z.string())
    .superRefine((annotations, context) => {
      for (const key of Object.keys(annotations)) {
        if (!qualifiedName.safeParse(key.toLowerCase()).success)
          context.addIssue({ code: 'custom', path: [key], message: 'is no annotation key' });
      }
    })
    .refine((annotations) => bytes(annotations) <= 256 * 1024, 'annotations must not be larger than 256 KiB')
    .optional(),
};

export const namespacedMetadata = z.strictObject({ ...names, namespace: dnsLabel.optional() });
export const clusterMetadata = z.strictObject(names);

/** `metadata` of a Gateway: implementations use its name as a label value. */
export const gatewayMetadata = namespacedMetadata.extend({ name: name.max(LIMITS.label) });

function bytes(annotations: Readonly<Record<string, string>>): number {
  return new TextEncoder().encode(Object.entries(annotations).flat().join('')).length;
}

/** The first fields of every object; the version is held against the release once, in `check-constraints.ts`. */
export function head<const K extends string>(kind: K) {
  return { apiVersion: z.string(), kind: z.literal(kind) };
}
