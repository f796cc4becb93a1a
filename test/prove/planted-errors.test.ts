import { describe, expect, it } from 'vitest';
import type { Gateway, HTTPRoute, HTTPRouteRule, Listener, OutputObject, TLSRoute } from '../../src/gateway/types.ts';
import { convertManifests } from '../../src/index.ts';
import type { Difference } from '../../src/ledger/finding.ts';
import { verificationText } from '../../src/prove/text.ts';
import type { Discrepancy } from '../../src/prove/verify.ts';
import { verify } from '../../src/prove/verify.ts';

/** Two teams behind one controller: TLS with its redirect, a canary, a rewrite, a password, a wildcard, a redirect, passthrough. */
const ESTATE = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec:
  ingressClassName: nginx
  tls: [{ hosts: [shop.example.com], secretName: shop-tls }]
  rules:
    - host: shop.example.com
      http:
        paths:
          - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }
          - { path: /cart, pathType: Prefix, backend: { service: { name: cart, port: { number: 80 } } } }
          - { path: /exact, pathType: Exact, backend: { service: { name: exact, port: { number: 80 } } } }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web-canary
  namespace: shop
  annotations:
    nginx.ingress.kubernetes.io/canary: "true"
    nginx.ingress.kubernetes.io/canary-weight: "10"
spec:
  ingressClassName: nginx
  rules:
    - host: shop.example.com
      http:
        paths: [{ path: /cart, pathType: Prefix, backend: { service: { name: cart-next, port: { number: 80 } } } }]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: admin
  namespace: shop
  annotations:
    nginx.ingress.kubernetes.io/auth-type: basic
    nginx.ingress.kubernetes.io/auth-secret: users
spec:
  ingressClassName: nginx
  tls: [{ hosts: [shop.example.com], secretName: shop-tls }]
  rules:
    - host: shop.example.com
      http:
        paths: [{ path: /admin, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: api
  namespace: api
  annotations: { nginx.ingress.kubernetes.io/rewrite-target: /$2 }
spec:
  ingressClassName: nginx
  rules:
    - host: api.example.com
      http:
        paths: [{ path: "/v1(/|$)(.*)", pathType: ImplementationSpecific, backend: { service: { name: api, port: { number: 8080 } } } }]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: moved
  namespace: api
  annotations: { nginx.ingress.kubernetes.io/permanent-redirect: "https://new.example.com/start" }
spec:
  ingressClassName: nginx
  rules:
    - host: old.example.com
      http:
        paths: [{ path: /, pathType: Prefix, backend: { service: { name: api, port: { number: 8080 } } } }]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: tunnel
  namespace: api
  annotations: { nginx.ingress.kubernetes.io/ssl-passthrough: "true" }
spec:
  ingressClassName: nginx
  rules:
    - host: tunnel.example.com
      http:
        paths: [{ path: /, pathType: Prefix, backend: { service: { name: tunnel, port: { number: 443 } } } }]
`;

const conversion = convertManifests([{ file: 'in.yaml', text: ESTATE }], { gatewayClass: 'c' });
const objects = conversion.plan.objects.map(({ object }) => object);

type Edit = (object: OutputObject) => OutputObject | null;

/** The manifests as somebody left them who edited each object so; null removes it. New identities, as if read from files. */
function verifyEdited(edit: Edit) {
  const edited = objects.flatMap((object) => edit(structuredClone(object)) ?? []);
  return verify(conversion, edited);
}

const unannounced = (edit: Edit): readonly Discrepancy[] => verifyEdited(edit).discrepancies.filter(({ explained }) => explained === null);

/** What was found at a URL, as classes. */
function found(edit: Edit, url: string): readonly Difference[] {
  const at = unannounced(edit).filter(
    ({ request }) => `${request.scheme}://${request.host}${request.path}` === url && Object.keys(request.query).length === 0,
  );
  return [...new Set(at.flatMap(({ differences }) => differences))];
}

