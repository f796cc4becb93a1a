import { apiVersionOf, hasField } from '../../src/gateway/fields.ts';
import type { Channel, GatewayApiVersion, Release } from '../../src/gateway/release.ts';
import { CHANNELS, GATEWAY_API_VERSIONS } from '../../src/gateway/release.ts';
import type {
  BackendTLSPolicy,
  Gateway,
  GatewayApiObject,
  GatewayClass,
  GRPCRoute,
  HTTPRoute,
  ListenerSet,
  ReferenceGrant,
  TCPRoute,
  TLSRoute,
  UDPRoute,
} from '../../src/gateway/types.ts';

export const RELEASES: readonly Release[] = GATEWAY_API_VERSIONS.flatMap((version) => CHANNELS.map((channel) => ({ version, channel })));

export function release(version: GatewayApiVersion, channel: Channel): Release {
  return { version, channel };
}

export function releaseName({ version, channel }: Release): string {
  return `${version} ${channel}`;
}

/** One full object of every kind that the release has, using every field that it has. */
export function examples(installed: Release): GatewayApiObject[] {
  return [
    gatewayClass(),
    gateway(installed),
    httpRoute(installed),
    redirectRoute(),
    grpcRoute(),
    backendTlsPolicy(),
    ...present(tlsRoute(installed)),
    ...present(l4Route(installed, 'TCPRoute')),
    ...present(l4Route(installed, 'UDPRoute')),
    ...present(referenceGrant(installed)),
    ...present(listenerSet(installed)),
  ];
}

function present<T>(value: T | null): T[] {
  return value === null ? [] : [value];
}

function gatewayClass(): GatewayClass {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GatewayClass',
    metadata: { name: 'nginx' },
    spec: {
      controllerName: 'gateway.example.com/controller',
      parametersRef: { group: 'example.com', kind: 'Parameters', name: 'defaults', namespace: 'infra' },
      description: 'edge',
    },
  };
}

function gateway(installed: Release): Gateway {
  const validation = { caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'clients' }], mode: 'AllowInsecureFallback' } as const;
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: {
      name: 'edge',
      namespace: 'infra',
      labels: { 'app.kubernetes.io/part-of': 'shop' },
      annotations: { 'cert-manager.io/issuer': 'x' },
    },
    spec: {
      gatewayClassName: 'nginx',
      addresses: [
        { type: 'IPAddress', value: '192.0.2.7' },
        { value: '2001:db8::1' },
        { type: 'Hostname', value: 'edge.example.com' },
        { type: 'NamedAddress', value: 'static-1' },
      ],
      infrastructure: {
        labels: { team: 'edge' },
        annotations: { 'service.beta.kubernetes.io/aws-load-balancer-type': 'nlb' },
        parametersRef: { group: 'example.com', kind: 'Parameters', name: 'edge' },
      },
      ...(hasField(installed, 'Gateway.allowedListeners')
        ? { allowedListeners: { namespaces: { from: 'Selector', selector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } } } }
        : {}),
      ...(hasField(installed, 'Gateway.tls')
        ? {
            tls: {
              backend: { clientCertificateRef: { group: '', kind: 'Secret', name: 'client' } },
              frontend: {
                default: { validation },
                perPort: [
                  { port: 8443, tls: {} },
                  { port: 9443, tls: { validation } },
                ],
              },
            },
          }
        : {}),
      listeners: [
        { name: 'http', port: 80, protocol: 'HTTP' },
        {
          name: 'https-shop',
          port: 443,
          protocol: 'HTTPS',
          hostname: 'shop.example.com',
          tls: { mode: 'Terminate', certificateRefs: [{ name: 'shop-tls' }], options: { 'example.com/min-version': '1.2' } },
          allowedRoutes: {
            namespaces: {
              from: 'Selector',
              selector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['shop', 'blog'] }] },
            },
            kinds: [{ kind: 'HTTPRoute' }, { group: 'gateway.networking.k8s.io', kind: 'GRPCRoute' }],
          },
        },
        { name: 'https-bare', port: 443, protocol: 'HTTPS', hostname: '*.example.com' },
        { name: 'passthrough', port: 8443, protocol: 'TLS', tls: { mode: 'Passthrough' }, allowedRoutes: { namespaces: { from: 'All' } } },
        { name: 'postgres', port: 5432, protocol: 'TCP', allowedRoutes: { namespaces: { from: 'Same' } } },
        { name: 'dns', port: 53, protocol: 'UDP' },
        { name: 'vendor', port: 9000, protocol: 'example.com/Custom' },
      ],
    },
  };
}

