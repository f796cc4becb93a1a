import { describe, expect, it } from 'vitest';
import { controllerOf } from '../../rules/nginx/controller/controller.ts';
import { convert } from '../../src/convert.ts';
import { type ConvertOptions, DEFAULT_OPTIONS } from '../../src/options.ts';
import { estateOf } from '../read/estate-of.ts';

const configMap = (name: string, data: Readonly<Record<string, string>>, namespace = 'ingress-nginx') =>
  JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data });

const deployment = (...args: readonly string[]) =>
  JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'c', namespace: 'edge' },
    spec: { template: { spec: { containers: [{ image: 'registry.example/ingress-nginx/controller:v1', args }] } } },
  });

const ingress = (annotations: Readonly<Record<string, string>>, name = 'web') =>
  JSON.stringify({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace: 'shop', annotations },
    spec: {
      ingressClassName: 'nginx',
      rules: [
        {
          host: `${name}.test`,
          http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }] },
        },
      ],
    },
  });

const of = (documents: readonly string[], options: Partial<ConvertOptions> = {}) =>
  controllerOf(estateOf(documents.join('\n---\n')), { ...DEFAULT_OPTIONS, ...options });

const configOf = (documents: readonly string[], options: Partial<ConvertOptions> = {}) => {
  const { config } = of(documents, options);
  return config === null ? null : Object.fromEntries([...config].map(([key, { value }]) => [key, value]));
};

describe('the ConfigMap of the controller', () => {
  const map = (name: string) => configMap(name, { 'proxy-body-size': '8m' });

  it.each(['ingress-nginx-controller', 'edge-ingress-nginx-controller', 'nginx-configuration', 'nginx-load-balancer-conf'])(
    'is found by its usual name %s',
    (name) => expect(configOf([map(name)])).toEqual({ 'proxy-body-size': '8m' }),
  );

  it('is not guessed at: neither by another name nor among several', () => {
    expect(configOf([map('settings')])).toBeNull();
    expect(configOf([map('ingress-nginx-controller'), map('nginx-configuration')])).toBeNull();
  });

  it('is the one that the flags or the user name', () => {
    const both = [configMap('mine', { hsts: 'false' }, 'edge'), map('ingress-nginx-controller')];
    expect(configOf([...both, deployment('/nginx-ingress-controller', '--configmap=$(POD_NAMESPACE)/mine')])).toEqual({ hsts: 'false' });
    expect(configOf(both, { nginxConfigMap: { namespace: 'edge', name: 'mine' } })).toEqual({ hsts: 'false' });
  });
});

describe('the flags of the controller', () => {
  const flags = (...documents: readonly string[]) => Object.fromEntries(of(documents).flags);

  it('are those of its Deployment; of several controllers, nobody knows whose', () => {
    expect(flags(deployment('--enable-ssl-passthrough', '--ingress-class=edge'))).toEqual({
      'enable-ssl-passthrough': 'true',
      'ingress-class': 'edge',
    });
    expect(flags(deployment('--a=1'), deployment('--a=2').replace('"c"', '"d"'))).toEqual({});
    expect(flags(deployment('--a=1').replace('ingress-nginx/controller', 'other/thing'))).toEqual({});
  });

  it('given by the user count over them', () => {
    const { flags: both } = of([deployment('--a=1', '--b=2')], { nginxFlags: { a: '3' } });
    expect(Object.fromEntries(both)).toEqual({ a: '3', b: '2' });
  });

  it('switch passthrough off where they are known and it is not among them', () => {
    const passed = ingress({ 'nginx.ingress.kubernetes.io/ssl-passthrough': 'true' });
    const outcome = (...documents: readonly string[]) => {
      const { ledger } = convert(estateOf([passed, ...documents].join('\n---\n')), DEFAULT_OPTIONS);
      const line = ledger.entries.find(({ entry }) => entry.name.endsWith('ssl-passthrough'));
      return `${line?.outcome} ${line?.finding?.code}`;
    };
    expect(outcome(deployment('--ingress-class=nginx'))).toBe('inert nginx/ssl-passthrough/switched-off');
    expect(outcome()).toBe('converted undefined');
  });
});

