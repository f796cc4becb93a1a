import fc from 'fast-check';
import type { Member } from './reference.ts';

const HOSTS = ['', 'a.test', 'b.a.test', '*.test', '*.a.test', 'c.other'];
const PATHS: Readonly<Record<string, readonly string[]>> = {
  Exact: ['/', '/a', '/a/b', '/a/'],
  Prefix: ['/', '/a', '/a/', '/a/b', '/ab'],
  ImplementationSpecific: ['/*', '/', '/a', '/a/*', '/a*', '/?', '/a/*/c', '/*b'],
};

const path = fc.constantFrom('Exact', 'Prefix', 'ImplementationSpecific').chain((type) =>
  fc.record({
    type: fc.constant(type),
    path: fc.constantFrom(...(PATHS[type] ?? [])),
    service: fc.constantFrom('one', 'two', 'three', 'header', 'method'),
  }),
);
const member: fc.Arbitrary<Member> = fc.record({
  name: fc.constantFrom('m1', 'm2', 'm3'),
  namespace: fc.constantFrom('n1', 'n2'),
  order: fc.integer({ min: -2, max: 2 }),
  ports: fc.constantFrom<Member['ports']>(
    [['HTTP', 80]],
    [['HTTPS', 443]],
    [
      ['HTTP', 80],
      ['HTTPS', 443],
    ],
    [['HTTP', 8080]],
    [
      ['HTTPS', 8443],
      ['HTTPS', 443],
    ],
  ),
  sslRedirect: fc.boolean(),
  rules: fc.array(fc.record({ host: fc.constantFrom(...HOSTS), paths: fc.array(path, { minLength: 1, maxLength: 4 }) }), {
    minLength: 1,
    maxLength: 3,
  }),
  defaultBackend: fc.option(fc.constantFrom('fallback', 'other'), { nil: null }),
});
/** Members of one group, each with an order, ports and rules of its own. */
export const anyMembers = fc.uniqueArray(member, { minLength: 1, maxLength: 3, selector: ({ namespace, name }) => `${namespace}/${name}` });
