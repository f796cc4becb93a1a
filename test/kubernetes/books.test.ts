import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEstate } from '../../src/read/estate.ts';
import { CORPUS_PRESENT, corpusFolders } from '../corpus/estates.ts';
import { estateOf } from '../read/estate-of.ts';
import { ingress, routed, routeEstate, unaccounted } from './routed.ts';

const host = fc.constantFrom('', 'a.test', 'b.test', '*.test', 'a.b.test', '<host>');
const path = fc.record({
  path: fc.constantFrom('/', '/a', '/a/', '/a/b', '/*', '/a(.*)', 'a', ''),
  type: fc.constantFrom('Exact', 'Prefix', 'ImplementationSpecific'),
  service: fc.constantFrom('s', 't'),
  port: fc.constantFrom<number | string>(80, 'http', 'web'),
});
const tls = fc.array(fc.record({ hosts: fc.array(host, { maxLength: 2 }), secretName: fc.constantFrom('x', 'y') }), { maxLength: 2 });
const backend = fc.option(fc.constant({ service: { name: 'd', port: { number: 80 } } }), { nil: undefined });
const anyIngress = fc
  .record({
    name: fc.constantFrom('one', 'two', 'three'),
    rules: fc.dictionary(host, fc.array(path, { maxLength: 3 }), { maxKeys: 3 }),
    tls,
    backend,
    namespace: fc.constantFrom('m', 'n'),
  })
  .map(({ name, rules, tls: sections, backend: defaultBackend, namespace }) =>
    ingress(name, rules, { tls: sections, ...(defaultBackend === undefined ? {} : { defaultBackend }) }, namespace),
  );

describe('the books of the router', () => {
  it('account for every field, whatever the Ingresses', () => {
    void fc.assert(
      fc.property(fc.array(anyIngress, { minLength: 1, maxLength: 4 }), (texts) => {
        const result = routed(Object.fromEntries(texts.map((text, index) => [`${index}.yaml`, text])));
        expect(unaccounted(result.estate, result)).toEqual([]);
        const ids = result.tables.flatMap((table) => table.hosts.flatMap((served) => served.rules.map((rule) => rule.id)));
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: 200, seed: 5 },
    );
  });

  it('tell fields that do not exist from those without effect', () => {
    const { settled } = routed(ingress('web', { 'a.test': [{ path: '/', service: 's' }] }, { tls: [], hostname: 'x' }));
    expect(settled.map(({ entry, outcome, finding }) => [entry.name, outcome, finding?.code])).toEqual([
      ['spec.tls', 'inert', 'kubernetes/host/unused'],
      ['spec.hostname', 'unknown', 'kubernetes/host/unknown-field'],
    ]);
  });

  it('do not depend on the order of the files', () => {
    const files = {
      'a.yaml': ingress('a', { 'a.test': [{ path: '/x', service: 'one' }] }),
      'b.yaml': ingress('b', { 'a.test': [{ path: '/x', service: 'two' }] }),
    };
    const there = routeEstate(estateOf(files));
    const back = routeEstate(estateOf(Object.fromEntries(Object.entries(files).reverse())));
    expect(back).toEqual(there);
  });

  it.skipIf(!CORPUS_PRESENT)(
    'account for every field of public manifests (needs ../shared/corpus)',
    () => {
      const left = corpusFolders().flatMap(([name, files]) => {
        const estate = readEstate(files, { defaultNamespace: 'default' });
        return unaccounted(estate, routeEstate(estate)).map((field) => `${name} ${field}`);
      });
      expect(left).toEqual([]);
    },
    120_000,
  );
});
