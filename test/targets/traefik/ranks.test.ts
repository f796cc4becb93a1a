import { describe, expect, it } from 'vitest';
import type { HTTPRouteMatch, OutputObject } from '../../../src/gateway/types.ts';
import { convertManifests } from '../../../src/index.ts';
import { guardRule } from '../../../src/plan/draft.ts';
import { rankedWithin } from '../../../src/plan/ranked-within.ts';
import { verify } from '../../../src/prove/verify.ts';
import { priorityOf } from '../../../src/targets/traefik/patterns.ts';
import { afterChange, codesOf, converted, nginxIngress, objectsOf } from '../converted.ts';

const alb = (name: string, order: number, conditions: string, paths: string) => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
  namespace: shop
  annotations:
    alb.ingress.kubernetes.io/group.name: shop
    alb.ingress.kubernetes.io/group.order: "${order}"
    ${conditions}
spec:
  ingressClassName: alb
  rules: [{host: shop.test, http: {paths: [${paths}]}}]
`;
const path = (value: string, service: string) =>
  `{path: ${value}, pathType: Prefix, backend: {service: {name: ${service}, port: {number: 80}}}}`;
const READS = `alb.ingress.kubernetes.io/conditions.reads: '[{"field":"http-request-method","httpRequestMethodConfig":{"values":["GET"]}}]'`;
const METHODS = [
  alb('admin', 1, '{}', path('/app/admin', 'admin')).replace('    {}\n', ''),
  alb('app', 2, READS, path('/app', 'reads')),
].join('---');

const traefik = (text: string) => convertManifests([{ file: 'in.yaml', text }], { target: 'traefik' });
const isCopy = ({ metadata }: OutputObject) => metadata.name.includes('-first');

describe('rules of a host, by the numbers of Traefik', () => {
  it('a nested path is tried before a method of a broader one', () => {
    const conversion = traefik(METHODS);
    const objects = conversion.plan.objects.map(({ object }) => object);
    expect(objects.filter(isCopy)).toHaveLength(1);
    expect(verify(conversion, objects).discrepancies.filter(({ explained }) => explained === null)).toEqual([]);
  });

  it('and would not be without its copy, which verify sees', () => {
    const conversion = traefik(METHODS);
    const objects = conversion.plan.objects.map(({ object }) => object).filter((object) => !isCopy(object));
    expect(verify(conversion, objects).discrepancies.map(({ differences }) => differences)).toContainEqual(['wrong-backend']);
  });
});

describe('what both take', () => {
  const ranked = (match: HTTPRouteMatch, name: string) => {
    const at = { file: 'in.yaml', line: 1, column: 1 };
    return { match, draft: guardRule({ kind: 'Ingress', namespace: 'shop', name, at }, [match], name) };
  };
  const prefix = (value: string, more: HTTPRouteMatch = {}): HTTPRouteMatch => ({ path: { type: 'PathPrefix', value }, ...more });
  const within = (...matches: readonly HTTPRouteMatch[]) =>
    rankedWithin(
      matches.map((match, index) => ranked(match, `i${index}`)),
      priorityOf,
      () => false,
    );
  const GET = { method: 'GET' };

  it('has the narrower path and the conditions of the other', () => {
    expect(within(prefix('/app/admin'), prefix('/app', GET)).copies.map(({ match }) => match)).toEqual([prefix('/app/admin', GET)]);
  });

  it('is made of paths that a copy would come before', () => {
    const { copies } = within(prefix('/app/adm/xyzzy12'), prefix('/app/adm'), prefix('/app', GET));
    expect(copies.map(({ match }) => match)).toEqual([prefix('/app/adm', GET), prefix('/app/adm/xyzzy12', GET)]);
  });

  it.each<readonly [string, readonly HTTPRouteMatch[]]>([
    ['a path that is long enough', [prefix('/app/administration'), prefix('/app', GET)]],
    ['an exact path', [{ path: { type: 'Exact', value: '/app/a' } }, prefix('/app', GET)]],
    ['a path beside it', [prefix('/other'), prefix('/app', GET)]],
    ['a path without conditions', [prefix('/app/a'), prefix('/app')]],
    ['the root', [prefix('/a'), prefix('/', GET)]],
  ])('needs nothing for %s', (_, matches) => {
    expect(within(...matches)).toEqual({ copies: [], lost: [] });
  });

  it('is told where no copy helps: the place in a route counts more than a parameter of the query', () => {
    const query = { queryParams: [{ name: 'v', value: '2' }] };
    const { copies, lost } = within(prefix('/app', { ...query, method: 'GET' }), prefix('/app', GET));
    expect(copies).toEqual([]);
    expect(lost).toHaveLength(1);
  });
});

describe('a backend of type ExternalName', () => {
  const AWAY =
    'apiVersion: v1\nkind: Service\nmetadata: {name: away, namespace: shop}\nspec: {type: ExternalName, externalName: away.test, ports: [{port: 443, name: https}]}';
  const to = (target: string, annotations: Readonly<Record<string, string>> = {}) =>
    converted(target, [AWAY, nginxIngress(annotations, { service: 'away', port: 443 })]);

  it.each([
    ['traefik', 'TraefikService', 'traefik/backends/external-name'],
    ['envoy-gateway', 'Backend', 'envoy-gateway/backends/external-name'],
  ])('on %s is reached by a %s', (target, kind, code) => {
    const conversion = to(target);
    expect(objectsOf(conversion).filter((object) => object.kind === kind)).toHaveLength(1);
    expect(codesOf(conversion)).toContain(code);
    expect(afterChange(conversion, (objects) => objects)).toEqual([]);
    const entry = conversion.ledger.entries.find(({ entry }) => entry.name.endsWith('backend.service.name'));
    expect(entry?.outcome).toBe('manual');
  });

  it('on NGINX Gateway Fabric needs a port that the Service names', () => {
    expect(codesOf(to('nginx-gateway-fabric'))).toContain('nginx-gateway-fabric/backends/external-name');
    const bare = converted('nginx-gateway-fabric', [
      AWAY.replace(', ports: [{port: 443, name: https}]', ''),
      nginxIngress({}, { service: 'away' }),
    ]);
    expect(codesOf(bare)).toContain('plan/backend-external-name');
  });

  it('is not sent clear text on Envoy Gateway where it is to be verified', () => {
    const verified = { 'backend-protocol': 'HTTPS', 'proxy-ssl-secret': 'shop/ca', 'proxy-ssl-verify': 'on' };
    expect(codesOf(to('envoy-gateway', verified))).toContain('plan/backend-external-name');
  });

  it('is elsewhere what it was', () => {
    expect(codesOf(to('standard'))).toContain('plan/backend-external-name');
  });

  it('leaves no way past it while Traefik drops its rule', () => {
    const rules = objectsOf(to('traefik')).flatMap((object) =>
      object.kind === 'HTTPRoute' && 'spec' in object ? [JSON.stringify(object.spec)] : [],
    );
    expect(rules.join()).toMatch(/"TraefikService".*\{"matches":\[\{"path":\{"type":"PathPrefix","value":"\/app"\}\}\]\}/);
  });
});
