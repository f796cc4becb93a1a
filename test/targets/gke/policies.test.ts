import { describe, expect, it, test } from 'vitest';
import type { OutputObject } from '../../../src/gateway/types.ts';
import { convertManifests } from '../../../src/index.ts';
import type { ConvertOptions } from '../../../src/options.ts';
import { converted, endsOf, frontendConfig, ingress, object, service, silent, withBackendConfig } from '../../gke/converted.ts';
import { crdViolations, refusedByGke } from './emitted.ts';

const onGke = (text: string, options: Partial<ConvertOptions> = {}) => converted(text, { ...options, target: 'gke' });
type Made = ReturnType<typeof onGke>;

function written({ plan }: Made, kind: string): readonly OutputObject[] {
  return plan.objects.map((planned) => planned.object).filter((each) => each.kind === kind);
}

function specsOf(conversion: Made, kind: string): readonly unknown[] {
  return written(conversion, kind).map((each) => (each as { spec?: unknown }).spec);
}

/** The settings of the only policy of a kind. */
function settings(conversion: Made, kind: string): unknown {
  return (specsOf(conversion, kind)[0] as { default?: unknown } | undefined)?.default;
}

function sound(conversion: Made): void {
  const objects = conversion.plan.objects.map((planned) => planned.object);
  expect(crdViolations(objects)).toEqual([]);
  expect(refusedByGke(objects)).toEqual([]);
  expect(silent(conversion)).toEqual([]);
}

const LOGGED = { enabled: true, sampleRate: 1_000_000 };
const codes = ({ ledger }: Made) => ledger.findings.map(({ code }) => code).filter((code) => /^gke-gateway\/(?!switch\/steps)/.test(code));

describe('GCPBackendPolicy', () => {
  test.each([
    [{ timeoutSec: 40 }, { timeoutSec: 40, logging: LOGGED }],
    [{ securityPolicy: { name: 'edge' } }, { securityPolicy: 'edge', logging: LOGGED }],
    [{ connectionDraining: { drainingTimeoutSec: 60 } }, { connectionDraining: { drainingTimeoutSec: 60 }, logging: LOGGED }],
    [{ sessionAffinity: { affinityType: 'CLIENT_IP' } }, { sessionAffinity: { type: 'CLIENT_IP' }, logging: LOGGED }],
    [
      { sessionAffinity: { affinityType: 'GENERATED_COOKIE', affinityCookieTtlSec: 50 } },
      { sessionAffinity: { type: 'GENERATED_COOKIE', cookieTtlSec: 50 }, logging: LOGGED },
    ],
    [{ logging: { enable: false } }, { logging: { enabled: false } }],
    [{ logging: { enable: true, sampleRate: 0.25 } }, { logging: { enabled: true, sampleRate: 250_000 } }],
    [{ iap: { enabled: true } }, { iap: { enabled: true }, logging: LOGGED }],
  ])('%o', (spec, expected) => {
    const conversion = onGke(withBackendConfig(spec));
    expect(settings(conversion, 'GCPBackendPolicy')).toEqual(expected);
    expect(conversion.plan.withheld).toEqual([]);
    sound(conversion);
  });

  it('none for a Service of which nothing is said', () => {
    const conversion = onGke(ingress({ rules: [{ paths: ['/* web'] }] }) + service('web'));
    expect(specsOf(conversion, 'GCPBackendPolicy')).toEqual([]);
    expect(codes(conversion)).toEqual(['gke-gateway/health-check/unknown']);
  });

  it('IAP with a client of its own: a new Secret with one key, and the id in clear text', () => {
    const secret =
      'apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: shop}\nstringData: {client_id: id.apps, client_secret: hunter2}\n';
    const spec = { iap: { enabled: true, oauthclientCredentials: { secretName: 's' } } };
    const conversion = onGke(withBackendConfig(spec) + secret);
    expect(settings(conversion, 'GCPBackendPolicy')).toMatchObject({
      iap: { enabled: true, clientID: 'id.apps', oauth2ClientSecret: { name: 's-key' } },
    });
    expect(JSON.stringify(conversion)).not.toContain('hunter2');
    expect(endsOf(conversion, 'iap.enabled')).toEqual(['manual gke-gateway/access/iap-own-client']);
    const missing = onGke(withBackendConfig(spec));
    expect(settings(missing, 'GCPBackendPolicy')).toMatchObject({ iap: { clientID: 'CLIENT_ID' } });
    sound(conversion);
  });

  it('what cannot be known stays closed', () => {
    const text = ingress({ rules: [{ paths: ['/* web'] }] }) + service('web', { 'cloud.google.com/backend-config': '{"default":"gone"}' });
    expect(onGke(text).plan.withheld).toHaveLength(1);
    const signed = { cdn: { enabled: true, signedUrlKeys: [{ keyName: 'k', secretName: 's' }] } };
    expect(onGke(withBackendConfig(signed)).plan.withheld).toHaveLength(1);
  });

  it('of regional Gateways', () => {
    const armor = withBackendConfig({ securityPolicy: { name: 'edge' } });
    expect(endsOf(onGke(armor, { gatewayClass: 'gke-l7-regional-external-managed' }), 'securityPolicy.name')).toEqual([
      'manual gke-gateway/access/regional-armor',
    ]);
    expect(onGke(armor, { gatewayClass: 'gke-l7-cross-regional-internal-managed-mc' }).plan.withheld).toHaveLength(1);
    const cdn = withBackendConfig({ cdn: { enabled: true } });
    expect(endsOf(onGke(cdn, { gatewayClass: 'gke-l7-gxlb' }), 'cdn.enabled')).toEqual(['unmapped gke-gateway/load-balancer/no-cdn']);
  });
});

