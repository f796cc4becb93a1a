import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { Json } from '../../src/model/json.ts';
import { strayEntries } from '../../src/model/stray.ts';
import { estateOf, ingressText } from '../read/estate-of.ts';

const key = fc.constantFrom(
  'rules',
  'tls',
  'defaultBackend',
  'host',
  'hosts',
  'http',
  'paths',
  'path',
  'backend',
  'service',
  'port',
  'x y',
  '__proto__',
);
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom<Json>(null, true, 80, 'a.test', '', 'nö'),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(key, tie('json'), { maxKeys: 4, noNullPrototype: false }),
  ),
}));

function leafCount(value: Json): number {
  const children = typeof value === 'object' && value !== null ? Object.values(value) : [];
  return children.length === 0 ? 1 : children.reduce<number>((total, child) => total + leafCount(child), 0);
}

describe('entries of an Ingress', () => {
  it('are one for each annotation and each leaf of the spec, whatever stands there', () => {
    fc.assert(
      fc.property(json, fc.dictionary(fc.string({ minLength: 1 }), fc.string()), (spec, annotations) => {
        const object = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'a', annotations }, spec };
        for (const text of [JSON.stringify(object), stringify(object, { compat: 'yaml-1.1' })]) {
          const [ingress] = estateOf(text).ingresses;
          expect(ingress?.annotations.map(({ name, value }) => [name, value])).toEqual(Object.entries(annotations));
          expect(ingress?.spec).toHaveLength(leafCount(spec));
          expect(new Set(ingress?.spec.map(({ name }) => name)).size).toBe(leafCount(spec));
        }
      }),
    );
  });

  it('belong to one part at most', () => {
    fc.assert(
      fc.property(json, (spec) => {
        const [ingress] = estateOf(
          JSON.stringify({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'a' }, spec }),
        ).ingresses;
        if (ingress === undefined) throw new Error('no Ingress');
        const paths = ingress.rules.flatMap(({ paths }) => paths ?? []);
        const backends = [ingress.defaultBackend, ...paths.map(({ backend }) => backend)].filter((backend) => backend !== null);
        const named = [...ingress.rules, ...paths, ...backends, ...ingress.tls].flatMap(({ entries }) => entries);
        const className = ingress.className === null ? [] : [ingress.className.entry];
        const all = [...named, ...className, ...strayEntries(ingress)];
        expect(new Set(all).size).toBe(all.length);
        expect(new Set(all)).toEqual(new Set(ingress.spec));
      }),
    );
  });
});

describe('any text', () => {
  const fragment = fc.oneof(
    fc.constantFrom(
      'kind: Ingress\n',
      'kind: List\nitems:\n',
      '---\n',
      '- ',
      '  ',
      '\t',
      '&a ',
      '*a',
      '<<: ',
      '{{',
      '}}',
      '{',
      '[',
      '"',
      "'",
      '|\n',
      '? ',
      ': ',
      '#',
      '\0',
      '!!x ',
    ),
    fc.constant(ingressText('a')),
    fc.string({ unit: 'binary' }),
  );

  it('is read without an exception, and twice alike', () => {
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 12 }), (fragments) => {
        const text = `kind: Ingress\n${fragments.join('')}`;
        expect(estateOf(text)).toEqual(estateOf(text));
      }),
      { numRuns: 500, seed: 5 },
    );
  });
});
