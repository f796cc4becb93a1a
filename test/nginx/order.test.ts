import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entriesIn } from '../../rules/nginx/route/leftovers.ts';
import { type IngressShape, ingress } from './ingress-text.ts';
import { linesOf, routed, unsettled } from './routed.ts';

const annotations = fc
  .dictionary(
    fc.constantFrom(
      'canary',
      'canary-weight',
      'rewrite-target',
      'use-regex',
      'ssl-redirect',
      'permanent-redirect',
      'app-root',
      'from-to-www-redirect',
      'server-alias',
      'enable-cors',
      'ssl-passthrough',
      'service-upstream',
      'x-forwarded-prefix',
    ),
    fc.constantFrom('true', 'false', '20', '/', '/$1', '/foo', 'https://z.test', 'c.test', 'bad value'),
    { maxKeys: 4 },
  )
  .map((all) => ({ ...all }));

const paths = fc.uniqueArray(
  fc
    .tuple(
      fc.constantFrom('/', '/foo', '/foo/', '/foo(/|$)(.*)', '/.well-known/acme-challenge/x'),
      fc.constantFrom('one', 'two', 'resource:x'),
      fc.constantFrom('Prefix', 'Exact', 'ImplementationSpecific'),
    )
    .map((parts) => parts.join(' ')),
  { maxLength: 3 },
);

const shape: fc.Arbitrary<IngressShape> = fc.record(
  {
    namespace: fc.constantFrom('n1', 'n2'),
    created: fc.constantFrom('2020-01-01T00:00:00Z', '2021-01-01T00:00:00Z'),
    annotations,
    rules: fc
      .dictionary(fc.constantFrom('', 'a.test', 'www.a.test', '*.a.test', 'b.a.test'), fc.option(paths), { maxKeys: 3 })
      .map((all) => ({ ...all })),
    tls: fc.uniqueArray(fc.constantFrom('cert: a.test', 'cert:', 'wild: *.a.test', ': b.a.test'), { maxLength: 2 }),
    defaultBackend: fc.constantFrom('one', 'two'),
  },
  { requiredKeys: ['namespace'] },
);

test('the order of files changes nothing, nothing is lost, and hosts and rules have names of their own', () => {
  void fc.assert(
    fc.property(fc.array(shape, { minLength: 1, maxLength: 4 }), (shapes) => {
      const files = shapes.map((each, index) => [`${index}.yaml`, ingress(`i${index}`, each)] as const);
      const result = routed(Object.fromEntries(files));
      const turned = routed(Object.fromEntries([...files].reverse()));
      const [table] = result.tables;
      for (const { host } of table?.hosts ?? []) expect(linesOf(turned, host)).toEqual(linesOf(result, host));
      const texts = (findings: typeof result.findings) => findings.map(({ code, args }) => JSON.stringify([code, args])).sort();
      expect(texts(turned.findings)).toEqual(texts(result.findings));
      expect(unsettled(result, entriesIn(table?.hosts ?? []))).toEqual([]);
      const hosts = (table?.hosts ?? []).map(({ host }) => host);
      expect(new Set(hosts).size).toBe(hosts.length);
      const ids = (table?.hosts ?? []).flatMap(({ rules }) => rules.map(({ id }) => id));
      expect(new Set(ids).size).toBe(ids.length);
    }),
    { numRuns: 400, seed: 5 },
  );
});
