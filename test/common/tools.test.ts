import { describe, expect, it } from 'vitest';
import { toolRuleFor, toolRules } from '../../rules/common/index.ts';
import { isAnnotationName } from '../../rules/common/outputs.ts';
import type { Ingress } from '../../src/model/ingress.ts';
import { readEstate } from '../../src/read/estate.ts';
import type { ToolOutput } from '../../src/rule/pack.ts';
import { CORPUS_PRESENT, corpusFolders } from '../corpus/estates.ts';
import { onlyIngress } from '../read/estate-of.ts';

const TLS = [{ hosts: ['a.test'], secretName: 'a-tls' }];

function ingressWith(annotations: Readonly<Record<string, unknown>>, spec: Readonly<Record<string, unknown>> = {}): Ingress {
  const rules = [
    { host: 'a.test', http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 's', port: { number: 80 } } } }] } },
  ];
  return onlyIngress(
    JSON.stringify({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'web', namespace: 'shop', annotations },
      spec: { rules, ...spec },
    }),
  );
}

function convert(
  name: string,
  value: unknown = 'x',
  spec: Readonly<Record<string, unknown>> = {},
  beside: Readonly<Record<string, string>> = {},
): ToolOutput {
  const ingress = ingressWith({ ...beside, [name]: value }, spec);
  const entry = ingress.annotations.find((candidate) => candidate.name === name);
  if (entry === undefined) throw new Error(`no annotation ${name}`);
  return toolRuleFor(name).convert(entry, ingress);
}

/** `outcome code → object name` of an annotation. */
function result(output: ToolOutput): string {
  const places = output.metadata.map(({ on, name }) => ` → ${on} ${name}`).join('');
  return `${output.outcome}${output.finding === null ? '' : ` ${output.finding.code}`}${places}`;
}

describe('cert-manager', () => {
  it.each([
    ['cert-manager.io/cluster-issuer', 'manual tool/cert-manager/gateway-shim → gateway cert-manager.io/cluster-issuer'],
    ['cert-manager.io/issuer', 'manual tool/cert-manager/gateway-shim → gateway cert-manager.io/issuer'],
    ['acme.cert-manager.io/http01-edit-in-place', 'inert tool/acme/off'],
    ['acme.cert-manager.io/http01-ingress-class', 'manual tool/acme/ingress-solver'],
    ['cert-manager.io/nobody-reads-this', 'unknown tool/cert-manager/not-read'],
    ['cert-manager.io/duration', 'inert tool/cert-manager/no-issuer'],
    ['certmanager.k8s.io/cluster-issuer', 'manual tool/acme/before-0-11'],
    ['certmanager.k8s.io/acme-http01-edit-in-place', 'inert tool/acme/before-0-11-detail'],
  ])('%s: %s', (name, expected) => {
    expect(result(convert(name, 'x', { tls: TLS }))).toBe(expected);
  });

  it('makes nothing without a TLS section that has hosts and a Secret', () => {
    for (const tls of [[], [{ hosts: ['a.test'] }], [{ secretName: 'a' }]]) {
      expect(result(convert('cert-manager.io/cluster-issuer', 'x', { tls }))).toBe('inert tool/cert-manager/no-tls-section');
    }
  });

  it('takes the rest of its annotations along with an issuer', () => {
    const beside = { 'cert-manager.io/cluster-issuer': 'ca' };
    expect(result(convert('cert-manager.io/duration', '24h', { tls: TLS }, beside))).toBe('converted → gateway cert-manager.io/duration');
  });

  it('says how the Certificates survive the Ingress', () => {
    const output = convert('cert-manager.io/cluster-issuer', 'ca', { tls: TLS });
    expect(output.finding?.help).toContain(
      `kubectl patch certificate a-tls -n shop --type=json -p '[{"op":"remove","path":"/metadata/ownerReferences"}]'`,
    );
  });

  it.each([
    ['true', { tls: TLS }, {}, 'manual tool/acme/not-on-gateways'],
    ['true', {}, {}, 'inert tool/acme/no-certificate'],
    ['false', { tls: TLS }, {}, 'inert tool/acme/off'],
    ['yes', { tls: TLS }, {}, 'inert tool/acme/off'],
    ['true', { tls: TLS }, { 'cert-manager.io/issuer': 'ca' }, 'inert tool/acme/issuer-named'],
  ])('kubernetes.io/tls-acme %s', (value, spec, beside, expected) => {
    expect(result(convert('kubernetes.io/tls-acme', value, spec, beside))).toBe(expected);
  });
});

describe('external-dns', () => {
  it.each([
    ['external-dns.alpha.kubernetes.io/target', 'manual tool/external-dns/route-source → gateway external-dns.alpha.kubernetes.io/target'],
    ['external-dns.kubernetes.io/ttl', 'converted → route external-dns.kubernetes.io/ttl'],
    ['external-dns.alpha.kubernetes.io/cloudflare-proxied', 'converted → route external-dns.alpha.kubernetes.io/cloudflare-proxied'],
    [
      'external-dns.alpha.kubernetes.io/ingress-hostname-source',
      'converted → route external-dns.alpha.kubernetes.io/gateway-hostname-source',
    ],
    ['external-dns.alpha.kubernetes.io/access', 'inert tool/external-dns/other-source'],
  ])('%s: %s', (name, expected) => {
    expect(result(convert(name))).toBe(expected);
  });

  it.each([
    ['a.test', 'tool/external-dns/route-source'],
    ['A.test., a.test', 'tool/external-dns/route-source'],
    ['a.test,other.test', 'tool/external-dns/host-not-served'],
  ])('hostname %s: %s', (value, code) => {
    const output = convert('external-dns.alpha.kubernetes.io/hostname', value);
    expect(output.finding?.code).toBe(code);
    expect(output.metadata.map(({ on }) => on)).toEqual(['route']);
  });
});

