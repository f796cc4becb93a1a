import type { JsonObject } from '../../model/json.ts';
import { isObject, member } from '../../model/json.ts';
import { asWritten, type PolicyKind, type PolicyPart } from '../policy.ts';

const apiVersion = 'traefik.io/v1alpha1';

export const GROUP = 'traefik.io';

export const middleware: PolicyKind = { apiVersion, kind: 'Middleware', role: 'routes', write: asWritten };

/**
 * In the place of a Service. Its fragments are `service` (fields of the one service it sends to), `mirroring` (of the whole),
 * and `transport` where a ServersTransport of the same name goes with it.
 */
export const traefikService: PolicyKind = {
  apiVersion,
  kind: 'TraefikService',
  role: 'routes',
  write(spec, [target], name) {
    const { service, mirroring, transport } = spec;
    const entry: JsonObject = {
      name: target?.name ?? '',
      ...(target?.port === undefined ? {} : { port: target.port }),
      ...(isObject(service) ? service : {}),
      ...(transport === true ? { serversTransport: name } : {}),
    };
    return isObject(mirroring) ? { mirroring: { ...entry, ...mirroring } } : { weighted: { services: [entry] } };
  },
};

/** Its defaults are not those of Traefik's own transport, which keeps 200 idle connections a backend instead of two. */
const serversTransport: PolicyKind = {
  apiVersion,
  kind: 'ServersTransport',
  role: 'routes',
  write: (spec) => ({ maxIdleConnsPerHost: 200, ...spec }),
};

/**
 * Middlewares run in the order of the filters. Error pages and CORS answer for everything behind them; who is refused by
 * address is not counted; what changes the path comes after what looks at it.
 */
export const ORDER = {
  errors: -100,
  compress: -95,
  cors: -90,
  'address-list': -80,
  'rate-limit': -70,
  'in-flight': -65,
  'auth-headers': -61,
  'external-auth': -60,
  'basic-auth': -59,
  buffering: -40,
  retry: -30,
  rewrite: 10,
} as const;

export function middlewarePart(kind: keyof typeof ORDER, spec: JsonObject, name: string = kind): PolicyPart {
  return { policy: middleware, on: { to: 'filter', name, order: ORDER[kind] }, spec };
}

/** Fields of the service that a TraefikService sends to. */
export function servicePart(service: JsonObject): PolicyPart {
  return { policy: traefikService, on: { to: 'backend', as: 'reference' }, spec: { service } };
}

/** How connections to the backend are made. */
export function transportParts(spec: JsonObject): readonly PolicyPart[] {
  return [
    { policy: traefikService, on: { to: 'backend', as: 'reference' }, spec: { transport: true } },
    { policy: serversTransport, on: { to: 'backend', as: 'companion' }, spec },
  ];
}

/** The one service that a TraefikService of ours sends to. */
export function onlyService(spec: JsonObject): JsonObject | null {
  const services = member(member(spec, 'weighted'), 'services');
  const mirroring = member(spec, 'mirroring');
  if (isObject(mirroring)) return mirroring;
  const [only, ...others] = Array.isArray(services) ? services : [];
  return isObject(only) && others.length === 0 ? only : null;
}
