import type * as z from 'zod';
import { compareText } from '../../model/position.ts';
import { fieldPath } from '../field-path.ts';
import { apiVersionOf, GATEWAY_API_GROUP, type GatewayApiKind, isGatewayApiKind } from '../fields.ts';
import type { Release } from '../release.ts';
import type { OutputObject } from '../types.ts';
import { backendTlsPolicy } from './backend-tls-policy.ts';
import { gateway, listenerSet } from './gateway.ts';
import { gatewayClass } from './gateway-class.ts';
import { tcpRoute, tlsRoute, udpRoute } from './l4-routes.ts';
import { problems } from './problems.ts';
import { referenceGrant } from './reference-grant.ts';
import { grpcRoute, httpRoute } from './routes.ts';

export interface ConstraintViolation {
  /** Field path inside the object, e.g. `spec.rules[0].filters[1]`. */
  readonly path: string;
  readonly message: string;
}

/**
 * Holds one object against what the API server of this release and channel takes: schema, CEL rules, and no field it
 * would prune. Never weaker than the published CRDs, in places stricter. Objects of other groups have no constraints
 * here. A violation is a bug of the program, not of the input. By path. Code made for the schemas pays only for many objects.
 */
export function checkConstraints(
  object: OutputObject,
  release: Release,
  { isOneOfMany = false }: { readonly isOneOfMany?: boolean } = {},
): readonly ConstraintViolation[] {
  if (!object.apiVersion.startsWith(`${GATEWAY_API_GROUP}/`)) return [];
  const { kind } = object;
  if (!isGatewayApiKind(kind)) return [{ path: 'kind', message: `Gateway API has no kind ${kind} that this program writes` }];
  const version = apiVersionOf(release, kind);
  if (version !== object.apiVersion) {
    const message = version === null ? `no ${kind} in the ${release.channel} channel of ${release.version}` : `must be ${version}`;
    return [{ path: 'apiVersion', message }];
  }
  const result = schemaOf(kind, release).safeParse(object, { jitless: !isOneOfMany });
  return result.success
    ? []
    : problems(result.error)
        .map(({ path, message }) => ({ path: fieldPath(path), message }))
        .sort((a, b) => compareText(a.path, b.path) || compareText(a.message, b.message));
}

/** As they are needed, since building one takes longer than checking a hundred objects with it. */
const schemas = new Map<string, z.ZodType>();

function schemaOf(kind: GatewayApiKind, release: Release): z.ZodType {
  const key = `${kind} ${release.version} ${release.channel}`;
  const known = schemas.get(key);
  if (known !== undefined) return known;
  const made = builtSchema(kind, release);
  schemas.set(key, made);
  return made;
}

function builtSchema(kind: GatewayApiKind, release: Release): z.ZodType {
  switch (kind) {
    case 'GatewayClass':
      return gatewayClass;
    case 'Gateway':
      return gateway(release);
    case 'HTTPRoute':
      return httpRoute(release);
    case 'GRPCRoute':
      return grpcRoute(release);
    case 'TLSRoute':
      return tlsRoute(release);
    case 'TCPRoute':
      return tcpRoute(release);
    case 'UDPRoute':
      return udpRoute(release);
    case 'ReferenceGrant':
      return referenceGrant;
    case 'BackendTLSPolicy':
      return backendTlsPolicy;
    case 'ListenerSet':
      return listenerSet;
  }
}
