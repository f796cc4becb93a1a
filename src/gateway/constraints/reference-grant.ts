import * as z from 'zod';
import { LIMITS } from '../limits.ts';
import { head, namespacedMetadata } from './metadata.ts';
import { dnsLabel, group, kind, objectName } from './names.ts';

export const referenceGrant = z.strictObject({
  ...head('ReferenceGrant'),
  metadata: namespacedMetadata,
  spec: z.strictObject({
    from: z
      .array(z.strictObject({ group, kind, namespace: dnsLabel }))
      .min(1)
      .max(LIMITS.grantsPerList),
    to: z
      .array(z.strictObject({ group, kind, name: objectName.optional() }))
      .min(1)
      .max(LIMITS.grantsPerList),
  }),
});
