import * as z from 'zod';
import { LIMITS } from '../limits.ts';
import { clusterMetadata, head } from './metadata.ts';
import { dnsLabel } from './names.ts';
import { localReference } from './references.ts';

const CONTROLLER_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/;

export const gatewayClass = z.strictObject({
  ...head('GatewayClass'),
  metadata: clusterMetadata,
  spec: z.strictObject({
    controllerName: z.string().max(LIMITS.name).regex(CONTROLLER_NAME, 'must be a domain, `/` and a path'),
    parametersRef: localReference.extend({ namespace: dnsLabel.optional() }).optional(),
    description: z.string().max(64).optional(),
  }),
});
