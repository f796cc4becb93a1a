import { describe, expect, it, test } from 'vitest';
import { ask, codesOf, converted, endsOf, frontendConfig, ingress, object, service, silent } from './converted.ts';

const FRONT = { 'networking.gke.io/v1beta1.FrontendConfig': 'front' };
const TLS = [{ secretName: 'cert' }];
const rules = [{ host: 'a.test', paths: ['/x web'] }];
const WEB = service('web');

describe('ports and redirects', () => {
  test.each([
    [{}, undefined, ['web:80', 'unreachable']],
    [{}, TLS, ['web:80', 'web:80']],
    [{ 'kubernetes.io/ingress.allow-http': 'false' }, TLS, ['unreachable', 'web:80']],
    [{ 'kubernetes.io/ingress.allow-http': 'no' }, TLS, ['web:80', 'web:80']],
    [{ 'kubernetes.io/ingress.allow-http': 'F' }, TLS, ['unreachable', 'web:80']],
    [{ 'ingress.gcp.kubernetes.io/pre-shared-cert': 'c1, c2' }, undefined, ['web:80', 'web:80']],
    [{ 'ingress.gcp.kubernetes.io/pre-shared-cert': 'mcrt-1' }, undefined, ['web:80', 'unreachable']],
    [{ 'networking.gke.io/managed-certificates': 'm' }, undefined, ['web:80', 'web:80']],
  ])('%o with %o', (annotations, tls, expected) => {
    const conversion = converted(ingress({ annotations, rules, ...(tls === undefined ? {} : { tls }) }) + WEB);
    expect(['http', 'https'].map((scheme) => ask(conversion, `${scheme}://a.test/x`))).toEqual(expected);
    expect(silent(conversion)).toEqual([]);
  });

  test.each([
    [undefined, 301],
    ['MOVED_PERMANENTLY_DEFAULT', 301],
    ['FOUND', 302],
    ['SEE_OTHER', 303],
    ['TEMPORARY_REDIRECT', 307],
    ['PERMANENT_REDIRECT', 308],
  ])('redirect with %s', (responseCodeName, status) => {
    const text =
      ingress({ annotations: FRONT, rules, tls: TLS }) + frontendConfig({ redirectToHttps: { enabled: true, responseCodeName } }) + WEB;
    const conversion = converted(text);
    expect(ask(conversion, 'http://a.test/x')).toBe(`${status} https://a.test/x`);
    expect(ask(conversion, 'http://other.test/y')).toBe(`${status} https://other.test/y`);
    expect(ask(conversion, 'http://a.test/unmatched')).toBe(`${status} https://a.test/unmatched`);
    expect(ask(conversion, 'https://a.test/x')).toBe('web:80');
    expect(endsOf(conversion, 'redirectToHttps.enabled')).toEqual(['converted']);
    expect(silent(conversion)).toEqual([]);
  });

  test.each([
    ['off', { redirectToHttps: { enabled: false } }, TLS, {}, 'enabled', ['inert gke/frontend-config/no-redirect'], []],
    [
      'port 80 closed',
      { redirectToHttps: { enabled: true } },
      TLS,
      { 'kubernetes.io/ingress.allow-http': 'false' },
      'enabled',
      ['inert gke/frontend/http-closed'],
      [],
    ],
    [
      'no certificate',
      { redirectToHttps: { enabled: true } },
      undefined,
      {},
      'enabled',
      ['converted'],
      ['gke/frontend/nowhere-to-redirect'],
    ],
    ['SSL policy', { sslPolicy: 'modern' }, TLS, {}, 'sslPolicy', ['unmapped standard/gke/ssl-policy'], []],
    ['no SSL policy', { sslPolicy: '' }, TLS, {}, 'sslPolicy', ['inert gke/frontend-config/policy-removed'], []],
    [
      'misspelt',
      { redirectToHttp: { enabled: true } },
      TLS,
      {},
      'enabled',
      ['unknown gke/frontend-config/unknown-field'],
      ['gke/frontend-config/unknown-field'],
    ],
  ])('%s', (_, spec, tls, annotations, key, ends, codes) => {
    const text =
      ingress({ annotations: { ...FRONT, ...annotations }, rules, ...(tls === undefined ? {} : { tls }) }) + frontendConfig(spec) + WEB;
    const conversion = converted(text);
    expect(endsOf(conversion, key)).toEqual(ends);
    expect(codesOf(conversion)).toEqual(codes);
  });

  it('a FrontendConfig that is not there is told; a redirect the controller noted is taken over', () => {
    const missing = converted(ingress({ annotations: FRONT, rules, tls: TLS }) + WEB);
    expect(endsOf(missing, 'FrontendConfig')).toEqual(['manual gke/frontend-config/not-in-input']);
    expect(ask(missing, 'http://a.test/x')).toBe('web:80');
    const seen = converted(
      ingress({ annotations: { ...FRONT, 'ingress.kubernetes.io/redirect-url-map': 'k8s-rm' }, rules, tls: TLS }) + WEB,
    );
    expect(ask(seen, 'http://a.test/x')).toBe('301 https://a.test/x');
    expect(codesOf(seen)).toEqual(['gke/frontend-config/not-in-input', 'gke/frontend/redirect-seen']);
  });

  test.each([
    ['gke/frontend/no-protocol', { annotations: { 'kubernetes.io/ingress.allow-http': 'false' } }],
    ['gke/frontend/no-secret', { tls: [{ hosts: ['a.test'] }] }],
    [
      'gke/static-ip/both',
      { annotations: { 'kubernetes.io/ingress.global-static-ip-name': 'g', 'kubernetes.io/ingress.regional-static-ip-name': 'r' } },
    ],
    ['gke/frontend/shared-address', { annotations: { 'kubernetes.io/ingress.class': 'gce-internal' }, tls: TLS }],
    ['gke/frontend-config/not-internal', { annotations: { ...FRONT, 'kubernetes.io/ingress.class': 'gce-internal' } }],
  ])('%s freezes the Ingress', (code, more) => {
    const conversion = converted(ingress({ rules, ...more }) + frontendConfig({ redirectToHttps: { enabled: true } }) + WEB);
    expect(codesOf(conversion)).toEqual([code, 'gke/frontend/frozen'].sort());
    expect(silent(conversion)).toEqual([]);
  });
});