function httpRoute(installed: Release): HTTPRoute {
  const service = { name: 'web', port: 80 };
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'shop', namespace: 'shop' },
    spec: {
      parentRefs: [
        { name: 'edge', namespace: 'infra', sectionName: 'http' },
        { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge', namespace: 'infra', sectionName: 'https-shop' },
        { name: 'other', port: 8080 },
      ],
      hostnames: ['shop.example.com', '*.example.org'],
      rules: [
        {
          name: 'rewritten',
          matches: [{ path: { type: 'PathPrefix', value: '/api' } }],
          filters: [
            {
              type: 'RequestHeaderModifier',
              requestHeaderModifier: { set: [{ name: 'X-A', value: 'a b' }], add: [{ name: 'X-B', value: 'b' }], remove: ['X-C'] },
            },
            {
              type: 'ResponseHeaderModifier',
              responseHeaderModifier: { set: [{ name: 'Strict-Transport-Security', value: 'max-age=1; preload' }] },
            },
            {
              type: 'URLRewrite',
              urlRewrite: { hostname: 'up.example.com', path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } },
            },
            { type: 'RequestMirror', requestMirror: { backendRef: { name: 'mirror', port: 80 }, percent: 10 } },
            { type: 'RequestMirror', requestMirror: { backendRef: { name: 'mirror-2', port: 80 } } },
            { type: 'ExtensionRef', extensionRef: { group: 'example.com', kind: 'Filter', name: 'limit' } },
            ...(hasField(installed, 'HTTPRoute.rules.filters.CORS')
              ? [
                  {
                    type: 'CORS',
                    cors: {
                      allowOrigins: ['https://*.example.com', 'http://localhost:8080'],
                      allowMethods: ['GET', 'PUT'],
                      allowHeaders: ['*'],
                      exposeHeaders: ['X-A', '*'],
                      allowCredentials: true,
                      maxAge: 1_728_000,
                    },
                  } as const,
                ]
              : []),
            ...(hasField(installed, 'HTTPRoute.rules.filters.ExternalAuth')
              ? ([
                  {
                    type: 'ExternalAuth',
                    externalAuth: {
                      protocol: 'HTTP',
                      backendRef: service,
                      http: { path: '/auth', allowedHeaders: ['Cookie'] },
                      forwardBody: { maxSize: 0 },
                    },
                  },
                  { type: 'ExternalAuth', externalAuth: { protocol: 'GRPC', backendRef: service, grpc: {} } },
                ] as const)
              : []),
          ],
          backendRefs: [
            { ...service, weight: 90, filters: [{ type: 'RequestHeaderModifier', requestHeaderModifier: { remove: ['X-D'] } }] },
            { group: 'example.com', kind: 'Backend', name: 'external', weight: 0 },
            { name: 'web', namespace: 'blue', port: 80, weight: 1_000_000 },
          ],
          timeouts: { request: '1m30s', backendRequest: '90000ms' },
          ...(hasField(installed, 'HTTPRoute.rules.retry') ? { retry: { codes: [500, 503], attempts: 3, backoff: '100ms' } } : {}),
          ...(hasField(installed, 'HTTPRoute.rules.sessionPersistence')
            ? {
                sessionPersistence: {
                  sessionName: 'route',
                  type: 'Cookie',
                  absoluteTimeout: '48h',
                  cookieConfig: { lifetimeType: 'Permanent' },
                } as const,
              }
            : {}),
        },
        {
          matches: [
            {
              path: { type: 'Exact', value: "/a/%20b/*(c)$&'" },
              method: 'POST',
              headers: [
                { name: 'X-Canary', value: 'always' },
                { type: 'RegularExpression', name: 'Cookie', value: '(^|; )canary=always' },
              ],
              queryParams: [
                { name: 'v', value: '1' },
                { type: 'RegularExpression', name: 'V', value: '.+' },
              ],
            },
            { path: { type: 'RegularExpression', value: '(?i)/api/v[0-9]{1,2}(/|$).*' } },
          ],
          backendRefs: [service],
          timeouts: { request: '0s', backendRequest: '5s' },
        },
        {
          backendRefs: [service],
          filters: [{ type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/v2' } } }],
        },
      ],
    },
  };
}

