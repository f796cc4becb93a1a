import * as z from 'zod';
import { LIMITS } from '../limits.ts';
import { head, namespacedMetadata } from './metadata.ts';
import { atMost, hostname, optionValue, preciseHostname, sectionName } from './names.ts';
import { localReference } from './references.ts';
import { eachRepeat } from './uniqueness.ts';

const URI = /^(([^:/?#]+):)(\/\/([^/?#]*))([^?#]*)(\?([^#]*))?(#(.*))?/;

const subjectAltName = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('Hostname'), hostname }),
  z.strictObject({ type: z.literal('URI'), uri: z.string().max(253).regex(URI, 'must be an absolute URI') }),
]);

const targetRefs = z
  .array(localReference.extend({ sectionName: sectionName.optional() }))
  .min(1)
  .max(LIMITS.targetRefsPerPolicy)
  .superRefine((targets, context) => {
    const target = (item: (typeof targets)[number]) => [item.group, item.kind, item.name].join('/');
    eachRepeat(
      targets,
      (item) => `${target(item)}/${item.sectionName ?? ''}`,
      (index, earlier) =>
        context.addIssue({ code: 'custom', path: [index], message: `names the same target and section as element ${earlier}` }),
    );
    const whole = new Set(targets.filter((item) => item.sectionName === undefined).map(target));
    targets.forEach((item, index) => {
      if (item.sectionName !== undefined && whole.has(target(item))) {
        context.addIssue({ code: 'custom', path: [index], message: 'names a section of a target that is also named as a whole' });
      }
    });
  });

const validation = z
  .strictObject({
    hostname: preciseHostname,
    caCertificateRefs: z.array(localReference).max(LIMITS.backendCaCertificates).optional(),
    wellKnownCACertificates: z.literal('System').optional(),
    subjectAltNames: z.array(subjectAltName).max(LIMITS.subjectAltNames).optional(),
  })
  .refine(
    ({ caCertificateRefs, wellKnownCACertificates }) => (caCertificateRefs ?? []).length > 0 !== (wellKnownCACertificates !== undefined),
    {
      message: 'must have either caCertificateRefs or wellKnownCACertificates',
      path: ['caCertificateRefs'],
    },
  );

export const backendTlsPolicy = z.strictObject({
  ...head('BackendTLSPolicy'),
  metadata: namespacedMetadata,
  spec: z.strictObject({ targetRefs, validation, options: atMost(z.record(z.string(), optionValue), LIMITS.optionsPerPolicy).optional() }),
});
