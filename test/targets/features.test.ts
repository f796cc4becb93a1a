import { describe, expect, it } from 'vitest';
import { lackingFeatures, type SupportedFeatures } from '../../src/gateway/features.ts';
import { convertManifests } from '../../src/index.ts';
import { DEFAULT_OPTIONS } from '../../src/options.ts';
import { gateshift } from '../cli/session.ts';
import { fileWith } from './conformance-file.ts';

const ANNOTATIONS = {
  'nginx.ingress.kubernetes.io/rewrite-target': '/new',
  'nginx.ingress.kubernetes.io/enable-cors': 'true',
  'nginx.ingress.kubernetes.io/upstream-vhost': 'inner.test',
};

const manifest = (annotations: Readonly<Record<string, string>>) =>
  JSON.stringify({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'shop', namespace: 'shop', annotations },
    spec: {
      ingressClassName: 'nginx',
      tls: [{ hosts: ['shop.test'], secretName: 'shop' }],
      rules: [
        {
          host: 'shop.test',
          http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'shop', port: { number: 80 } } } }] },
        },
      ],
    },
  });

const CORE = ['Gateway', 'HTTPRoute', 'ReferenceGrant'];
const says = (supported: readonly string[], more: Partial<SupportedFeatures> = {}): SupportedFeatures => ({
  source: 'GatewayClass web',
  supported: [...CORE, ...supported],
  unsupported: [],
  gatewayApi: null,
  ...more,
});

const made = (annotations: Readonly<Record<string, string>>, features: SupportedFeatures | null) =>
  convertManifests([{ file: 'in.yaml', text: manifest(annotations) }], {
    features,
    release: { version: '1.6', channel: 'experimental' },
  });

const written = (conversion: ReturnType<typeof made>) => JSON.stringify(conversion.plan.objects.map(({ object }) => object));

describe('features that are not supported', () => {
  it('are those that nobody names, as far as the tests know them', () => {
    const { release } = DEFAULT_OPTIONS;
    expect(lackingFeatures(says([]), release)).toContain('UDPRoute');
    expect(lackingFeatures(says(['UDPRoute']), release)).not.toContain('UDPRoute');
    const older = lackingFeatures(says([], { gatewayApi: 'v1.4.0' }), release);
    expect([older.has('HTTPRouteCORS'), older.has('UDPRoute'), older.has('HTTPRoute308RedirectStatusCode')]).toEqual([true, false, false]);
  });

  it('change nothing where all are supported', () => {
    const all = [...lackingFeatures(says([]), DEFAULT_OPTIONS.release)];
    expect(written(made(ANNOTATIONS, says(all)))).toBe(written(made(ANNOTATIONS, null)));
  });

  it.each([
    ['HTTPRouteCORS', '"cors"', 'nginx.ingress.kubernetes.io/enable-cors'],
    ['HTTPRouteHostRewrite', '"inner.test"', 'nginx.ingress.kubernetes.io/upstream-vhost'],
  ] as const)('leave %s out and say so', (feature, field, name) => {
    const all = [...lackingFeatures(says([]), DEFAULT_OPTIONS.release)];
    expect(written(made(ANNOTATIONS, null))).toContain(field);
    const conversion = made(ANNOTATIONS, says(all.filter((each) => each !== feature)));
    expect(written(conversion)).not.toContain(field);
    const line = conversion.ledger.entries.find(({ entry }) => entry.name === name);
    expect([line?.outcome, line?.finding?.code, line?.finding?.args]).toEqual([
      'unmapped',
      'target/feature/setting',
      { source: 'GatewayClass web', feature },
    ]);
  });

  it('close what cannot be rewritten or redirected', () => {
    const all = [...lackingFeatures(says([]), DEFAULT_OPTIONS.release)];
    const without = (feature: string) => made(ANNOTATIONS, says(all.filter((each) => each !== feature)));
    expect(written(without('HTTPRoutePathRewrite'))).not.toContain('"urlRewrite":{"hostname":"inner.test","path"');
    expect(without('HTTPRoutePathRewrite').ledger.findings.map(({ code }) => code)).toContain('plan/rewrite-unsupported');
    expect(written(without('HTTPRouteSchemeRedirect'))).not.toContain('requestRedirect');
    expect(written(without('HTTPRoute308RedirectStatusCode'))).toContain('"statusCode":301');
  });
});

describe('what a report says beside its lists', () => {
  const codes = (features: SupportedFeatures, target = 'envoy-gateway') =>
    convertManifests([{ file: 'in.yaml', text: manifest({}) }], { features, target }).ledger.findings.flatMap(({ code, args }) =>
      code.startsWith('target/feature/') ? [[code, args]] : [],
    );
  const all = [...lackingFeatures(says([]), DEFAULT_OPTIONS.release)];
  const report = says(all, { source: 'the conformance report of demo v1', gatewayApi: 'v1.6.1', project: 'envoy-gateway' });

  it('is told', () => {
    expect(codes(report)).toEqual([]);
    expect(codes({ ...report, project: 'cilium' })).toMatchObject([['target/feature/other-implementation', { target: 'Envoy Gateway' }]]);
    expect(codes({ ...report, project: 'cilium' }, 'standard')).toEqual([]);
    expect(codes({ ...report, project: 'gke-gateway' }, 'gke')).toEqual([]);
    expect(codes({ ...report, leftOut: ['HTTPRouteHTTPSListener'] })).toMatchObject([
      ['target/feature/core-tests', { tests: 'HTTPRouteHTTPSListener' }],
    ]);
    expect(
      codes(
        says(
          all.filter((name) => !/^(?:TCP|UDP)/.test(name)),
          { gatewayApi: 'v1.5.1' },
        ),
      ),
    ).toMatchObject([['target/feature/untested', { tested: 'v1.5.1', asked: '1.6', features: 'TCPRoute, UDPRoute' }]]);
  });
});