function redirectRoute(): HTTPRoute {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'shop-redirect', namespace: 'shop' },
    spec: {
      parentRefs: [{ name: 'edge' }],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: '/old' } }],
          filters: [
            {
              type: 'RequestRedirect',
              requestRedirect: {
                scheme: 'https',
                hostname: 'www.example.com',
                port: 8443,
                path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/new' },
                statusCode: 301,
              },
            },
          ],
        },
        { filters: [{ type: 'RequestRedirect', requestRedirect: { path: { type: 'ReplaceFullPath', replaceFullPath: '/home' } } }] },
      ],
    },
  };
}

function grpcRoute(): GRPCRoute {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GRPCRoute',
    metadata: { name: 'orders', namespace: 'shop' },
    spec: {
      parentRefs: [{ name: 'edge', sectionName: 'https-shop' }],
      hostnames: ['grpc.example.com'],
      rules: [
        {
          name: 'orders',
          matches: [
            { method: { type: 'Exact', service: 'shop.v1.Orders', method: 'List' }, headers: [{ name: 'x-a', value: 'a' }] },
            { method: { type: 'RegularExpression', service: 'shop\\..*' } },
          ],
          filters: [{ type: 'ResponseHeaderModifier', responseHeaderModifier: { set: [{ name: 'x-b', value: 'b' }] } }],
          backendRefs: [{ name: 'orders', port: 9090, weight: 1 }],
        },
        { backendRefs: [{ name: 'orders', port: 9090 }] },
      ],
    },
  };
}

function tlsRoute(installed: Release): TLSRoute | null {
  const apiVersion = apiVersionOf(installed, 'TLSRoute');
  if (apiVersion === null) return null;
  return {
    apiVersion,
    kind: 'TLSRoute',
    metadata: { name: 'legacy', namespace: 'shop' },
    spec: {
      parentRefs: [{ name: 'edge', sectionName: 'passthrough' }],
      hostnames: ['legacy.example.com', '*.tls.example.com'],
      rules: [{ backendRefs: [{ name: 'legacy', port: 443, weight: 3 }] }],
    },
  };
}

function l4Route(installed: Release, kind: 'TCPRoute' | 'UDPRoute'): TCPRoute | UDPRoute | null {
  const apiVersion = apiVersionOf(installed, kind);
  if (apiVersion === null) return null;
  const metadata = { name: 'l4', namespace: 'shop' };
  const spec = { parentRefs: [{ name: 'edge', sectionName: 'postgres' }], rules: [{ backendRefs: [{ name: 'l4', port: 5432 }] }] };
  return kind === 'TCPRoute' ? { apiVersion, kind, metadata, spec } : { apiVersion, kind, metadata, spec };
}

function referenceGrant(installed: Release): ReferenceGrant | null {
  const apiVersion = apiVersionOf(installed, 'ReferenceGrant');
  if (apiVersion === null) return null;
  return {
    apiVersion,
    kind: 'ReferenceGrant',
    metadata: { name: 'shop-to-blue', namespace: 'blue' },
    spec: {
      from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop' }],
      to: [
        { group: '', kind: 'Service', name: 'web' },
        { group: '', kind: 'Secret' },
      ],
    },
  };
}

function backendTlsPolicy(): BackendTLSPolicy {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'BackendTLSPolicy',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      targetRefs: [
        { group: '', kind: 'Service', name: 'web', sectionName: 'https' },
        { group: '', kind: 'Service', name: 'web', sectionName: 'admin' },
      ],
      validation: {
        hostname: 'web.internal',
        caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'ca' }],
        subjectAltNames: [
          { type: 'Hostname', hostname: '*.internal' },
          { type: 'URI', uri: 'spiffe://cluster.local/ns/shop/sa/web' },
        ],
      },
      options: { 'example.com/min-version': '1.2' },
    },
  };
}

function listenerSet(installed: Release): ListenerSet | null {
  const apiVersion = apiVersionOf(installed, 'ListenerSet');
  if (apiVersion === null) return null;
  return {
    apiVersion,
    kind: 'ListenerSet',
    metadata: { name: 'team', namespace: 'shop' },
    spec: {
      parentRef: { name: 'edge', namespace: 'infra' },
      listeners: [
        { name: 'https', port: 443, protocol: 'HTTPS', hostname: 'team.example.com', tls: { certificateRefs: [{ name: 'team-tls' }] } },
      ],
    },
  };
}
