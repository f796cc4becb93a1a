import type {
  Gateway,
  HTTPRoute,
  HTTPRouteMatch,
  HTTPRouteRule,
  Listener,
  ListenerSet,
  OutputObject,
  ParentRef,
  ReferenceGrant,
  TLSRoute,
} from '../../src/gateway/types.ts';
import { gatewayEvaluator } from '../../src/prove/after/evaluate.ts';
import { worldOf } from '../../src/prove/after/world.ts';
import type { Answer, Evaluated } from '../../src/prove/answer.ts';
import type { Request } from '../../src/prove/request.ts';
import { requestOf } from './requests.ts';

const API = 'gateway.networking.k8s.io/v1';

/** `a.test`, `*.a.test:8080`, '' for any host. */
export function http(address: string, more: Partial<Listener> = {}): Listener {
  return listener('http', 'HTTP', address, 80, more);
}

/** With the Secret `tls` of the Gateway's namespace. */
export function https(address: string, more: Partial<Listener> = {}): Listener {
  return listener('https', 'HTTPS', address, 443, { tls: { mode: 'Terminate', certificateRefs: [{ name: 'tls' }] }, ...more });
}

export function tls(address: string, more: Partial<Listener> = {}): Listener {
  return listener('tls', 'TLS', address, 443, { tls: { mode: 'Passthrough' }, ...more });
}

function listener(kind: string, protocol: string, address: string, usual: number, more: Partial<Listener>): Listener {
  const [hostname = '', port] = address.split(':');
  return {
    name: hostname === '' ? kind : `${kind}-${hostname.replace('*', 'any')}`,
    ...(hostname === '' ? {} : { hostname }),
    port: Number(port ?? usual),
    protocol,
    allowedRoutes: { namespaces: { from: 'All' } },
    ...more,
  };
}

/** Gateway `infra/gw`. */
export function gateway(listeners: readonly Listener[], more: Partial<Gateway['spec']> = {}): Gateway {
  return {
    apiVersion: API,
    kind: 'Gateway',
    metadata: { name: 'gw', namespace: 'infra' },
    spec: { gatewayClassName: 'c', listeners, ...more },
  };
}

export function listenerSet(name: string, listeners: readonly Listener[], parent: Partial<ParentRef> = {}): ListenerSet {
  return {
    apiVersion: API,
    kind: 'ListenerSet',
    metadata: { name, namespace: 'team' },
    spec: { parentRef: { name: 'gw', namespace: 'infra', ...parent }, listeners },
  };
}

/** A route of namespace `team` on every listener of `infra/gw`. */
export function route(
  name: string,
  hostnames: readonly string[],
  rules: readonly HTTPRouteRule[],
  parent: Partial<ParentRef> = {},
): HTTPRoute {
  return {
    apiVersion: API,
    kind: 'HTTPRoute',
    metadata: { name, namespace: 'team' },
    spec: { parentRefs: [{ name: 'gw', namespace: 'infra', ...parent }], ...(hostnames.length === 0 ? {} : { hostnames }), rules },
  };
}

export function tlsRoute(name: string, hostnames: readonly string[], service: string, namespace?: string): TLSRoute {
  return {
    apiVersion: API,
    kind: 'TLSRoute',
    metadata: { name, namespace: 'team' },
    spec: {
      parentRefs: [{ name: 'gw', namespace: 'infra' }],
      hostnames,
      rules: [{ backendRefs: [{ name: service, port: 443, ...(namespace === undefined ? {} : { namespace }) }] }],
    },
  };
}

/** `/x` is a prefix, `=/x` exact, `~/x` a pattern; '' is no match at all. Sends to Service `team/<service>:80`. */
export function rule(path: string, service: string, more: Partial<HTTPRouteRule> & { match?: HTTPRouteMatch } = {}): HTTPRouteRule {
  const { match, ...rest } = more;
  const matches = path === '' && match === undefined ? {} : { matches: [{ ...(path === '' ? {} : { path: pathOf(path) }), ...match }] };
  return { ...matches, ...(service === '' ? {} : { backendRefs: [{ name: service, port: 80 }] }), ...rest };
}

export function pathOf(text: string): NonNullable<HTTPRouteMatch['path']> {
  if (text.startsWith('=')) return { type: 'Exact', value: text.slice(1) };
  if (text.startsWith('~')) return { type: 'RegularExpression', value: text.slice(1) };
  return { type: 'PathPrefix', value: text };
}

export function grant(
  namespace: string,
  from: { kind: string; namespace: string; group?: string },
  to: { kind: string; name?: string; group?: string },
): ReferenceGrant {
  return {
    apiVersion: API,
    kind: 'ReferenceGrant',
    metadata: { name: 'grant', namespace },
    spec: { from: [{ group: 'gateway.networking.k8s.io', ...from }], to: [{ group: '', ...to }] },
  };
}

/** Every answer that the Gateway of the objects may give. */
export function evaluate(
  objects: readonly OutputObject[],
  url: string,
  more: Partial<Request> = {},
  labels: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): readonly Evaluated[] {
  const world = worldOf(objects, new Map(Object.entries(labels)));
  const [only] = world.gateways;
  if (only === undefined) throw new Error('no Gateway');
  return gatewayEvaluator(world, only)(requestOf(url, more));
}

/** The same, one line each: `web:80 /x`, `301 https://…`, `404`, `unreachable`. */
export function ask(
  objects: readonly OutputObject[],
  url: string,
  more: Partial<Request> = {},
  labels: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): readonly string[] {
  return evaluate(objects, url, more, labels).map(({ answer }) => lineOf(answer));
}

export function lineOf(answer: Answer): string {
  switch (answer.kind) {
    case 'backends': {
      const total = answer.shares.reduce((sum, { weight }) => sum + weight, 0);
      const shares = answer.shares.map(
        ({ backend, weight, path, host }) =>
          `${backend.replace(/^team\//, '')} ${path}${host === null ? '' : ` host ${host}`}${weight === total ? '' : ` ${weight}/${total}`}`,
      );
      return `${shares.join(' | ')}${answer.protections.map((name) => ` [${name}]`).join('')}`;
    }
    case 'passthrough':
      return `tls to ${answer.shares.map(({ backend }) => backend.replace(/^team\//, '')).join(' | ')}`;
    case 'redirect':
      return `${answer.status} ${answer.location}`;
    case 'error':
      return String(answer.status);
    case 'unreachable':
    case 'undecidable':
      return answer.kind;
    default:
      return answer satisfies never;
  }
}
