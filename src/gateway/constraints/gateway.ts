import { isIP } from 'node:net';
import * as z from 'zod';
import { hasField } from '../fields.ts';
import { LIMITS, limitsOf } from '../limits.ts';
import type { Release } from '../release.ts';
import { frontendTls } from './frontend-tls.ts';
import { namespaces } from './label-selector.ts';
import { listeners } from './listeners.ts';
import { gatewayMetadata, head, namespacedMetadata } from './metadata.ts';
import { atMost, hostname, labelValue, objectName, optionValue, qualifiedName } from './names.ts';
import { gatewayReference, localReference, secretReference } from './references.ts';
import { distinct } from './uniqueness.ts';

/** The CRD's pattern is not anchored as a whole; this is what it means to say. */
const ADDRESS_TYPE =
  /^(Hostname|IPAddress|NamedAddress|[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[A-Za-z0-9/\-._~%!$&'()*+,;=:]+)$/;

const address = z
  .strictObject({
    type: z.string().max(LIMITS.name).regex(ADDRESS_TYPE, 'must be an address type').optional(),
    value: z.string().max(LIMITS.name).optional(),
  })
  .superRefine(({ type, value }, context) => {
    if (value === undefined) return;
    const refuse = (message: string) => context.addIssue({ code: 'custom', path: ['value'], message });
    if ((type ?? 'IPAddress') === 'IPAddress' && (isIP(value) === 0 || value.includes('%'))) refuse('must be an IP address');
    if (type === 'Hostname' && !hostname.safeParse(value).success) refuse('must be a host name');
  });

const addresses = z
  .array(address)
  .max(LIMITS.addressesPerGateway)
  .superRefine(
    distinct('type and value', ({ type = 'IPAddress', value }) =>
      value !== undefined && (type === 'IPAddress' || type === 'Hostname') ? `${type} ${value}` : null,
    ),
  );

function infrastructure(release: Release) {
  return z.strictObject({
    labels: atMost(z.record(qualifiedName, labelValue), LIMITS.infrastructureLabels).optional(),
    annotations: atMost(z.record(qualifiedName, optionValue), limitsOf(release).infrastructureAnnotations).optional(),
    parametersRef: localReference.optional(),
  });
}

export function gateway(release: Release) {
  return z.strictObject({
    ...head('Gateway'),
    metadata: gatewayMetadata,
    spec: z.strictObject({
      gatewayClassName: objectName,
      addresses: addresses.optional(),
      infrastructure: infrastructure(release).optional(),
      ...(hasField(release, 'Gateway.allowedListeners')
        ? { allowedListeners: z.strictObject({ namespaces: namespaces(['None', 'Same', 'All']) }).optional() }
        : {}),
      ...(hasField(release, 'Gateway.tls')
        ? {
            tls: z
              .strictObject({
                backend: z.strictObject({ clientCertificateRef: secretReference }).optional(),
                frontend: frontendTls(release).optional(),
              })
              .optional(),
          }
        : {}),
      listeners,
    }),
  });
}

export const listenerSet = z.strictObject({
  ...head('ListenerSet'),
  metadata: namespacedMetadata,
  spec: z.strictObject({ parentRef: gatewayReference, listeners }),
});
