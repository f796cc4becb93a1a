import * as z from 'zod';
import { LIMITS } from '../limits.ts';
import { namespaces } from './label-selector.ts';
import { atMost, group, hostname, kind, optionValue, port, sectionName } from './names.ts';
import { secretReference } from './references.ts';
import { distinct } from './uniqueness.ts';

/** The CRD's pattern is not anchored as a whole; this is what it means to say. */
const PROTOCOL = /^([a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?|[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[A-Za-z0-9]+)$/;

const tls = z
  .strictObject({
    mode: z.enum(['Terminate', 'Passthrough']).optional(),
    certificateRefs: z.array(secretReference).max(LIMITS.certificatesPerListener).optional(),
    options: atMost(z.record(z.string(), optionValue), LIMITS.optionsPerListener).optional(),
  })
  .refine(
    ({ mode, certificateRefs, options }) =>
      mode === 'Passthrough' || (certificateRefs ?? []).length > 0 || Object.keys(options ?? {}).length > 0,
    'certificateRefs or options must be given when TLS ends here',
  );

const listener = z
  .strictObject({
    name: sectionName,
    hostname: hostname.optional(),
    port,
    protocol: z.string().max(255).regex(PROTOCOL, 'must be a protocol such as HTTPS, or one with a domain prefix'),
    tls: tls.optional(),
    allowedRoutes: z
      .strictObject({
        namespaces: namespaces(['Same', 'All']).optional(),
        kinds: z
          .array(z.strictObject({ group: group.optional(), kind }))
          .max(LIMITS.kindsPerListener)
          .optional(),
      })
      .optional(),
  })
  .superRefine((value, context) => {
    const refuse = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
    switch (value.protocol) {
      case 'HTTP':
        if (value.tls !== undefined) refuse('tls', 'a listener for HTTP has no tls');
        return;
      case 'TCP':
      case 'UDP':
        if (value.tls !== undefined) refuse('tls', `a listener for ${value.protocol} has no tls`);
        if (value.hostname !== undefined) refuse('hostname', `a listener for ${value.protocol} has no hostname`);
        return;
      case 'HTTPS':
        if (value.tls?.mode === 'Passthrough') refuse('tls', 'a listener for HTTPS must terminate TLS');
        return;
      case 'TLS':
        // The schema would make it Terminate, and only then does the API server's own rule since 1.5 look.
        if (value.tls?.mode === undefined) refuse('tls', 'a listener for TLS must say its mode');
        return;
      default:
        return;
    }
  });

/** `listeners` of a Gateway or a ListenerSet. */
export const listeners = z
  .array(listener)
  .min(1)
  .max(LIMITS.listenersPerGateway)
  .superRefine(distinct('name', ({ name }) => name))
  .superRefine(distinct('port, protocol and hostname', (item) => JSON.stringify([item.port, item.protocol, item.hostname ?? null])));
