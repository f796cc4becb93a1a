import { describe, expect, it, test } from 'vitest';
import type { Gateway, OutputObject } from '../../../src/gateway/types.ts';
import { convertManifests } from '../../../src/index.ts';
import { CLASSES } from '../../../src/targets/gke/classes.ts';
import { converted, frontendConfig, ingress, object, service, silent } from '../../gke/converted.ts';
import { crdViolations, refusedByGke } from './emitted.ts';

const NGINX = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: shop
  annotations: {nginx.ingress.kubernetes.io/enable-cors: "true", nginx.ingress.kubernetes.io/load-balance: ewma}
spec:
  ingressClassName: nginx
  rules: [{host: a.test, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
---
`;

const annotations = {
  'kubernetes.io/ingress.global-static-ip-name': 'ip',
  'networking.gke.io/managed-certificates': 'm',
  'networking.gke.io/v1beta1.FrontendConfig': 'front',
};
const GKE = [
  ingress({ annotations, rules: [{ host: 'a.test', paths: ['/* web'] }] }),
  service('web', { 'cloud.google.com/backend-config': '{"default":"config"}' }),
  object('BackendConfig', 'config', { cdn: { enabled: true }, securityPolicy: { name: 'edge' } }),
  object('ManagedCertificate', 'm', { domains: ['a.test'] }, 'networking.gke.io/v1'),
  frontendConfig({ sslPolicy: 'modern', redirectToHttps: { enabled: true } }),
].join('');

/** What is written of a thing that a class may lack. */
function features(gatewayClass: string) {
  const own = converted(GKE, { target: 'gke', gatewayClass });
  const nginx = convertManifests([{ file: 'in.yaml', text: NGINX + service('web') }], { target: 'gke', gatewayClass });
  const objects = [...own.plan.objects, ...nginx.plan.objects].map((planned) => planned.object);
  const text = JSON.stringify(objects);
  const has = (kind: string) => objects.some((each: OutputObject) => each.kind === kind);
  const gateway = own.plan.objects.map((planned) => planned.object).find((each): each is Gateway => each.kind === 'Gateway');
  for (const conversion of [own, nginx]) {
    expect(silent(conversion)).toEqual([]);
    const written = conversion.plan.objects.map((planned) => planned.object);
    expect(crdViolations(written)).toEqual([]);
    expect(refusedByGke(written)).toEqual([]);
  }
  return {
    class: gateway?.spec.gatewayClassName,
    address: gateway?.spec.addresses !== undefined,
    map: gateway?.metadata.annotations?.['networking.gke.io/certmap'] !== undefined,
    redirect: text.includes('"RequestRedirect"'),
    cdn: has('GCPHTTPFilter'),
    cors: text.includes('"CORS"'),
    imports: text.includes('"ServiceImport"') && has('ServiceExport'),
    gatewayPolicy: has('GCPGatewayPolicy'),
    distribution: has('GCPTrafficDistributionPolicy'),
    armor: text.includes('"securityPolicy":"edge"'),
    withheld: own.plan.withheld.length > 0,
  };
}

const ALL = {
  address: true,
  map: true,
  redirect: true,
  cdn: true,
  cors: true,
  imports: false,
  gatewayPolicy: true,
  distribution: true,
  armor: true,
  withheld: false,
};
const SEVERAL = { imports: true, cors: false, distribution: false };
const REGIONAL = { ...ALL, address: false, map: false, cdn: false };
const CLASSIC = { ...ALL, redirect: false, cdn: false, cors: false, distribution: false };

describe('each class', () => {
  test.each([
    ['gke-l7-global-external-managed', ALL],
    ['gke-l7-global-external-managed-mc', { ...ALL, ...SEVERAL }],
    ['gke-l7-regional-external-managed', REGIONAL],
    ['gke-l7-regional-external-managed-mc', { ...REGIONAL, ...SEVERAL }],
    ['gke-l7-rilb', REGIONAL],
    ['gke-l7-rilb-mc', { ...REGIONAL, ...SEVERAL }],
    [
      'gke-l7-cross-regional-internal-managed-mc',
      // Without Cloud Armor the only route is withheld, so that nothing needs a certificate.
      { ...REGIONAL, ...SEVERAL, gatewayPolicy: false, armor: false, withheld: true },
    ],
    ['gke-l7-gxlb', CLASSIC],
    ['gke-l7-gxlb-mc', { ...CLASSIC, ...SEVERAL }],
  ])('%s has what it takes, and is told what it lacks', (name, expected) => {
    expect(features(name)).toEqual({ class: name, ...expected });
  });

  it('is in the table above', () => {
    expect(Object.keys(CLASSES)).toHaveLength(9);
  });
});

describe('who can reach a Gateway', () => {
  const internal =
    ingress({ annotations: { 'kubernetes.io/ingress.class': 'gce-internal' }, rules: [{ paths: ['/* web'] }] }) + service('web');
  const codes = (text: string, gatewayClass: string | null) =>
    converted(text, { target: 'gke', gatewayClass })
      .ledger.findings.map(({ code }) => code)
      .filter((code) => /exposed|hidden/.test(code));

  it('stays internal, and a public class for an internal load balancer is an error', () => {
    expect(codes(internal, null)).toEqual([]);
    expect(codes(internal, 'gke-l7-global-external-managed')).toEqual(['gke-gateway/load-balancer/exposed']);
  });

  it('of an internal load balancer of AWS is an internal class', () => {
    const alb = (scheme: string) =>
      `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web, namespace: shop, annotations: {alb.ingress.kubernetes.io/scheme: ${scheme}}}\nspec: {ingressClassName: alb, defaultBackend: {service: {name: web, port: {number: 80}}}}\n---\n`;
    const classOf = (text: string, options = {}) =>
      converted(text + service('web'), { target: 'gke', ...options })
        .plan.objects.map((planned) => planned.object)
        .flatMap((each) => (each.kind === 'Gateway' ? [(each as Gateway).spec.gatewayClassName] : []));
    expect(classOf(alb('internal'))).toEqual(['gke-l7-rilb']);
    expect(classOf(alb('internet-facing'))).toEqual(['gke-l7-global-external-managed']);
    expect(codes(alb('internal') + service('web'), 'gke-l7-gxlb')).toEqual(['gke-gateway/load-balancer/exposed']);
    expect(codes(alb('internet-facing') + service('web'), 'gke-l7-rilb')).toEqual(['gke-gateway/load-balancer/hidden']);
  });
});