describe('a redirect to https that nobody asked for', () => {
  it('is told where it cannot be written, once an Ingress', () => {
    const { ledger } = made({}, says([]));
    expect(ledger.findings.filter(({ code }) => code === 'plan/redirect-not-expressible')).toMatchObject([
      { level: 'error', at: { file: 'in.yaml', line: 1 }, host: 'shop.test' },
    ]);
    expect(made({}, says(['HTTPRouteSchemeRedirect'])).ledger.findings.map(({ code }) => code)).not.toContain(
      'plan/redirect-not-expressible',
    );
  });
});

describe('a backend that speaks TLS', () => {
  it('is not spoken to in clear text in silence', () => {
    const annotations = { 'nginx.ingress.kubernetes.io/backend-protocol': 'HTTPS' };
    expect(made(annotations, says([])).ledger.findings.filter(({ code }) => code === 'target/feature/clear-text')).toMatchObject([
      { level: 'error', security: true, args: { feature: 'BackendTLSPolicy' } },
    ]);
  });

  it('over HTTP/2 without TLS needs a feature of its own', () => {
    const annotations = { 'nginx.ingress.kubernetes.io/backend-protocol': 'GRPC' };
    expect(
      made(annotations, says([])).ledger.findings.flatMap(({ code, args }) => (code === 'target/feature/setting' ? [args] : [])),
    ).toMatchObject([{ feature: 'HTTPRouteBackendProtocolH2C' }]);
  });
});

describe('--conformance', () => {
  const report = `apiVersion: gateway.networking.k8s.io/v1
kind: ConformanceReport
gatewayAPIVersion: v1.4.0
implementation: { project: demo, version: v1 }
profiles:
  - name: GATEWAY-HTTP
    core: { result: success }
    extended: { supportedFeatures: [HTTPRoutePathRewrite, HTTPRouteSchemeRedirect], unsupportedFeatures: [HTTPRouteHostRewrite] }
`;
  const gatewayClass = `apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: { name: web }
status: { supportedFeatures: [{ name: HTTPRoute }, { name: HTTPRoutePathRewrite }, { name: HTTPRouteSchemeRedirect }] }
`;

  it.each([
    ['a report', report, 'the conformance report of demo v1'],
    ['a GatewayClass', gatewayClass, 'GatewayClass web'],
  ])('takes %s', async (_, text, source) => {
    const file = fileWith(text);
    const { stdout } = await gateshift(['check', '-', '--conformance', file], {
      stdin: manifest({ 'nginx.ingress.kubernetes.io/upstream-vhost': 'inner.test' }),
    });
    expect(stdout).toContain(`${source} does not name HTTPRouteHostRewrite`);
  });

  it('takes the statement about each target out of several, in compare as well', async () => {
    const other = report
      .replace('demo', 'traefik')
      .replace('[HTTPRouteHostRewrite]', '[HTTPRouteCORS]')
      .replace(', HTTPRouteSchemeRedirect', ', HTTPRouteSchemeRedirect, HTTPRouteHostRewrite');
    const file = fileWith([report.replace('demo', 'envoy-gateway'), other].join('---\n'));
    const stdin = manifest({ 'nginx.ingress.kubernetes.io/upstream-vhost': 'inner.test' });
    const checked = await gateshift(['check', '-', '--conformance', file, '--target', 'traefik', '--channel', 'experimental'], { stdin });
    expect(checked.stdout).not.toContain('does not name HTTPRouteHostRewrite');
    const { stdout } = await gateshift(
      ['compare', '-', '--conformance', file, '--targets', 'envoy-gateway,traefik', '--format', 'json', '--channel', 'experimental'],
      { stdin },
    );
    const { bySetting } = JSON.parse(stdout);
    const row = bySetting.find(({ name }: { name: string }) => name.endsWith('upstream-vhost'));
    expect([row.on['envoy-gateway'].lost, row.on.traefik.lost]).toEqual([1, 0]);
  });

  it.each([
    ['of another target', [report.replace('demo', 'traefik'), report.replace('demo', 'kgateway')], 'nothing in'],
    ['twice of the same', [report.replace('demo', 'cilium'), report.replace('demo', 'cilium')], 'several statements about cilium'],
  ])('refuses several statements %s', async (_, texts, message) => {
    const { stderr, code } = await gateshift(['check', '-', '--target', 'cilium', '--conformance', fileWith(texts.join('---\n'))], {
      stdin: manifest({}),
    });
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  it('looks past what a mesh supports, and takes profiles as they were called in 1.0', async () => {
    const text = `kind: ConformanceReport
gatewayAPIVersion: v1.0.0
implementation: { project: demo, version: 1.20 }
profiles:
  - name: HTTP
    core: { result: success }
    extended: { supportedFeatures: [HTTPRouteSchemeRedirect] }
  - name: MESH
    core: { result: success }
    extended: { supportedFeatures: [HTTPRouteHostRewrite] }
`;
    const { stdout } = await gateshift(['check', '-', '--conformance', fileWith(text)], {
      stdin: manifest({ 'nginx.ingress.kubernetes.io/upstream-vhost': 'inner.test' }),
    });
    expect(stdout).toContain('the conformance report of demo 1.20 does not name HTTPRouteHostRewrite');
  });

  it('refuses a file that says nothing of it', async () => {
    const file = fileWith('kind: Other\n');
    const { stderr, code } = await gateshift(['check', '-', '--conformance', file], { stdin: manifest({}) });
    expect([code, stderr]).toEqual([2, expect.stringContaining('neither a ConformanceReport nor a GatewayClass')]);
  });
});
