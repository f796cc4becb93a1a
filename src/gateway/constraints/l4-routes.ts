import { isIP } from 'node:net';
import * as z from 'zod';
import { LIMITS, limitsOf } from '../limits.ts';
import type { Release } from '../release.ts';
import { head, namespacedMetadata } from './metadata.ts';
import { hostname } from './names.ts';
import { parentReferences, weightedBackend } from './references.ts';

const backendRefs = z.array(weightedBackend).min(1).max(LIMITS.backendRefsPerRule);

/** Exactly one, also for the alpha versions, which took more: there is nothing to tell their rules apart by. */
const rules = z.array(z.strictObject({ backendRefs })).min(1).max(1);

const sni = hostname.refine((host) => isIP(host) === 0, 'must not be an IP address');

export function tlsRoute(release: Release) {
  const hostnames = z.array(sni).min(1).max(limitsOf(release).hostnamesPerTlsRoute);
  return z.strictObject({
    ...head('TLSRoute'),
    metadata: namespacedMetadata,
    spec: z.strictObject({ parentRefs: parentReferences(release), hostnames, rules }),
  });
}

export function tcpRoute(release: Release) {
  return plainRoute('TCPRoute', release);
}

export function udpRoute(release: Release) {
  return plainRoute('UDPRoute', release);
}

function plainRoute<const K extends string>(kind: K, release: Release) {
  return z.strictObject({
    ...head(kind),
    metadata: namespacedMetadata,
    spec: z.strictObject({ parentRefs: parentReferences(release), rules }),
  });
}