describe('certificates', () => {
  const certificates = (text: string) => {
    const hosts = converted(text).tables.flatMap((table) => table.hosts);
    return Object.fromEntries(
      hosts.map(({ host, certificate }) => [
        host,
        certificate.kind === 'secret' ? certificate.name : certificate.kind === 'external' ? certificate.names.join() : certificate.kind,
      ]),
    );
  };
  const two = [
    { host: 'a.test', paths: ['/* web'] },
    { host: 'x.b.test', paths: ['/* web'] },
    { host: 'c.test', paths: ['/* web'] },
  ];

  it('of a TLS section that lists the host or covers it, else the first', () => {
    const tls = [
      { secretName: 'one', hosts: ['a.test'] },
      { secretName: 'two', hosts: ['*.b.test'] },
    ];
    expect(certificates(ingress({ rules: two, tls }) + WEB)).toEqual({ 'a.test': 'one', 'x.b.test': 'two', 'c.test': 'one' });
    expect(codesOf(converted(ingress({ rules: two, tls }) + WEB))).toEqual(['gke/frontend/certificate-guessed']);
  });

  it('of a ManagedCertificate whose domains name the host', () => {
    const managed = object('ManagedCertificate', 'm', { domains: ['c.test'] }, 'networking.gke.io/v1');
    const annotations = { 'networking.gke.io/managed-certificates': 'm' };
    const text = ingress({ rules: two, tls: [{ secretName: 'one' }], annotations }) + WEB + managed;
    expect(certificates(text)).toEqual({ 'a.test': 'one', 'x.b.test': 'one', 'c.test': 'ManagedCertificate m' });
    expect(endsOf(converted(text), 'domains[0]')).toEqual(['manual standard/gke/certificates']);
  });

  it('Secrets that no host is given, and hosts that GKE does not read', () => {
    const tls = [{ secretName: 'one', hosts: ['a.test', 'gone.test'] }, { secretName: 'two' }];
    const conversion = converted(ingress({ rules, tls }) + WEB);
    expect(endsOf(conversion, 'tls[1].secretName')).toEqual(['manual standard/gke/spare-certificates']);
    expect(endsOf(conversion, 'hosts[1]')).toEqual(['inert gke/frontend/hosts-not-read']);
    expect(endsOf(conversion, 'hosts[0]')).toEqual(['converted']);
  });
});

