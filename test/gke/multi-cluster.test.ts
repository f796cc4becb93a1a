import { describe, expect, it } from 'vitest';
import type { HTTPRoute } from '../../src/gateway/types.ts';
import type { ConvertOptions } from '../../src/index.ts';
import { crdViolations, refusedByGke } from '../targets/gke/emitted.ts';
import { ask, codesOf, converted, endsOf, frontendConfig, ingress, object, service, silent } from './converted.ts';

const MC = 'networking.gke.io/v1';

function fleetService(name: string, annotations: Readonly<Record<string, string>> = {}, spec: object = {}): string {
  const template = { spec: { selector: { app: name }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] } };
  return JSON.stringify({
    apiVersion: MC,
    kind: 'MultiClusterService',
    metadata: { name, namespace: 'shop', annotations },
    spec: { template, ...spec },
  }).concat('\n---\n');
}

function fleetIngress(spec: object, annotations: Readonly<Record<string, string>> = {}): string {
  const template = { spec: { backend: { serviceName: 'web', servicePort: 80 }, ...spec } };
  return JSON.stringify({
    apiVersion: MC,
    kind: 'MultiClusterIngress',
    metadata: { name: 'fleet', namespace: 'shop', annotations },
    spec: { template },
  }).concat('\n---\n');
}

const onGke = (text: string, options: Partial<ConvertOptions> = {}) => converted(text, { target: 'gke', ...options });
type Made = ReturnType<typeof onGke>;

function objectsOf({ plan }: Made, kind: string) {
  return plan.objects.map((planned) => planned.object).filter((each) => each.kind === kind);
}

function sound(conversion: Made): void {
  const objects = conversion.plan.objects.map((planned) => planned.object);
  expect(crdViolations(objects)).toEqual([]);
  expect(refusedByGke(objects)).toEqual([]);
  expect(silent(conversion)).toEqual([]);
  expect(conversion.ledger.findings.filter(({ code }) => code === 'ledger/unsettled')).toEqual([]);
}

