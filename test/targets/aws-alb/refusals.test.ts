import { expect, it } from 'vitest';
import { convertManifests } from '../../../src/index.ts';
import { verify } from '../../../src/prove/verify.ts';

const refused = (location: string) =>
  JSON.stringify({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name: 'web',
      namespace: 'shop',
      annotations: { 'nginx.ingress.kubernetes.io/server-snippet': `location ${location} { deny all; }` },
    },
    spec: {
      ingressClassName: 'nginx',
      rules: [
        {
          host: 'a.test',
          http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }] },
        },
      ],
    },
  });

it.each(['/admin', '~ ^/admin', '~* ^/admin', '= /admin'])('nothing that %s refused is let in', (location) => {
  for (const target of ['aws-alb', 'vpc-lattice', 'envoy-gateway', 'standard']) {
    const conversion = convertManifests([{ file: 'in.yaml', text: refused(location) }], { target });
    const objects = conversion.plan.objects.map(({ object }) => object);
    const { discrepancies } = verify(conversion, objects);
    expect(
      discrepancies.filter(({ differences }) => differences.includes('wider')).map(({ request }) => `${target} ${request.path}`),
    ).toEqual([]);
  }
});
