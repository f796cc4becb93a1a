import { expect, it } from 'vitest';
import { brokenPromises } from './promises.ts';
import type { Use } from './uses.ts';

interface Found {
  readonly use?: Partial<Use>;
  readonly objects: readonly string[];
}

const ingress = (name: string, spec: string, annotations = '{}', className = 'nginx') =>
  `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: ${name}, namespace: shop, annotations: ${annotations}}
spec: {ingressClassName: ${className}, ${spec}}
`;
const ROOT = '{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}';
const FALLBACK = 'defaultBackend: {service: {name: web, port: {number: 80}}}';
const SERVICE = `apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop, annotations: {cloud.google.com/backend-config: '{"default": "open", "ports": {"admin": "login"}}'}}
spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}, {name: admin, port: 8443}]}
`;
const backendConfig = (name: string, spec: string) =>
  `apiVersion: cloud.google.com/v1
kind: BackendConfig
metadata: {name: ${name}, namespace: shop}
spec: ${spec}
`;

/** What long runs found, as small as it gets. */
const FOUND: Readonly<Record<string, Found>> = {
  'a redirect to a port that is none': {
    objects: [ingress('one', FALLBACK, `{alb.ingress.kubernetes.io/ssl-redirect: "00"}`, 'alb')],
  },
  'a host that answers nothing beside a route for any, where each route is an address of its own': {
    use: { target: 'vpc-lattice' },
    objects: [ingress('one', 'rules: [{host: a.example.com}]'), ingress('two', FALLBACK)],
  },
  'a redirect to https that no setting asks for, where there are no redirects': {
    use: { target: 'vpc-lattice' },
    objects: [ingress('one', 'tls: [{secretName: tls}], rules: [{host: a.example.com}]')],
  },
  'a wildcard that the implementation does not take, with https only, beside a route for any host': {
    use: { target: 'vpc-lattice' },
    objects: [
      ingress('one', `tls: [{secretName: tls}], rules: [{host: "*.example.com", http: {paths: [${ROOT}]}}]`),
      ingress('two', `rules: [{http: {paths: [${ROOT}]}}]`),
    ],
  },
  'a redirect to https whose path cannot be written, beside a default backend': {
    objects: [
      ingress(
        'one',
        `${FALLBACK}, rules: [{host: a.example.com, http: {paths: [{path: /${'x'.repeat(1030)}, pathType: Prefix, backend: {service: {name: ssl-redirect, port: {name: use-annotation}}}}]}}]`,
        `{alb.ingress.kubernetes.io/actions.ssl-redirect: '{"Type":"redirect","RedirectConfig":{"Protocol":"HTTPS","Port":"443","StatusCode":"HTTP_301"}}'}`,
        'alb',
      ),
    ],
  },
  'copies of a Service that are in the cluster already': {
    use: { target: 'gke' },
    objects: [
      `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: one, namespace: shop, annotations: {kubernetes.io/ingress.class: gce}}
spec: {${FALLBACK}, rules: [{host: a.example.com, http: {paths: [{path: /*, pathType: ImplementationSpecific, backend: {service: {name: web, port: {name: admin}}}}]}}]}
`,
      SERVICE,
      backendConfig('open', '{timeoutSec: 40}'),
      backendConfig('login', '{timeoutSec: 50}'),
    ],
  },
  'listeners in ListenerSets of a Gateway that has none of its own': {
    use: { gateway: { kind: 'named', namespace: 'edge', name: 'public' }, listeners: 'listenerset' },
    objects: [ingress('one', FALLBACK, '{}', 'alb')],
  },
};

it.each(Object.entries(FOUND))('%s keeps every promise', async (_, { use = {}, objects }) => {
  const files = objects.map((text, index) => ({ file: `${index}.yaml`, text }));
  expect(await brokenPromises(files, { target: 'standard', release: { version: '1.6', channel: 'standard' }, ...use }, null)).toEqual([]);
});