describe('what the ConfigMap says for all', () => {
  const ends = (documents: readonly string[]) => {
    const { ledger } = convert(estateOf(documents.join('\n---\n')), DEFAULT_OPTIONS);
    return Object.fromEntries(
      ledger.entries
        .filter(({ entry }) => entry.object.kind === 'ConfigMap')
        .map(({ entry, outcome, finding }) => [entry.key.replace(/^.*data\.?/, ''), `${outcome} ${finding?.code ?? ''}`.trim()]),
    );
  };
  const map = (data: Readonly<Record<string, string>>) => configMap('ingress-nginx-controller', data);

  it('ends somewhere, read by an Ingress or not', () => {
    const settings = map({ 'proxy-body-size': '8m', 'proxy-body-siz': '8m', 'proxy-read-timeout': 'soon', gibberish: 'x' });
    expect(ends([settings, ingress({})])).toEqual({
      'proxy-body-size': 'unmapped standard/body-size/no-field',
      'proxy-body-siz': 'unknown nginx/config/misspelt',
      'proxy-read-timeout': 'inert nginx/value/invalid',
      gibberish: 'unknown nginx/config/unknown',
    });
    expect(ends([map({ 'proxy-body-size': '8m' }), ingress({ 'nginx.ingress.kubernetes.io/proxy-body-size': '2m' })])).toEqual({
      'proxy-body-size': 'inert nginx/config/overridden',
    });
    expect(ends([map({ 'proxy-body-size': '8m' })])).toEqual({});
  });

  it('withholds what it protects, and only that', () => {
    const documents = [
      map({ 'block-cidrs': '192.0.2.0/24', 'whitelist-source-range': '10.0.0.0/8' }),
      ingress({}, 'closed'),
      ingress({ 'nginx.ingress.kubernetes.io/allowlist-source-range': '0.0.0.0/0,::/0' }, 'still-blocked'),
    ];
    const { plan } = convert(estateOf(documents.join('\n---\n')), DEFAULT_OPTIONS);
    expect(plan.withheld.map(({ host }) => host).sort()).toEqual(['closed.test', 'still-blocked.test']);
    const open = convert(
      estateOf(
        [map({ 'global-auth-url': 'http://a.test' }), ingress({ 'nginx.ingress.kubernetes.io/enable-global-auth': 'false' })].join(
          '\n---\n',
        ),
      ),
      DEFAULT_OPTIONS,
    );
    expect(open.plan.withheld).toEqual([]);
  });

  it('stays closed where a list cannot be read: nginx does not start with it', () => {
    for (const key of ['whitelist-source-range', 'denylist-source-range', 'block-cidrs']) {
      const { plan } = convert(estateOf([map({ [key]: 'office' }), ingress({})].join('\n---\n')), DEFAULT_OPTIONS);
      expect(plan.withheld.map(({ host }) => host)).toEqual(['web.test']);
    }
  });

  it('of addresses for all hosts does not hold beside a list of an Ingress', () => {
    const own = { 'nginx.ingress.kubernetes.io/denylist-source-range': '198.51.100.0/24' };
    const conversion = convert(
      estateOf([map({ 'block-cidrs': '192.0.2.0/24,, 203.0.113.1,' }), ingress(own, 'own'), ingress({}, 'web')].join('\n---\n')),
      { ...DEFAULT_OPTIONS, target: 'envoy-gateway' },
    );
    const policies = conversion.plan.objects
      .filter(({ object }) => object.kind === 'SecurityPolicy')
      .map(({ object }) => JSON.stringify(object));
    expect(policies.map((text) => text.match(/[0-9.]+\/[0-9]+/g))).toEqual([['198.51.100.0/24'], ['192.0.2.0/24', '203.0.113.1/32']]);
    expect(conversion.ledger.findings.map(({ code }) => code)).toContain('nginx/config/block-cidrs/own-list');
  });

  it('is an error where it is named and not there, or may be one of several', () => {
    const codes = (documents: readonly string[], options: Partial<ConvertOptions> = {}) =>
      convert(estateOf([...documents, ingress({})].join('\n---\n')), { ...DEFAULT_OPTIONS, ...options })
        .ledger.findings.map(({ code }) => code)
        .filter((code) => code.startsWith('nginx/config/'));
    expect(codes([])).toEqual(['nginx/config/not-in-input']);
    expect(codes([], { nginxConfigMap: { namespace: 'a', name: 'b' } })).toEqual(['nginx/config/not-known']);
    expect(codes([map({ hsts: 'false' }), configMap('ingress-nginx-controller', {}, 'internal')])).toEqual(['nginx/config/not-known']);
  });

  it('is told once, however many Ingresses inherit it', () => {
    const documents = [map({ 'use-forwarded-headers': 'true' }), ingress({}, 'a'), ingress({}, 'b')];
    const { ledger } = convert(estateOf(documents.join('\n---\n')), DEFAULT_OPTIONS);
    expect(ledger.findings.filter(({ code }) => code === 'nginx/config/use-forwarded-headers/lost')).toHaveLength(1);
  });
});