describe('HealthCheckPolicy', () => {
  const probe = { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 7 };
  const deployment = (readinessProbe: object | undefined, ports: readonly object[] = [{ name: 'web', containerPort: 8080 }]) =>
    object(
      'Deployment',
      'web',
      {
        template: {
          metadata: { labels: { app: 'web', tier: 'x' } },
          spec: { containers: [{ name: 'web', ports, ...(readinessProbe === undefined ? {} : { readinessProbe }) }] },
        },
      },
      'apps/v1',
    );
  const checkOf = (text: string, annotations: Readonly<Record<string, string>> = {}, port: object = {}) => {
    const ports = [{ name: 'http', port: 80, targetPort: 8080, ...port }];
    const conversion = onGke(
      ingress({ rules: [{ paths: ['/* web'] }] }) + service('web', annotations, { selector: { app: 'web' }, ports }) + text,
    );
    sound(conversion);
    return { check: settings(conversion, 'HealthCheckPolicy') as object | undefined, codes: codes(conversion) };
  };
  const http = (requestPath: string, more: object = {}) => ({
    type: 'HTTP',
    httpHealthCheck: { portSpecification: 'USE_SERVING_PORT', requestPath, ...more },
  });

  it('from the readiness probe: path, period and timeout, not the thresholds', () => {
    expect(checkOf(deployment({ ...probe, failureThreshold: 9 })).check).toEqual({
      checkIntervalSec: 7,
      timeoutSec: 1,
      healthyThreshold: 1,
      unhealthyThreshold: 2,
      config: http('/ready'),
    });
  });

  test.each([
    ['by name', deployment({ httpGet: { path: '/r', port: 'web' } }), {}, '/r'],
    ['target port by name', deployment(probe), { targetPort: 'web' }, '/ready'],
    ['another port', deployment({ httpGet: { path: '/r', port: 9090 } }), {}, undefined],
    ['another scheme', deployment({ httpGet: { path: '/r', port: 8080, scheme: 'HTTPS' } }), {}, undefined],
    ['a header', deployment({ httpGet: { path: '/r', port: 8080, httpHeaders: [{ name: 'X-A', value: 'b' }] } }), {}, undefined],
    ['no HTTP', deployment({ tcpSocket: { port: 8080 } }), {}, undefined],
    ['a port that the container does not list', deployment(probe, []), {}, undefined],
  ])('%s', (_, text, port, path) => {
    const { check, codes: told } = checkOf(text, {}, port);
    expect((check as { config?: { httpHealthCheck?: { requestPath?: string } } } | undefined)?.config?.httpHealthCheck?.requestPath).toBe(
      path,
    );
    expect(told).toEqual([]);
  });

  it('with the Host header of the probe', () => {
    const probed = deployment({ httpGet: { path: '/r', port: 8080, httpHeaders: [{ name: 'Host', value: 'App.test' }] } });
    expect(checkOf(probed).check).toMatchObject({ config: http('/r', { host: 'app.test' }) });
  });

  it('what a BackendConfig says counts over the probe, and all is written', () => {
    const config = object('BackendConfig', 'c', { healthCheck: { timeoutSec: 20, port: 15_021, unhealthyThreshold: 4 } });
    const { check } = checkOf(deployment(probe) + config, { 'cloud.google.com/backend-config': '{"default":"c"}' });
    expect(check).toEqual({
      checkIntervalSec: 7,
      timeoutSec: 7,
      healthyThreshold: 1,
      unhealthyThreshold: 4,
      config: { type: 'HTTP', httpHealthCheck: { portSpecification: 'USE_FIXED_PORT', port: 15_021, requestPath: '/ready' } },
    });
  });

  it('a node port is the port behind it', () => {
    const config = object('BackendConfig', 'c', { healthCheck: { port: 30_080 } });
    const { check, codes: told } = checkOf(config, { 'cloud.google.com/backend-config': '{"default":"c"}' }, { nodePort: 30_080 });
    expect(check).toMatchObject({ config: { httpHealthCheck: { port: 8080 } } });
    expect(told).toEqual(['gke-gateway/health-check/node-port']);
  });

  test.each([
    ['HTTPS', 'httpsHealthCheck'],
    ['HTTP2', 'http2HealthCheck'],
  ])('speaks %s as the backend does, whose Service has to say so', (protocol, member) => {
    const { check, codes: told } = checkOf('', { 'cloud.google.com/app-protocols': JSON.stringify({ http: protocol }) });
    expect(check).toMatchObject({ config: { type: protocol, [member]: { requestPath: '/' } } });
    expect(told).toEqual(['gke-gateway/protocol/app-protocol']);
    expect(checkOf('', { 'cloud.google.com/app-protocols': JSON.stringify({ http: protocol }) }, { appProtocol: protocol }).codes).toEqual(
      [],
    );
  });
});

