import fc from 'fast-check';
import { CHANNELS, GATEWAY_API_VERSIONS } from '../../src/gateway/release.ts';
import type { ConvertOptions } from '../../src/options.ts';
import { VENDORS } from '../../src/route/table.ts';
import { TARGET_CHOICES } from '../../src/targets/index.ts';

/** How somebody runs a conversion; what is left out is as usual. */
export type Use = Pick<ConvertOptions, 'target' | 'release'> & Partial<ConvertOptions>;

const release = fc.record({ version: fc.constantFrom(...GATEWAY_API_VERSIONS), channel: fc.constantFrom(...CHANNELS) });

const FLAGS = [
  ['enable-ssl-passthrough', 'true'],
  ['annotations-prefix', 'in-house.example.com'],
  ['default-backend-service', 'x/web'],
  ['default-ssl-certificate', 'x/tls'],
  ['watch-ingress-without-class', 'true'],
  ['ingress-class', 'in-house'],
  ['watch-namespace', 'shop'],
  ['enable-annotation-validation', 'false'],
  ['strict-validate-path-type', 'false'],
  ['http-port', '8080'],
] as const;

const FEATURES = ['HTTPRouteRequestTimeout', 'HTTPRouteCORS', 'GRPCRoute', 'ListenerSet', 'HTTPRoutePathRewrite', 'TLSRoute'];

const settings = fc.record(
  {
    gateway: fc.oneof(
      fc.constantFrom({ kind: 'shared' } as const, { kind: 'per-namespace' } as const, { kind: 'per-ingress' } as const),
      fc.constant({ kind: 'named', namespace: 'edge', name: 'public' } as const),
    ),
    listeners: fc.constantFrom('gateway', 'listenerset'),
    gatewayClass: fc.constantFrom('own', 'gke-l7-rilb', 'istio'),
    gatewayNamespace: fc.constantFrom('edge', 'shop'),
    classes: fc.dictionary(fc.constantFrom('in-house', 'nginx', 'other'), fc.constantFrom(...VENDORS), { maxKeys: 2 }),
    defaultCertificate: fc.constant({ namespace: 'x', name: 'tls' }),
    nginxConfigMap: fc.constant({ namespace: 'ingress-nginx', name: 'ingress-nginx-controller' }),
    nginxFlags: fc.subarray([...FLAGS], { maxLength: 3 }).map((flags) => Object.fromEntries(flags)),
    onSecurityLoss: fc.constantFrom('withhold', 'emit'),
    notServed: fc.constantFrom('skip', 'convert'),
    loadBalancerServices: fc.boolean(),
    defaultNamespace: fc.constant('shop'),
    features: fc.subarray(FEATURES).map((supported) => ({
      source: 'the report',
      supported,
      unsupported: FEATURES.filter((each) => !supported.includes(each)),
      gatewayApi: 'v1.5',
    })),
  },
  { requiredKeys: [] },
);

/** @param targets to choose from; empty: every target in every version */
export function uses(targets: readonly string[] = []): fc.Arbitrary<Use> {
  const target = fc.constantFrom(...(targets.length === 0 ? TARGET_CHOICES : targets));
  const plain = fc.record({ target, release });
  return fc.oneof(
    plain,
    fc.tuple(plain, settings, fc.nat(2 ** 20)).map(([use, each, mask]): Use => {
      // A few of them at a time, or nothing common is ever looked at.
      const chosen = Object.entries(each).filter((_, index) => ((mask >> (2 * (index % 10))) & 3) === 0);
      return { ...use, ...Object.fromEntries(chosen) };
    }),
  );
}

/** As a person types them, to run a breach again; settings without an option are named. */
export function flagsOf({ target, release: { version, channel }, ...rest }: Use): string {
  const others = Object.keys(rest).length === 0 ? '' : ` and ${JSON.stringify(rest)}`;
  return `--target ${target} --gateway-api ${version} --channel ${channel}${others}`;
}
