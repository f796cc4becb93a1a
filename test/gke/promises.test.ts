import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkConstraints } from '../../src/gateway/constraints/check-constraints.ts';
import { DEFAULT_OPTIONS } from '../../src/index.ts';
import { converted, frontendConfig, ingress, object, service, silent } from './converted.ts';

const path = fc
  .tuple(
    fc.constantFrom('-', '/', '/*', '/x', '/x/', '/x/*', '/x/y', '/x/y/*', '/bad*', 'no'),
    fc.constantFrom('web', 'api', 'api:admin', 'web:81', 'gone'),
    fc.constantFrom('Prefix', 'Exact', 'ImplementationSpecific'),
  )
  .map((parts) => parts.join(' '));

const anyIngress = fc.record(
  {
    annotations: fc.dictionary(
      fc.constantFrom(
        'kubernetes.io/ingress.allow-http',
        'kubernetes.io/ingress.global-static-ip-name',
        'kubernetes.io/ingress.regional-static-ip-name',
        'ingress.gcp.kubernetes.io/pre-shared-cert',
        'networking.gke.io/managed-certificates',
        'networking.gke.io/v1beta1.FrontendConfig',
        'ingress.kubernetes.io/redirect-url-map',
        'cloud.google.com/neg',
        'networking.gke.io/unheard-of',
        'kubernetes.io/ingress.class',
      ),
      fc.constantFrom('', 'true', 'false', 'front', 'm', 'mcrt-1', 'a,b', ' ', 'gce', 'gce-internal', 'gce-regional-external'),
      { maxKeys: 4 },
    ),
    rules: fc.array(
      fc.record(
        { host: fc.constantFrom('a.test', 'b.test', '*.b.test', 'c'), paths: fc.array(path, { minLength: 1, maxLength: 4 }) },
        { requiredKeys: ['paths'] },
      ),
      { maxLength: 4 },
    ),
    defaultBackend: fc.constantFrom('web', 'api:admin', 'gone'),
    tls: fc.array(
      fc.record(
        { secretName: fc.constantFrom('one', 'two'), hosts: fc.array(fc.constantFrom('a.test', '*.b.test', 'z.test'), { maxLength: 2 }) },
        { requiredKeys: [] },
      ),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: ['annotations', 'rules'] },
);

const leaf = fc.oneof(
  fc.boolean(),
  fc.integer({ min: -1, max: 400 }),
  fc.constantFrom('', 'x', 'HTTP', 'CLIENT_IP', 'GENERATED_COOKIE', 'X-A:b', null, 0.5),
);
const block = (...names: readonly string[]) => fc.dictionary(fc.constantFrom(...names), leaf, { maxKeys: 3 });
const config = fc.record(
  {
    iap: block('enabled', 'oauthclientCredentials'),
    cdn: fc.record(
      { enabled: leaf, cacheMode: leaf, maxTtl: leaf, signedUrlKeys: fc.array(block('keyName', 'keyValue'), { maxLength: 1 }) },
      { requiredKeys: [] },
    ),
    securityPolicy: block('name'),
    timeoutSec: leaf,
    connectionDraining: block('drainingTimeoutSec'),
    sessionAffinity: block('affinityType', 'affinityCookieTtlSec'),
    customRequestHeaders: fc.record({ headers: fc.array(leaf, { maxLength: 2 }) }),
    healthCheck: block('type', 'port', 'requestPath', 'timeoutSec', 'checkIntervalSec'),
    logging: block('enable', 'sampleRate'),
    whatever: leaf,
  },
  { requiredKeys: [] },
);

const estates = fc.record({
  ingress: anyIngress,
  config,
  front: fc.record({ sslPolicy: leaf, redirectToHttps: block('enabled', 'responseCodeName') }, { requiredKeys: [] }),
  reference: fc.constantFrom('{"default":"config"}', '{"ports":{"admin":"config"}}', '{"ports":{"80":"gone"}}', '{}', 'x', ''),
  protocols: fc.constantFrom('', '{"admin":"HTTPS"}', '{"http":"HTTP2"}', '{"http":"X"}'),
});

type Estate = typeof estates extends fc.Arbitrary<infer T> ? T : never;

function textOf({ ingress: one, config: spec, front, reference, protocols }: Estate): string {
  const { defaultBackend, tls, ...rest } = one;
  return [
    ingress({ ...rest, ...(defaultBackend === undefined ? {} : { defaultBackend }), ...(tls === undefined ? {} : { tls }) } as Parameters<
      typeof ingress
    >[0]),
    service('web'),
    service(
      'api',
      { 'cloud.google.com/backend-config': reference, 'cloud.google.com/app-protocols': protocols },
      {
        ports: [
          { name: 'http', port: 80 },
          { name: 'admin', port: 81 },
        ],
      },
    ),
    object('BackendConfig', 'config', spec),
    frontendConfig(front),
  ].join('');
}

describe('for any Ingress of GKE', () => {
  it('every setting ends in one outcome, its BackendConfig and FrontendConfig too', () => {
    void fc.assert(
      fc.property(estates, (estate) => {
        const { ledger, estate: read } = converted(textOf(estate));
        expect(ledger.entries.filter(({ finding }) => finding?.code === 'ledger/unsettled').map(({ entry }) => entry.key)).toEqual([]);
        expect(new Set(ledger.entries.map(({ entry }) => entry)).size).toBe(ledger.entries.length);
        const skipped = ledger.ingresses.some(({ status }) => status === 'skipped');
        const entries = new Set(ledger.entries.map(({ entry }) => entry));
        const expected = read.others.flatMap((other) => other.entries.filter(({ kind }) => kind === 'field'));
        if (!skipped) expect(expected.filter((entry) => !entries.has(entry)).map(({ key }) => key)).toEqual([]);
      }),
      { numRuns: 300, seed: 11 },
    );
  });

  it('no difference goes unannounced, no protection is lost, and all that is written is valid', () => {
    void fc.assert(
      fc.property(estates, (estate) => {
        const conversion = converted(textOf(estate));
        expect(silent(conversion)).toEqual([]);
        for (const planned of conversion.plan.objects) expect(checkConstraints(planned.object, DEFAULT_OPTIONS.release)).toEqual([]);
      }),
      { numRuns: 300, seed: 11 },
    );
  });
});
