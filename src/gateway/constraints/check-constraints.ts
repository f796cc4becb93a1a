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
 * here. A violation is a bug of the program, not of the input. By path.
 */
export function checkConstraints(object: OutputObject, release: Release): readonly ConstraintViolation[] {
  if (!object.apiVersion.startsWith(`${GATEWAY_API_GROUP}/`)) return [];
  const { kind } = object;
  if (!isGatewayApiKind(kind)) return [{ path: 'kind', message: `Gateway API has no kind ${kind} that this program writes` }];
  const version = apiVersionOf(release, kind);
  if (version !== object.apiVersion) {
    const message = version === null ? `no ${kind} in the ${release.channel} channel of ${release.version}` : `must be ${version}`;
    return [{ path: 'apiVersion', message }];
  }
  const result = schemasOf(release)[kind].safeParse(object);
  return result.success
    ? []
    : problems(result.error)
        .map(({ path, message }) => ({ path: fieldPath(path), message }))
        .sort((a, b) => compareText(a.path, b.path) || compareText(a.message, b.message));
}

type Schemas = Readonly<Record<GatewayApiKind, z.ZodType>>;

/** Six at most; building one set takes longer than checking a hundred objects with it. */
const schemas = new Map<string, Schemas>();

function schemasOf(release: Release): Schemas {
  const key = `${release.version} ${release.channel}`;
  const known = schemas.get(key);
  if (known !== undefined) return known;
  const made: Schemas = {
    GatewayClass: gatewayClass,
    Gateway: gateway(release),
    HTTPRoute: httpRoute(release),
    GRPCRoute: grpcRoute(release),
    TLSRoute: tlsRoute(release),
    TCPRoute: tcpRoute(release),
    UDPRoute: udpRoute(release),
    ReferenceGrant: referenceGrant,
    BackendTLSPolicy: backendTlsPolicy,
    ListenerSet: listenerSet,
  };
  schemas.set(key, made);
  return made;
}