describe('Services whose ports differ', () => {
  it('are copied, a port each, and the policies hold for the copies', () => {
    const ports = {
      selector: { app: 'web' },
      ports: [
        { name: 'http', port: 80, targetPort: 8080 },
        { name: 'admin', port: 81, targetPort: 'adm' },
      ],
    };
    const text = [
      ingress({
        rules: [
          { host: 'a.test', paths: ['/* web'] },
          { host: 'b.test', paths: ['/* web:admin'] },
        ],
      }),
      service(
        'web',
        { 'cloud.google.com/backend-config': '{"ports":{"admin":"c"}}', 'cloud.google.com/app-protocols': '{"admin":"HTTPS"}' },
        ports,
      ),
      object('BackendConfig', 'c', { iap: { enabled: true } }),
    ].join('');
    const conversion = onGke(text);
    expect(written(conversion, 'Service').map(({ metadata }) => metadata.name)).toEqual(['web-81']);
    expect(specsOf(conversion, 'Service')).toEqual([
      { selector: { app: 'web' }, ports: [{ name: 'admin', port: 81, targetPort: 'adm', appProtocol: 'HTTPS' }] },
    ]);
    expect(specsOf(conversion, 'GCPBackendPolicy')).toMatchObject([
      { targetRef: { kind: 'Service', name: 'web-81' }, default: { iap: { enabled: true } } },
    ]);
    const refs = conversion.plan.objects.flatMap(
      (planned) => JSON.stringify(planned.object).match(/"backendRefs":\[\{"name":"[^"]+"/g) ?? [],
    );
    expect(refs.sort()).toEqual(['"backendRefs":[{"name":"web"', '"backendRefs":[{"name":"web-81"']);
    sound(conversion);
  });
});

describe('the Gateway', () => {
  const rules = [
    { host: 'a.test', paths: ['/* web'] },
    { host: 'b.test', paths: ['/x web'] },
  ];
  const gatewayOf = (more: object, rest = '', options: Partial<ConvertOptions> = {}) => {
    const conversion = onGke(ingress({ rules, ...more }) + service('web') + rest, options);
    sound(conversion);
    const [gateway] = written(conversion, 'Gateway');
    return { gateway, conversion };
  };
  const managed = object('ManagedCertificate', 'm', { domains: ['a.test', 'b.test'] }, 'networking.gke.io/v1');

  test.each([
    ['gce', 'gke-l7-global-external-managed'],
    ['gce-internal', 'gke-l7-rilb'],
    ['gce-regional-external', 'gke-l7-regional-external-managed'],
  ])('of class %s', (name, expected) => {
    expect(gatewayOf({ annotations: { 'kubernetes.io/ingress.class': name } }).gateway).toMatchObject({
      spec: { gatewayClassName: expected },
    });
  });

  it('has one listener for all hosts of a port, with all Secrets', () => {
    const { gateway } = gatewayOf({ tls: [{ secretName: 'one', hosts: ['a.test'] }, { secretName: 'two' }, { secretName: 'one' }] });
    expect(gateway).toMatchObject({
      spec: {
        listeners: [
          { name: 'http', protocol: 'HTTP', port: 80 },
          { name: 'https', protocol: 'HTTPS', port: 443, tls: { mode: 'Terminate', certificateRefs: [{ name: 'one' }, { name: 'two' }] } },
        ],
      },
    });
  });

  it('names SslCertificates as an option of the listener', () => {
    const { gateway } = gatewayOf({ annotations: { 'ingress.gcp.kubernetes.io/pre-shared-cert': 'c1, mcrt-9,c2' } });
    expect(gateway).toMatchObject({
      spec: { listeners: [{}, { tls: { mode: 'Terminate', options: { 'networking.gke.io/pre-shared-certs': 'c1,c2' } } }] },
    });
  });

  it('names a certificate map, and its HTTPS listener says nothing of TLS; the steps have real names', () => {
    const { gateway, conversion } = gatewayOf({ annotations: { 'networking.gke.io/managed-certificates': 'm' } }, managed);
    expect(gateway?.metadata.annotations).toEqual({ 'networking.gke.io/certmap': 'web-map' });
    expect(JSON.stringify(gateway)).not.toContain('"tls"');
    const finding = conversion.ledger.findings.find(({ code }) => code === 'gke-gateway/switch/outside');
    for (const step of ['maps create web-map', 'maps entries create b-test --map=web-map --certificates=b-test --hostname=b.test'])
      expect(finding?.steps).toContain(`gcloud certificate-manager ${step}`);
    expect(endsOf(conversion, 'domains[0]')).toEqual(['manual gke-gateway/certificates/map']);
  });

  it('of a regional class names the certificates instead', () => {
    const annotations = { 'networking.gke.io/managed-certificates': 'm' };
    const { gateway } = gatewayOf({ annotations }, managed, { gatewayClass: 'gke-l7-regional-external-managed' });
    expect(gateway).toMatchObject({
      spec: { listeners: [{}, { tls: { options: { 'networking.gke.io/cert-manager-certs': 'a-test,b-test' } } }] },
    });
  });

  it('takes certificates from one place: what stands beside Secrets is left to a person', () => {
    const { gateway, conversion } = gatewayOf({
      annotations: { 'ingress.gcp.kubernetes.io/pre-shared-cert': 'c1' },
      tls: [{ secretName: 'one' }],
    });
    expect(JSON.stringify(gateway)).not.toContain('c1');
    expect(endsOf(conversion, 'pre-shared-cert')).toEqual(['manual gke-gateway/certificates/beside']);
  });

  it('has the address, the SSL policy and the redirect', () => {
    const annotations = { 'kubernetes.io/ingress.global-static-ip-name': 'ip', 'networking.gke.io/v1beta1.FrontendConfig': 'front' };
    const front = frontendConfig({ sslPolicy: 'modern', redirectToHttps: { enabled: true, responseCodeName: 'PERMANENT_REDIRECT' } });
    const { gateway, conversion } = gatewayOf({ annotations, tls: [{ secretName: 'one' }] }, front);
    expect(gateway).toMatchObject({ spec: { addresses: [{ type: 'NamedAddress', value: 'ip' }] } });
    expect(specsOf(conversion, 'GCPGatewayPolicy')).toEqual([
      { targetRef: { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'web' }, default: { sslPolicy: 'modern' } },
    ]);
    expect(endsOf(conversion, 'responseCodeName')).toEqual(['approximated gke-gateway/redirect/status']);
  });
});

describe('Ingresses of other vendors', () => {
  const nginx = (annotations: Readonly<Record<string, string>>, paths: readonly string[] = ['/ web Prefix']) => {
    const own = Object.fromEntries(Object.entries(annotations).map(([name, value]) => [`nginx.ingress.kubernetes.io/${name}`, value]));
    const text =
      ingress({ rules: [{ host: 'a.test', paths }], annotations: { 'kubernetes.io/ingress.class': 'nginx', ...own } }) + service('web');
    const conversion = convertManifests([{ file: 'in.yaml', text }], { target: 'gke' });
    sound(conversion);
    return conversion;
  };

  test.each([
    [{ 'backend-protocol': 'HTTPS' }, 'manual gke-gateway/protocol/app-protocol'],
    [{ 'backend-protocol': 'GRPC' }, 'manual gke-gateway/protocol/app-protocol'],
    [{ 'load-balance': 'ewma' }, 'approximated gke-gateway/backend/algorithm'],
    [{ affinity: 'cookie' }, 'approximated gke-gateway/backend/cookie'],
    [{ 'whitelist-source-range': '10.0.0.0/8' }, 'manual gke-gateway/access/address-list'],
    [{ 'enable-cors': 'true' }, 'approximated gke-gateway/cors-preview'],
  ])('%o', (annotations, end) => {
    const [name = ''] = Object.keys(annotations);
    expect(endsOf(nginx(annotations), `/${name}`)).toEqual([end]);
  });

  it('patterns, and conditions on a method, are not written', () => {
    expect(nginx({ 'use-regex': 'true' }, ['/[a-z]+/x web ImplementationSpecific']).ledger.findings.map(({ code }) => code)).toContain(
      'plan/path-not-expressible',
    );
    expect(nginx({ 'rewrite-target': '/y' }, ['/x web Exact']).ledger.findings.map(({ code }) => code)).toContain('plan/rewrite-whole');
  });
});