describe('classes', () => {
  it('the field is not read without the annotation', () => {
    const text = ingress({ rules, className: 'gce', annotations: { 'kubernetes.io/ingress.class': '' } }) + WEB;
    const skipped = converted(text);
    expect(skipped.ledger.ingresses.map(({ status }) => status)).toEqual(['skipped']);
    expect(codesOf(skipped)).toEqual(['gke/ingress-class/field-not-read']);
    const asked = converted(text, { classes: { gce: 'gke' } });
    expect(ask(asked, 'http://a.test/x')).toBe('web:80');
    expect(codesOf(asked)).toEqual(['gke/ingress-class/from-now-on']);
  });

  it('the annotation beats the field', () => {
    const conversion = converted(ingress({ rules, className: 'nginx' }) + WEB);
    expect(conversion.tables.map(({ vendor }) => vendor)).toEqual(['gke']);
    expect(ask(conversion, 'http://a.test/x')).toBe('web:80');
  });

  test.each([
    ['gce-multi-cluster', 'gke/ingress-class/instance-groups-only'],
    ['gce-regional', 'gke/ingress-class/other-class'],
  ])('%s is not served', (name, code) => {
    const annotations = { 'kubernetes.io/ingress.class': name, 'kubernetes.io/ingress.global-static-ip-name': 'ip' };
    expect(codesOf(converted(ingress({ rules, annotations }) + WEB))).toEqual([code]);
  });

  it("an Ingress without class is GKE's when its Services say so", () => {
    const text = ingress({ rules })
      .replace(/ {4}kubernetes.io\/ingress.class: gce\n/, '')
      .replace('annotations:\n', 'annotations: {}\n');
    expect(converted(text + service('web', { 'cloud.google.com/neg': '{"ingress":true}' })).tables[0]?.vendor).toBe('gke');
    expect(converted(text + WEB).tables[0]?.vendor).toBe('kubernetes');
  });

  it('an internal one is not opened without a word', () => {
    const conversion = converted(ingress({ rules, annotations: { 'kubernetes.io/ingress.class': 'gce-internal' } }) + WEB);
    expect(endsOf(conversion, 'kubernetes.io/ingress.class')).toEqual(['manual standard/gke/internal']);
  });

  it('two of one name in two namespaces have a Gateway each', () => {
    const gateways = converted(ingress({ rules }) + ingress({ rules, namespace: 'other' }) + WEB).plan.objects.filter(
      ({ object: { kind } }) => kind === 'Gateway',
    );
    expect(gateways.map(({ object: { metadata } }) => `${metadata.namespace}/${metadata.name}`)).toEqual(['other/web', 'shop/web']);
  });

  it('what the controller notes is no setting', () => {
    const annotations = {
      'ingress.kubernetes.io/backends': '{"k8s-be":"HEALTHY"}',
      'ingress.kubernetes.io/static-ip': 'k8s-fw',
      'networking.gke.io/suppress-firewall-xpn-error': 'true',
      'nginx.ingress.kubernetes.io/rewrite-target': '/',
      'cloud.google.com/backend-config': '{"default":"x"}',
      'networking.gke.io/managed-certificate': 'x',
    };
    const conversion = converted(ingress({ rules, annotations }) + WEB);
    expect(Object.keys(annotations).map((name) => endsOf(conversion, name)[0])).toEqual([
      'inert gke/controller-output/status',
      'inert gke/controller-output/address-dies',
      'inert gke/suppress-firewall-xpn-error/inert',
      'inert tool/other-controller/not-its-own',
      'inert gke/misplaced/on-ingress',
      'unknown annotation/misspelt',
    ]);
  });
});
