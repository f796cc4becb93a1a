import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkObject } from '../../src/check/crds.ts';
import { convert } from '../../src/convert.ts';
import { GATEWAY_API_GROUP } from '../../src/gateway/fields.ts';
import { CHANNELS, GATEWAY_API_VERSIONS, type Release } from '../../src/gateway/release.ts';
import type { OutputObject } from '../../src/gateway/types.ts';
import { DEFAULT_OPTIONS } from '../../src/options.ts';
import { readEstate } from '../../src/read/estate.ts';
import { TARGET_CHOICES } from '../../src/targets/index.ts';
import { CRDS_PRESENT, publishedCrds } from '../check/published-crds.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures');

/** Inputs of cases of all vendors, of which every release and target gets another part. */
const inputs = ['nginx', 'nginx-inc', 'alb', 'gke', 'kubernetes'].flatMap((vendor) =>
  readdirSync(join(FIXTURES, vendor), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('in.yaml'))
    .sort()
    .map((file) => ({ file: `${vendor}/${file}`, text: readFileSync(join(FIXTURES, vendor, file), 'utf8') })),
);

const STREAMS = `
apiVersion: v1
kind: ConfigMap
metadata: { name: tcp-services, namespace: ingress-nginx }
data: { '6379': cache/redis:6379 }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: udp-services, namespace: ingress-nginx }
data: { '53': net/dns:53 }
---
apiVersion: v1
kind: Service
metadata: { name: db, namespace: data }
spec: { type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8], selector: { app: db }, ports: [{ port: 5432 }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: raw, namespace: shop, annotations: { nginx.ingress.kubernetes.io/ssl-passthrough: 'true' } }
spec: { ingressClassName: nginx, rules: [{ host: raw.test, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: raw, port: { number: 443 } } } }] } }] }
`;

const releases = GATEWAY_API_VERSIONS.flatMap((version) => CHANNELS.map((channel): Release => ({ version, channel })));

/** What the API server would refuse or drop of an object, or that it has no such kind. */
function lost(object: OutputObject, release: Release, target: string): readonly string[] {
  const isGatewayApi = object.apiVersion.startsWith(`${GATEWAY_API_GROUP}/`);
  const isNewest = !target.includes('@');
  if (!isGatewayApi && !isNewest) return [];
  const result = checkObject(publishedCrds(release, target.replace(/@.*/, '')), JSON.parse(JSON.stringify(object)));
  if (result.kind === 'checked') return result.violations.map(({ rule, message }) => `${object.kind} ${rule} ${message}`);
  return isGatewayApi ? [`${object.apiVersion} ${object.kind}: no such kind`] : [];
}

describe.skipIf(!CRDS_PRESENT).each(releases.map((release, part) => ({ ...release, release, part })))(
  'what is written for Gateway API $version, $channel channel (skipped without the CRDs)',
  ({ release, part }) => {
    it.each(TARGET_CHOICES.map((target, number) => [target, number] as const))('%s: nothing is dropped or unknown', (target, number) => {
      const own = inputs.filter((_, index) => index % (TARGET_CHOICES.length * releases.length) === number * releases.length + part);
      for (const { file, text } of [...own, { file: 'streams.yaml', text: STREAMS }]) {
        const { plan } = convert(readEstate([{ file, text }], { defaultNamespace: 'default' }), {
          ...DEFAULT_OPTIONS,
          target,
          release,
          listeners: number % 2 === 0 ? 'gateway' : 'listenerset',
          loadBalancerServices: true,
          nginxFlags: { 'enable-ssl-passthrough': 'true' },
          // Everything that can be written.
          onSecurityLoss: 'emit',
        });
        expect(
          plan.objects.flatMap(({ object }) => lost(object, release, target)),
          file,
        ).toEqual([]);
      }
    });
  },
);
