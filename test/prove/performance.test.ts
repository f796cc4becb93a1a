import { expect, it } from 'vitest';
import { convertManifests } from '../../src/index.ts';
import { verify } from '../../src/prove/verify.ts';

/** Hosts of their own, each with a pattern, a rewrite, TLS and its redirect. */
const estate = (count: number) =>
  Array.from(
    { length: count },
    (_, index) => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: app-${index}
  namespace: team-${index % 20}
  annotations: { nginx.ingress.kubernetes.io/rewrite-target: /$2 }
spec:
  ingressClassName: nginx
  tls: [{ hosts: [app-${index}.example.com], secretName: app-${index} }]
  rules:
    - host: app-${index}.example.com
      http:
        paths:
          - { path: "/api(/|$)(.*)", pathType: ImplementationSpecific, backend: { service: { name: api, port: { number: 8080 } } } }
          - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }
`,
  ).join('---\n');

/** Milliseconds of one conversion and one verification. */
function timesOf(count: number): { readonly convert: number; readonly verify: number } {
  const text = estate(count);
  const start = performance.now();
  const conversion = convertManifests([{ file: 'in.yaml', text }]);
  const converted = performance.now();
  const { requests, discrepancies } = verify(
    conversion,
    conversion.plan.objects.map(({ object }) => object),
  );
  const verified = performance.now();
  expect(requests.length).toBeGreaterThan(count * 100);
  expect(discrepancies.filter(({ explained }) => explained === null)).toEqual([]);
  return { convert: converted - start, verify: verified - converted };
}

it('500 Ingresses on 500 hosts are verified within a few times their conversion, and hosts do not multiply', { timeout: 120_000 }, () => {
  timesOf(50);
  const [few, many] = [timesOf(125), timesOf(500)];
  // About 2 on an idle machine; the limit is what is promised.
  expect(many.verify / many.convert).toBeLessThan(5);
  // Four times as many take about four times as long; a quadratic step would take sixteen.
  expect(many.verify / few.verify).toBeLessThan(10);
});
