import { describe, expect, it } from 'vitest';
import { convertManifests, reportOf } from '../../src/index.ts';
import { verify } from '../../src/prove/verify.ts';
import { ingress } from '../cli/session.ts';

const CLIENTS = {
  'auth-tls-secret': 'shop/clients',
  'auth-tls-verify-client': 'on',
  'force-ssl-redirect': 'true',
};

function written(target: string, text: string) {
  const conversion = convertManifests([{ file: 'in.yaml', text }], { target });
  const objects = conversion.plan.objects.map(({ object }) => object);
  const silent = verify(conversion, objects).discrepancies.filter(({ explained }) => explained === null);
  expect(silent.map(({ request }) => request)).toEqual([]);
  return { text: JSON.stringify(objects), report: reportOf(conversion) };
}

const withTls = (text: string) => text.replace('  rules:', '  tls: [{hosts: [web.example.com], secretName: web}]\n  rules:');

describe('what an older version says in another way', () => {
  it('Envoy Gateway before 1.8 demands certificates unless it is told that they are optional', () => {
    const required = withTls(ingress('web', CLIENTS));
    const optional = required.replace('client: "on"', 'client: "optional"');
    expect(written('envoy-gateway', required).text).toContain('"mode":"RequireAndVerify"');
    const old = written('envoy-gateway@1.7', required);
    expect(old.text).toContain('"clientValidation":{"caCertificateRefs"');
    expect(old.text).not.toContain('RequireAndVerify');
    expect(old.report.withheld).toEqual([]);
    expect(written('envoy-gateway@1.7', optional).text).toContain('"optional":true');
  });

  it('Traefik before 3.7 answers 401 instead of sending browsers to a sign-in page', () => {
    const text = ingress('web', { 'auth-url': 'http://auth.shop.svc/check', 'auth-signin': 'https://login.example.com/start' });
    expect(written('traefik', text).text).toContain('"authSigninURL"');
    const old = written('traefik@3.6', text);
    expect(old.text).not.toContain('authSigninURL');
    expect(old.text).toContain('"forwardAuth"');
    expect(old.report.findings.find(({ code }) => code === 'traefik/external-auth/differs')?.message).toContain('came with Traefik 3.7');
  });

  it('GKE before 1.35 takes no condition on the query', () => {
    const text = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: shop
  annotations:
    alb.ingress.kubernetes.io/conditions.web: '[{"field":"query-string","queryStringConfig":{"values":[{"key":"v","value":"1"}]}}]'
spec:
  ingressClassName: alb
  rules:
    - host: web.example.com
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
`;
    expect(written('gke', text).text).toContain('"queryParams"');
    const old = written('gke@1.34', text);
    expect(old.text).not.toContain('"queryParams"');
    expect(old.report.findings.map(({ message }) => message).join('\n')).toContain(
      'GKE Gateway 1.34 has no matches.queryParams of HTTPRoute',
    );
  });
});