const onRoutes =
  (host: string, edit: (rule: HTTPRouteRule, route: HTTPRoute) => HTTPRouteRule | null): Edit =>
  (object) => {
    if (object.kind !== 'HTTPRoute') return object;
    const route = object as HTTPRoute;
    if (route.spec.hostnames?.includes(host) !== true) return route;
    const rules = route.spec.rules.flatMap((rule) => edit(rule, route) ?? []);
    return rules.length === 0 ? null : { ...route, spec: { ...route.spec, rules } };
  };

const onListeners =
  (edit: (listener: Listener) => Listener): Edit =>
  (object) => {
    if (object.kind !== 'Gateway') return object;
    const gateway = object as Gateway;
    return { ...gateway, spec: { ...gateway.spec, listeners: gateway.spec.listeners.map(edit) } };
  };

const has = ({ matches = [] }: HTTPRouteRule, type: string, value: string) =>
  matches.some(({ path }) => path?.type === type && path.value === value);

describe('the conversion itself', () => {
  it('has no difference that it did not announce, and none of protection', () => {
    expect(verify(conversion, objects).discrepancies.filter(({ explained }) => explained === null)).toEqual([]);
  });

  it('read back from files it is the same', () => {
    const own = verify(conversion, objects);
    const again = verifyEdited((object) => object);
    expect(again.discrepancies.map(({ request, explained }) => [request, explained?.code])).toEqual(
      own.discrepancies.map(({ request, explained }) => [request, explained?.code]),
    );
    expect(own.requests.length).toBeGreaterThan(250);
    expect(own.guarded).toBeGreaterThan(20);
  });

  it('holds what the cases below rely on', () => {
    expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`)).toEqual(
      expect.arrayContaining(['Gateway gateway-system/nginx', 'HTTPRoute api/moved-old-example-com']),
    );
    expect(objects.filter(({ kind }) => kind === 'ReferenceGrant')).not.toEqual([]);
    expect(objects.filter(({ kind }) => kind === 'TLSRoute')).toHaveLength(1);
  });
});

describe('a planted error is found, with its class', () => {
  it('a swapped backend', () => {
    const edit = onRoutes('shop.example.com', (rule) => ({
      ...rule,
      ...(rule.backendRefs === undefined
        ? {}
        : { backendRefs: rule.backendRefs.map((ref) => (ref.name === 'exact' ? { ...ref, name: 'web' } : ref)) }),
    }));
    expect(found(edit, 'https://shop.example.com/exact')).toEqual(['wrong-backend']);
    expect(unannounced(edit).every(({ request }) => /^\/(e|%65)xact/.test(request.path))).toBe(true);
  });

  it('another port of the same Service', () => {
    const edit = onRoutes('api.example.com', (rule) => ({
      ...rule,
      ...(rule.backendRefs === undefined ? {} : { backendRefs: rule.backendRefs.map((ref) => ({ ...ref, port: 80 })) }),
    }));
    expect(found(edit, 'http://api.example.com/v1/x')).toEqual(['wrong-backend']);
  });

  it('a dropped redirect to https: nothing answers', () => {
    const edit = onRoutes('shop.example.com', (rule) => (rule.filters?.some(({ type }) => type === 'RequestRedirect') ? null : rule));
    expect(found(edit, 'http://shop.example.com/')).toEqual(['redirect']);
  });

  it('the application on the http listener instead of the redirect: clear text', () => {
    const edit: Edit = (object) => {
      if (object.kind !== 'HTTPRoute' || !(object as HTTPRoute).spec.hostnames?.includes('shop.example.com')) return object;
      const route = object as HTTPRoute;
      if (route.spec.rules.some(({ filters }) => filters?.some(({ type }) => type === 'RequestRedirect'))) return null;
      return { ...route, spec: { ...route.spec, parentRefs: route.spec.parentRefs.map(({ sectionName: _, ...parent }) => parent) } };
    };
    expect(found(edit, 'http://shop.example.com/')).toEqual(['protection']);
    expect(found(edit, 'http://shop.example.com/cart')).toEqual(['protection']);
  });

  it('the redirect on the https listener too: a loop', () => {
    const edit: Edit = (object) => {
      if (object.kind !== 'HTTPRoute') return object;
      const route = object as HTTPRoute;
      const redirects = route.spec.rules.some(({ filters = [] }) =>
        filters.some(
          (filter) =>
            filter.type === 'RequestRedirect' && filter.requestRedirect.scheme === 'https' && filter.requestRedirect.hostname === undefined,
        ),
      );
      const isApplication = route.spec.hostnames?.includes('shop.example.com') === true && !redirects;
      if (isApplication) return null;
      if (!redirects) return route;
      return { ...route, spec: { ...route.spec, parentRefs: route.spec.parentRefs.map(({ sectionName: _, ...parent }) => parent) } };
    };
    const [loop] = unannounced(edit).filter(({ request }) => request.scheme === 'https' && request.path === '/cart');
    expect(verificationText(verifyEdited(edit), false)).toContain('\nredirect loop: GET https://shop.example.com/');
    expect(loop).toMatchObject({ differences: ['redirect'], after: { kind: 'redirect', location: 'https://shop.example.com/cart' } });
  });

  it('a permanent redirect dropped, sent elsewhere, or with another status', () => {
    const to = (change: (rule: HTTPRouteRule) => HTTPRouteRule | null) => onRoutes('old.example.com', change);
    expect(
      found(
        to(() => null),
        'http://old.example.com/',
      ),
    ).toEqual(['redirect']);
    const changed = (more: { hostname?: string; statusCode?: number }) =>
      to((rule) => ({
        ...rule,
        filters: (rule.filters ?? []).map((filter) =>
          filter.type === 'RequestRedirect' ? { ...filter, requestRedirect: { ...filter.requestRedirect, ...more } } : filter,
        ),
      }));
    expect(found(changed({ hostname: 'elsewhere.example.com' }), 'http://old.example.com/')).toEqual(['redirect']);
    expect(found(changed({ statusCode: 302 }), 'http://old.example.com/')).toEqual(['redirect']);
  });

  it('a removed guard: the protected path is answered by the open one', () => {
    const edit = onRoutes('shop.example.com', (rule) => (has(rule, 'PathPrefix', '/admin') ? null : rule));
    expect(found(edit, 'https://shop.example.com/admin')).toEqual(['protection']);
    expect(found(edit, 'https://shop.example.com/admin/x')).toEqual(['protection']);
    expect(found(edit, 'https://shop.example.com/admin/')).toEqual(['protection']);
  });

  it('a guard that got a backend', () => {
    const edit = onRoutes('shop.example.com', (rule) =>
      has(rule, 'PathPrefix', '/admin') ? { ...rule, backendRefs: [{ name: 'web', port: 80 }] } : rule,
    );
    expect(found(edit, 'https://shop.example.com/admin')).toEqual(['protection']);
  });

  it('a guard that is only a pattern: on implementations that try prefixes first it is none', () => {
    const edit = onRoutes('shop.example.com', (rule) =>
      has(rule, 'PathPrefix', '/admin') ? { matches: [{ path: { type: 'RegularExpression', value: '/admin.*' } }] } : rule,
    );
    expect(found(edit, 'https://shop.example.com/admin')).toEqual(['protection']);
  });

  it('a widened prefix', () => {
    const edit = onRoutes('api.example.com', (rule) => ({
      ...rule,
      matches: (rule.matches ?? []).map((match) => (match.path?.value === '/v1' ? { path: { type: 'PathPrefix', value: '/' } } : match)),
    }));
    expect(found(edit, 'http://api.example.com/gateshift-unknown')).toEqual(['wider']);
  });

  it('an Exact that became a prefix', () => {
    const edit = onRoutes('shop.example.com', (rule) => ({
      ...rule,
      matches: (rule.matches ?? []).map((match) =>
        match.path?.value === '/exact' ? { path: { type: 'PathPrefix', value: '/exact' } } : match,
      ),
    }));
    expect(found(edit, 'https://shop.example.com/exact/x')).toEqual(['wrong-backend']);
    expect(found(edit, 'https://shop.example.com/exact')).toEqual([]);
  });

  it('a narrowed prefix', () => {
    const edit = onRoutes('api.example.com', (rule) => ({
      ...rule,
      matches: (rule.matches ?? []).map((match) =>
        match.path?.value === '/v1' ? { path: { type: 'PathPrefix', value: '/v1/x' } } : match,
      ),
    }));
    expect(found(edit, 'http://api.example.com/v1')).toEqual(['narrower']);
  });

  it('a rewrite that went missing', () => {
    const edit = onRoutes('api.example.com', ({ filters: _, ...rule }) => rule);
    expect(found(edit, 'http://api.example.com/v1/x')).toEqual(['wrong-path']);
  });

  it('changed weights', () => {
    const edit = onRoutes('shop.example.com', (rule) => ({
      ...rule,
      ...(rule.backendRefs === undefined
        ? {}
        : { backendRefs: rule.backendRefs.map((ref) => (ref.name === 'cart-next' ? { ...ref, weight: 50 } : ref)) }),
    }));
    expect(found(edit, 'https://shop.example.com/cart')).toEqual(['weight']);
  });

  it('the canary dropped', () => {
    const edit = onRoutes('shop.example.com', (rule) => ({
      ...rule,
      ...(rule.backendRefs === undefined ? {} : { backendRefs: rule.backendRefs.filter(({ name }) => name !== 'cart-next') }),
    }));
    expect(found(edit, 'https://shop.example.com/cart')).toEqual(['wrong-backend']);
  });

  it('a missing grant for a certificate', () => {
    expect(found((object) => (object.kind === 'ReferenceGrant' ? null : object), 'https://shop.example.com/')).toEqual(['unreachable']);
  });

  it('a Service moved to another namespace without a grant, and with one', () => {
    const move = onRoutes('api.example.com', (rule) => ({
      ...rule,
      ...(rule.backendRefs === undefined ? {} : { backendRefs: rule.backendRefs.map((ref) => ({ ...ref, namespace: 'elsewhere' })) }),
    }));
    expect(found(move, 'http://api.example.com/v1')).toEqual(['unreachable']);
    const grant: OutputObject = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'ReferenceGrant',
      metadata: { name: 'g', namespace: 'elsewhere' },
      spec: {
        from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'api' }],
        to: [{ group: '', kind: 'Service' }],
      },
    };
    const granted = verify(conversion, [...objects.map((object) => move(object) ?? object), grant]);
    expect(granted.discrepancies.find(({ request }) => request.host === 'api.example.com' && request.path === '/v1')?.differences).toEqual([
      'wrong-backend',
    ]);
  });

  it('allowedRoutes that admit another namespace', () => {
    const edit = onListeners((listener) => ({ ...listener, allowedRoutes: { namespaces: { from: 'Same' } } }));
    expect(found(edit, 'https://shop.example.com/')).toEqual(['narrower']);
    expect(found(edit, 'http://old.example.com/')).toEqual(['redirect']);
  });

  it('a listener that lost its host, or is gone', () => {
    const other = onListeners((listener) =>
      listener.hostname === 'api.example.com' ? { ...listener, hostname: 'api.example.org' } : listener,
    );
    expect(found(other, 'http://api.example.com/v1')).toEqual(['unreachable']);
  });

  it('a route bound to a section that is not there', () => {
    const edit: Edit = (object) => {
      if (object.kind !== 'HTTPRoute') return object;
      const route = object as HTTPRoute;
      return { ...route, spec: { ...route.spec, parentRefs: route.spec.parentRefs.map((parent) => ({ ...parent, sectionName: 'typo' })) } };
    };
    expect(found(edit, 'https://shop.example.com/')).toEqual(['narrower']);
  });

  it('TLS passed through to another Service, or to none', () => {
    const edit: Edit = (object) => {
      if (object.kind !== 'TLSRoute') return object;
      const route = object as TLSRoute;
      return { ...route, spec: { ...route.spec, rules: [{ backendRefs: [{ name: 'other', port: 443 }] }] } };
    };
    expect(found(edit, 'https://tunnel.example.com/')).toEqual(['wrong-backend']);
    expect(found((object) => (object.kind === 'TLSRoute' ? null : object), 'https://tunnel.example.com/')).toEqual(['unreachable']);
  });

  it('a route that takes the place of another: more specific, and named by nobody', () => {
    const extra: HTTPRoute = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'extra', namespace: 'shop' },
      spec: {
        parentRefs: [{ name: 'nginx', namespace: 'gateway-system' }],
        hostnames: ['shop.example.com'],
        rules: [{ matches: [{ path: { type: 'Exact', value: '/cart/new' } }], backendRefs: [{ name: 'new', port: 80 }] }],
      },
    };
    const { discrepancies } = verify(conversion, [...objects, extra]);
    const at = discrepancies.filter(({ request, explained }) => explained === null && request.path === '/cart/new');
    expect(new Set(at.flatMap(({ differences }) => differences))).toEqual(new Set(['wrong-backend', 'protection']));
  });

  it('everything gone', () => {
    expect(found(() => null, 'https://shop.example.com/')).toEqual(['unreachable']);
  });
});

describe('what is no error', () => {
  it('Gateways that got other names', () => {
    const edit: Edit = (object) => {
      if (object.kind === 'Gateway') return { ...object, metadata: { ...object.metadata, name: 'edge' } };
      if (object.kind !== 'HTTPRoute' && object.kind !== 'TLSRoute') return object;
      const route = object as HTTPRoute;
      return { ...route, spec: { ...route.spec, parentRefs: route.spec.parentRefs.map((parent) => ({ ...parent, name: 'edge' })) } };
    };
    expect(unannounced(edit)).toEqual([]);
  });

  it('more listeners than a Gateway holds: each host is asked at the Gateway that has its listener', () => {
    const one = (host: string, index: number) => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: app-${index}, namespace: shop }
spec:
  ingressClassName: nginx
  tls: [{ hosts: ["${host}"], secretName: tls-${index} }]
  rules:
    - host: "${host}"
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: app-${index}, port: { number: 80 } } } }] }
`;
    const hosts = ['*.example.com', ...Array.from({ length: 40 }, (_, index) => `h${index}.example.com`)];
    const large = convertManifests([{ file: 'in.yaml', text: hosts.map(one).join('---') }], { gatewayClass: 'c' });
    const written = large.plan.objects.map(({ object }) => object);
    expect(written.filter(({ kind }) => kind === 'Gateway').length).toBeGreaterThan(1);
    const { discrepancies } = verify(large, written);
    expect(discrepancies.filter(({ request }) => /^h\d+\./.test(request.host) && !/%|\/\//.test(request.path))).toEqual([]);
  });
});

describe('where it stands', () => {
  it('the rule before with file and line, the rule after with those of the edited manifest', () => {
    const edited = objects.map((object) => structuredClone(object));
    const swapped = edited.map(
      (object) => onRoutes('api.example.com', (rule) => ({ ...rule, backendRefs: [{ name: 'x', port: 1 }] }))(object) ?? object,
    );
    const { discrepancies } = verify(conversion, swapped, {
      positionOf: ({ kind, name, field }) => ({ file: `${kind}-${name}.yaml`, line: Number(/\d+/.exec(field)?.[0]) + 10, column: 1 }),
    });
    const item = discrepancies.find(({ request }) => request.host === 'api.example.com' && request.path === '/v1');
    expect(item?.at).toMatchObject({ file: 'in.yaml' });
    expect(item?.at?.line).toBeGreaterThan(50);
    expect(item?.afterSource).toMatch(/^HTTPRoute api\/api-api-example-com rules\[\d\]$/);
    expect(item?.afterAt).toMatchObject({ file: 'HTTPRoute-api-api-example-com.yaml' });
  });
});
