import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { nginx } from '../../rules/nginx/pack.ts';
import { checkConstraints } from '../../src/gateway/constraints/check-constraints.ts';
import { convertManifests, DEFAULT_OPTIONS, toYaml } from '../../src/index.ts';
import { verify } from '../../src/prove/verify.ts';

const NAMES = nginx.rules.flatMap((rule) => Object.values(rule.reads).map(({ annotation }) => annotation));
const VALUES = [
  'true',
  'false',
  '',
  'on',
  'off',
  '5',
  '0',
  '-1',
  '60s',
  '8m',
  '/',
  '/$1',
  '/$2',
  '/app/$1',
  'cookie',
  'basic',
  'GRPC',
  'HTTPS',
  'https://other.example.com/x',
  '10.0.0.0/8',
  'bogus value',
  'users',
  'ns/users',
  'deny all;',
];
const HOSTS = ['a.example.com', 'b.example.com', '*.example.com', 'example.com', ''];
const PATHS = ['/', '/foo', '/foo/', '/foo/bar', '/foo(/|$)(.*)', '/[a-z]+', '/(a|b)/(.*)', ''];

const ingress = fc.record({
  name: fc.constantFrom('one', 'two', 'three'),
  namespace: fc.constantFrom('x', 'shop'),
  className: fc.constantFrom('nginx', 'nginx', 'nginx', undefined, 'in-house', 'haproxy'),
  annotations: fc.dictionary(
    fc.constantFrom(...NAMES, 'nginx.ingress.kubernetes.io/made-up', 'cert-manager.io/issuer', 'example.com/x'),
    fc.constantFrom(...VALUES),
    { maxKeys: 6 },
  ),
  tls: fc.array(
    fc.record({
      hosts: fc.array(fc.constantFrom(...HOSTS.filter((host) => host !== '')), { maxLength: 2 }),
      secretName: fc.constantFrom('tls', undefined),
    }),
    { maxLength: 2 },
  ),
  rules: fc.array(
    fc.record({
      host: fc.constantFrom(...HOSTS),
      paths: fc.array(
        fc.record({
          path: fc.constantFrom(...PATHS),
          pathType: fc.constantFrom('Prefix', 'Exact', 'ImplementationSpecific'),
          service: fc.constantFrom('s', 't'),
          port: fc.constantFrom(80, 'http', 'odd'),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

/** One document of an arbitrary Ingress. */
function manifest(value: typeof ingress extends fc.Arbitrary<infer T> ? T : never): string {
  return stringify(
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: value.name, namespace: value.namespace, annotations: value.annotations },
      spec: {
        ...(value.className === undefined ? {} : { ingressClassName: value.className }),
        tls: value.tls,
        rules: value.rules.map(({ host, paths }) => ({
          ...(host === '' ? {} : { host }),
          http: {
            paths: paths.map(({ path, pathType, service, port }) => ({
              path,
              pathType,
              backend: { service: { name: service, port: typeof port === 'number' ? { number: port } : { name: port } } },
            })),
          },
        })),
      },
    },
    { compat: 'yaml-1.1', aliasDuplicateObjects: false },
  );
}

const estates = fc.uniqueArray(ingress, { minLength: 1, maxLength: 4, selector: ({ namespace, name }) => `${namespace}/${name}` });
const filesOf = (values: readonly Parameters<typeof manifest>[0][]) =>
  values.map((value) => ({ file: `${value.namespace}-${value.name}.yaml`, text: manifest(value) }));

describe('for any estate of NGINX Ingresses', () => {
  it('the ledger balances: entries in = entries out, each once, none unsettled', () => {
    fc.assert(
      fc.property(estates, (values) => {
        const { estate, ledger } = convertManifests(filesOf(values));
        const entries = estate.ingresses.flatMap(({ annotations, spec }) => [...annotations, ...spec]);
        expect(new Set(ledger.entries.map(({ entry }) => entry))).toEqual(new Set(entries));
        expect(ledger.entries.length).toBe(entries.length);
        expect(ledger.entries.filter(({ finding }) => finding?.code === 'ledger/unsettled').map(({ entry }) => entry.key)).toEqual([]);
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('everything written keeps the constraints of its release, and no name is used twice', () => {
    fc.assert(
      fc.property(
        estates,
        fc.constantFrom('1.4', '1.5', '1.6'),
        fc.constantFrom('standard', 'experimental'),
        (values, version, channel) => {
          const release = { version, channel } as const;
          const { plan } = convertManifests(filesOf(values), { release });
          for (const { object } of plan.objects) expect(checkConstraints(object, release)).toEqual([]);
          const names = plan.objects.map(({ object }) => `${object.kind} ${object.metadata.namespace}/${object.metadata.name}`);
          expect(new Set(names).size).toBe(names.length);
        },
      ),
      { numRuns: 200, seed: 7 },
    );
  });

  it('the order of files does not matter', () => {
    fc.assert(
      fc.property(estates, (values) => {
        const written = (files: ReturnType<typeof filesOf>) => convertManifests(files).plan.objects.map(toYaml).join('---\n');
        expect(written(filesOf(values).reverse())).toBe(written(filesOf(values)));
      }),
      { numRuns: 100, seed: 7 },
    );
  });

  it('no difference goes unannounced and no protection is lost', () => {
    fc.assert(
      fc.property(estates, (values) => {
        const conversion = convertManifests(filesOf(values), DEFAULT_OPTIONS);
        const { discrepancies } = verify(
          conversion,
          conversion.plan.objects.map(({ object }) => object),
        );
        const silent = discrepancies.filter(({ explained }) => explained === null);
        expect(
          silent.slice(0, 2).map(({ differences, request, before, after, beforeSource, afterSource }) => ({
            differences,
            request,
            before,
            after,
            beforeSource,
            afterSource,
          })),
        ).toEqual([]);
      }),
      { numRuns: 400, seed: 7 },
    );
  });
});