describe('a MultiClusterIngress on GKE Gateway', () => {
  const rules = [
    {
      host: 'a.test',
      http: {
        paths: [
          { path: '/v1', backend: { serviceName: 'api', servicePort: 80 } },
          { path: '/v2/*', backend: { serviceName: 'api', servicePort: 'http' } },
        ],
      },
    },
  ];
  const text = fleetIngress({ rules }) + fleetService('web') + fleetService('api');

  it('becomes a Gateway of a class for several clusters, whose routes name ServiceImports', () => {
    const conversion = onGke(text);
    expect(objectsOf(conversion, 'Gateway')).toMatchObject([{ spec: { gatewayClassName: 'gke-l7-global-external-managed-mc' } }]);
    const refs = objectsOf(conversion, 'HTTPRoute').flatMap((route) =>
      (route as HTTPRoute).spec.rules.flatMap(({ backendRefs = [] }) => backendRefs),
    );
    expect(refs.length).toBeGreaterThan(2);
    for (const ref of refs) expect(ref).toMatchObject({ group: 'net.gke.io', kind: 'ServiceImport', port: 80 });
    sound(conversion);
  });

  it('reads paths without a type as GKE does', () => {
    const conversion = onGke(text);
    expect(ask(conversion, 'http://a.test/v1')).toBe('api:80');
    expect(ask(conversion, 'http://a.test/v1/x')).toBe('web:80');
    expect(ask(conversion, 'http://a.test/v2/x')).toBe('api:80');
    expect(ask(conversion, 'http://b.test/v1')).toBe('web:80');
  });

  it('is told for every other target, and nothing is written for it', () => {
    for (const target of ['standard', 'envoy-gateway', 'istio']) {
      const conversion = converted(text, { target });
      expect(conversion.plan.objects).toEqual([]);
      expect(endsOf(conversion, 'backend.serviceName')).toContain('manual plan/several-clusters');
      expect(silent(conversion)).toEqual([]);
    }
    expect(onGke(text, { gatewayClass: 'gke-l7-gxlb' }).plan.objects).toEqual([]);
  });

  it('asks for the Services and exports in the clusters that are named', () => {
    const links = { clusters: [{ link: 'europe-west1/one' }, { link: 'us-east1/two' }] };
    const conversion = onGke(fleetIngress({}) + fleetService('web', { 'networking.gke.io/app-protocols': '{"http":"HTTPS"}' }, links));
    const finding = conversion.ledger.findings.find(({ code }) => code === 'gke/multi-cluster/service');
    expect(finding?.steps?.[0]).toBe('gcloud container clusters get-credentials one --location=europe-west1');
    expect(finding?.steps?.[1]).toContain('"appProtocol":"HTTPS"');
    expect(finding?.steps?.[2]).toContain('"kind":"ServiceExport"');
    expect(finding?.steps).toHaveLength(6);
    expect(codesOf(conversion, 'gke-gateway/protocol')).toEqual([]);
    sound(conversion);
  });

  it('has its address by name, its certificates and its FrontendConfig by annotations of its own', () => {
    const annotations = {
      'networking.gke.io/static-ip': 'https://www.googleapis.com/compute/v1/projects/p/global/addresses/fleet-ip',
      'networking.gke.io/pre-shared-certs': 'one,two',
      'networking.gke.io/frontend-config': 'front',
    };
    const front = frontendConfig({ sslPolicy: 'modern', redirectToHttps: { enabled: true } });
    const conversion = onGke(fleetIngress({}, annotations) + fleetService('web') + front);
    expect(objectsOf(conversion, 'Gateway')).toMatchObject([
      {
        spec: {
          addresses: [{ type: 'NamedAddress', value: 'fleet-ip' }],
          listeners: [{ port: 80 }, { port: 443, tls: { options: { 'networking.gke.io/pre-shared-certs': 'one,two' } } }],
        },
      },
    ]);
    expect(ask(conversion, 'http://a.test/')).toBe('301 https://a.test/');
    sound(conversion);
  });

  it('leaves an address that is given as such to a person', () => {
    const conversion = onGke(fleetIngress({}, { 'networking.gke.io/static-ip': '203.0.113.7' }) + fleetService('web'));
    expect(endsOf(conversion, 'static-ip')).toEqual(['manual gke/multi-cluster/address']);
    expect(JSON.stringify(objectsOf(conversion, 'Gateway'))).not.toContain('addresses');
  });

  it('keeps logins: the policy holds for the ServiceImport, and without it the protection is lost', () => {
    const config = object('BackendConfig', 'config', { iap: { enabled: true }, securityPolicy: { name: 'edge' } });
    const conversion = onGke(
      fleetIngress({}) + fleetService('web', { 'cloud.google.com/backend-config': '{"default":"config"}' }) + config,
    );
    expect(objectsOf(conversion, 'GCPBackendPolicy')).toMatchObject([
      {
        spec: {
          targetRef: { group: 'net.gke.io', kind: 'ServiceImport', name: 'web' },
          default: { iap: { enabled: true }, securityPolicy: 'edge' },
        },
      },
    ]);
    sound(conversion);
  });

  it('stays closed where ports of a Service are protected differently', () => {
    const ports = [
      { name: 'http', port: 80 },
      { name: 'admin', port: 81 },
    ];
    const spec = { template: { spec: { selector: { app: 'web' }, ports } } };
    const text =
      fleetIngress({ rules: [{ host: 'admin.test', http: { paths: [{ backend: { serviceName: 'web', servicePort: 81 } }] } }] }) +
      fleetService('web', { 'cloud.google.com/backend-config': '{"ports":{"admin":"config"}}' }, spec) +
      object('BackendConfig', 'config', { iap: { enabled: true } });
    const conversion = onGke(text);
    expect(codesOf(conversion)).toContain('gke/multi-cluster/ports');
    expect(conversion.plan.withheld.length).toBeGreaterThan(0);
    sound(conversion);
  });

  it('needs a default backend, and one that exists', () => {
    const conversion = onGke(fleetIngress({ backend: undefined }));
    expect(codesOf(conversion)).toContain('gke/multi-cluster/no-default');
    expect(codesOf(onGke(fleetIngress({})))).toContain('gke/backend/not-in-input');
  });
});

describe('an Ingress on a class for several clusters', () => {
  const text =
    ingress({ rules: [{ host: 'a.test', paths: ['/* web', '/admin/* web:81'] }] }) +
    service(
      'web',
      { 'cloud.google.com/backend-config': '{"ports":{"81":"config"}}' },
      {
        selector: { app: 'web' },
        ports: [
          { name: 'http', port: 80 },
          { name: 'admin', port: 81 },
        ],
      },
    ) +
    object('BackendConfig', 'config', { iap: { enabled: true } });

  it('names ServiceImports, and exports the Services and their copies', () => {
    const conversion = onGke(text, { gatewayClass: 'gke-l7-global-external-managed-mc' });
    const exported = objectsOf(conversion, 'ServiceExport').map(({ metadata }) => metadata.name);
    expect(exported).toEqual(['web', 'web-81']);
    expect(objectsOf(conversion, 'GCPBackendPolicy')).toMatchObject([{ spec: { targetRef: { kind: 'ServiceImport', name: 'web-81' } } }]);
    expect(conversion.plan.withheld).toEqual([]);
    sound(conversion);
  });

  it('has no exports on any other class', () => {
    expect(objectsOf(onGke(text), 'ServiceExport')).toEqual([]);
  });
});
