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

function requestsFor(count: number): number {
  const conversion = convertManifests([{ file: 'in.yaml', text: estate(count) }]);
  const { requests, discrepancies } = verify(
    conversion,
    conversion.plan.objects.map(({ object }) => object),
  );
  expect(discrepancies.filter(({ explained }) => explained === null)).toEqual([]);
  return requests.length;
}

it('every further host is asked for its own requests, and hosts do not multiply', () => {
  const [few, more, many] = [requestsFor(10), requestsFor(20), requestsFor(40)];
  expect(more - few).toBeGreaterThan(1000);
  expect(many - more).toBe(2 * (more - few));
});