describe('other tools', () => {
  it.each([
    ['argocd.argoproj.io/sync-wave', 'converted → route argocd.argoproj.io/sync-wave'],
    ['argocd.argoproj.io/tracking-id', 'inert tool/delivery/bookkeeping'],
    ['link.argocd.argoproj.io/docs', 'converted → route link.argocd.argoproj.io/docs'],
    ['meta.helm.sh/release-name', 'inert tool/delivery/bookkeeping'],
    ['helm.sh/hook', 'converted → route helm.sh/hook'],
    ['kubectl.kubernetes.io/last-applied-configuration', 'inert tool/delivery/bookkeeping'],
    ['kustomize.toolkit.fluxcd.io/prune', 'converted → route kustomize.toolkit.fluxcd.io/prune'],
    ['kustomize.toolkit.fluxcd.io/checksum', 'inert tool/delivery/bookkeeping'],
    ['field.cattle.io/publicEndpoints', 'inert tool/delivery/bookkeeping'],
    ['config.kubernetes.io/local-config', 'manual tool/delivery/local-config'],
    ['dns.gardener.cloud/dnsnames', 'converted → gateway dns.gardener.cloud/dnsnames'],
    ['service.beta.kubernetes.io/aws-load-balancer-type', 'inert tool/elsewhere/not-on-ingresses'],
    ['prometheus.io/probe', 'manual tool/elsewhere/scraping'],
    ['kubernetes.azure.com/tls-cert-keyvault-uri', 'manual tool/elsewhere/key-vault'],
    ['example.com/owner', 'manual tool/unclaimed/copied → route example.com/owner'],
    ['foo', 'manual tool/unclaimed/copied → route foo'],
    ['not a name', 'inert tool/annotation/invalid-name'],
  ])('%s: %s', (name, expected) => {
    expect(result(convert(name))).toBe(expected);
  });

  it('conclude nothing from a value that is no text', () => {
    expect(result(convert('kubernetes.io/tls-acme', true, { tls: TLS }))).toBe('manual tool/annotation/no-text');
    expect(result(convert('example.com/owner', 7))).toBe('manual tool/annotation/no-text');
  });
});

describe('other controllers', () => {
  const middlewares = 'traefik.ingress.kubernetes.io/router.middlewares';

  it.each([
    [{ ingressClassName: 'nginx' }, {}, 'inert tool/other-controller/not-its-own'],
    [{}, { 'kubernetes.io/ingress.class': 'nginx' }, 'inert tool/other-controller/not-its-own'],
    [{}, {}, 'manual tool/other-controller/perhaps-its-own'],
    [{ ingressClassName: 'traefik-internal' }, {}, 'manual tool/other-controller/its-own'],
  ])('with class %j %j: %s', (spec, beside, expected) => {
    const output = convert(middlewares, 'auth@kubernetescrd', spec, beside);
    expect(result(output)).toBe(expected);
    expect(output.finding?.security).toBe(output.outcome === 'manual');
  });

  it.each([
    'haproxy.org/x',
    'konghq.com/plugins',
    'appgw.ingress.kubernetes.io/ssl-redirect',
    'higress.io/x',
    'kubernetes.io/elb.id',
    'nginx.org/x',
    'traefik.frontend.rule.type',
    'kubernetes.io/ingress.allow-http',
  ])('%s belongs to one', (name) => {
    expect(result(convert(name, 'x', { ingressClassName: 'something' }))).toBe('inert tool/other-controller/not-its-own');
  });

  it.each([
    ['ingress.kubernetes.io/ssl-redirect', 'nginx', 'inert tool/shared-prefix/not-read'],
    ['ingress.kubernetes.io/auth-url', 'nginx', 'manual tool/shared-prefix/perhaps-read'],
    ['ingress.kubernetes.io/ssl-redirect', 'haproxy', 'manual tool/shared-prefix/perhaps-read'],
    ['ingress.kubernetes.io/url-map', 'gce', 'inert tool/shared-prefix/status'],
  ])('%s with class %s: %s', (name, ingressClassName, expected) => {
    expect(result(convert(name, 'x', { ingressClassName }))).toBe(expected);
  });
});

describe('the tool rules', () => {
  it('have distinct ids and claim no annotation twice', () => {
    const ids = toolRules.map((rule) => rule.id);
    const names = toolRules.flatMap((rule) => [...new Set(rule.annotations)]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(names).size).toBe(names.length);
  });

  it('know the names that the API server takes', () => {
    expect(['a/b', 'a.b.c/d_e.f', 'x', 'a/'.concat('b'.repeat(63))].every(isAnnotationName)).toBe(true);
    expect(['', '/', 'a/', '/a', 'a/b/c', 'A.b/c', 'a b', '-a', 'a/'.concat('b'.repeat(64))].some(isAnnotationName)).toBe(false);
  });

  it.skipIf(!CORPUS_PRESENT)(
    'answer every annotation of public manifests (needs ../shared/corpus)',
    () => {
      const wrong: string[] = [];
      for (const [folder, files] of corpusFolders()) {
        for (const ingress of readEstate(files, { defaultNamespace: 'default' }).ingresses) {
          for (const entry of ingress.annotations) {
            const output = toolRuleFor(entry.name).convert(entry, ingress);
            const said = output.outcome === 'converted' || (output.finding?.at === entry.at && output.finding.ingress === ingress.ref);
            const placed = output.metadata.every(
              (item) => item.entry === entry && item.outcome === output.outcome && isAnnotationName(item.name),
            );
            if (!said || !placed) wrong.push(`${folder} ${entry.name}`);
          }
        }
      }
      expect(wrong).toEqual([]);
    },
    120_000,
  );
});
