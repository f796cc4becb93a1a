import { describe, expect, test } from 'vitest';
import { convertManifests } from '../../src/index.ts';
import { explain } from '../../src/reference/explain.ts';
import { targets } from '../../src/targets/index.ts';

function manifest(
  name: string,
  className: string,
  { path = '/a', annotations = '' }: { path?: string; annotations?: string } = {},
): string {
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
  namespace: shop
  annotations: {${annotations}}
spec:
  ingressClassName: ${className}
  rules:
    - host: a.example.com
      http:
        paths:
          - path: ${path}
            pathType: Prefix
            backend: {service: {name: ${name}, port: {number: 80}}}
`;
}

function codesOf(text: string, target = 'standard'): readonly string[] {
  const { ledger } = convertManifests([{ file: 'in.yaml', text }], { target });
  return ledger.findings.map(({ code }) => code);
}

const NGINX = 'nginx.ingress.kubernetes.io';

describe('what is said of a run', () => {
  test('a path outside ASCII has more spellings, which is said where the controller has one', () => {
    expect(codesOf(manifest('a', 'alb', { path: '/ä' }))).toContain('plan/path-spelled');
    expect(codesOf(manifest('a', 'alb', { path: '/a' }))).not.toContain('plan/path-spelled');
    expect(codesOf(manifest('a', 'nginx', { path: '/ä' }))).not.toContain('plan/path-spelled');
  });

  test('every difference of CORS is said, of every Ingress', () => {
    const annotations = `${NGINX}/enable-cors: "true", ${NGINX}/cors-max-age: "0", ${NGINX}/cors-allow-origin: "https://*.y.com"`;
    const text = [manifest('a', 'nginx', { annotations }), manifest('b', 'nginx', { path: '/b', annotations })].join('---\n');
    const codes = codesOf(text);
    for (const code of ['any-depth', 'max-age', 'preflight'])
      expect(codes.filter((each) => each === `standard/cors/${code}`)).toHaveLength(2);
  });

  test('a route that is withheld with its canary is withheld once, in words', () => {
    const login = `${NGINX}/auth-type: basic, ${NGINX}/auth-secret: users`;
    const canary = `${NGINX}/canary: "true", ${NGINX}/canary-by-header: X-Canary`;
    const text = [manifest('a', 'nginx', { annotations: login }), manifest('b', 'nginx', { annotations: canary })].join('---\n');
    const { ledger, plan } = convertManifests([{ file: 'in.yaml', text }], {});
    const withheld = ledger.findings.filter(({ code }) => code === 'plan/withheld');
    expect(withheld).toHaveLength(1);
    expect(withheld[0]?.message).toContain('its password check');
    expect(plan.withheld).toHaveLength(1);
  });

  test('another status of a redirect is said beside the header that is lost', () => {
    const annotations = 'nginx.org/redirect-to-https: "true", nginx.org/http-redirect-code: "308"';
    const controller =
      '---\napiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: inc}\nspec: {controller: nginx.org/ingress-controller}\n';
    expect(codesOf(manifest('a', 'inc', { annotations }) + controller, 'aws-alb')).toContain('aws-alb/redirect/status');
  });

  test('a code is found by its last part', () => {
    expect(explain('shared-upstream', targets)).toMatchObject({ kind: 'finding', finding: { code: 'nginx/canary/shared-upstream' } });
  });
});
