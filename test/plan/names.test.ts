import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostSlug, shortened, slug, uniqueNames } from '../../src/plan/names.ts';
import { gateways, host, ingress, plan, routes, rule, table, tlsRoutes } from './tables.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'b', '-', '.', '*', '1', 'é'), maxLength: 12 });

describe('names', () => {
  it.each([
    ['*.example.com', 'wildcard-example-com'],
    ['example.com', 'example-com'],
    ['a.b.test', 'a-b-test'],
    ['', 'any-host'],
  ])('%s becomes %s', (name, expected) => {
    expect(hostSlug(name)).toBe(expected);
  });

  it('are DNS labels within the limit', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 20, max: 63 }), (name, limit) => {
        expect(shortened(slug(name), limit)).toMatch(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/);
        expect(shortened(slug(name), limit).length).toBeLessThanOrEqual(limit);
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('are unique, within the limit and independent of order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(text, { maxLength: 30 }), (identities) => {
        const wanted = identities.map((identity): [string, string] => [identity, slug(identity)]);
        const names = uniqueNames(new Map(wanted), 20);
        expect(new Set(names.values()).size).toBe(identities.length);
        expect(Math.max(0, ...[...names.values()].map(({ length }) => length))).toBeLessThanOrEqual(20);
        expect(uniqueNames(new Map([...wanted].reverse()), 20)).toEqual(new Map([...names].reverse()));
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('stay unique when somebody already has the name with the hash', () => {
    const hashed =
      uniqueNames(
        new Map([
          ['1', 'web'],
          ['2', 'web'],
        ]),
        63,
      ).get('1') ?? '';
    const names = uniqueNames(
      new Map([
        ['1', 'web'],
        ['2', 'web'],
        ['3', hashed],
      ]),
      63,
    );
    expect(new Set(names.values()).size).toBe(3);
    expect(names.get('3')).toBe(hashed);
  });

  it('of hosts that look alike are told apart, on routes and listeners', () => {
    const web = ingress();
    const hosts = ['a-b.test', 'a.b.test', '*.example.com', 'example.com', 'wildcard.example.com'].map((name) =>
      host(name, [rule(web, '/')]),
    );
    const made = plan(table(hosts));
    expect(new Set(routes(made).map(({ metadata }) => metadata.name)).size).toBe(5);
    expect(new Set(gateways(made)[0]?.spec.listeners.map(({ name }) => name)).size).toBe(5);
  });

  it('of listeners do not collide with a host that ends in a port', () => {
    const web = ingress();
    const hosts = [host('a', [rule(web, '/')], { ports: [{ scheme: 'http', port: 8080 }] }), host('a.8080', [rule(web, '/')])];
    const made = plan(table(hosts));
    const names = gateways(made)[0]?.spec.listeners.map(({ name }) => name);
    expect(new Set(names).size).toBe(2);
    expect(
      routes(made)
        .map(({ spec }) => spec.parentRefs[0]?.sectionName)
        .sort(),
    ).toEqual([...(names ?? [])].sort());
  });

  it('do not depend on where an Ingress stands in its file', () => {
    const written = () => {
      const web = ingress();
      return routes(plan(table([host('a-b.test', [rule(web, '/')]), host('a.b.test', [rule(web, '/')])])));
    };
    const named = () => written().map(({ metadata }) => metadata.name);
    expect(named()).toEqual(named());
  });

  it('of two Ingresses with the same name are told apart', () => {
    const [first, second] = [ingress(), ingress()];
    const made = plan(table([host('a.test', [rule(first, '/x'), rule(second, '/y')])]));
    expect(new Set(routes(made).map(({ metadata }) => metadata.name)).size).toBe(2);
  });

  it('of the parts of a route do not take those of other routes', () => {
    const [web, part] = [ingress('web'), ingress('web-a-test')];
    const many = Array.from({ length: 17 }, (_, index) => rule(web, `/${index}`));
    const made = plan(table([host('a.test', many), host('part02', [rule(part, '/')])]));
    expect(routes(made)).toHaveLength(3);
    expect(new Set(routes(made).map(({ metadata }) => metadata.name)).size).toBe(3);
  });

  it('of the parts of a long-named route stay within the limit and sort in order', () => {
    const web = ingress('w'.repeat(250));
    const made = routes(
      plan(
        table([
          host(
            'a.test',
            Array.from({ length: 40 }, (_, index) => rule(web, `/${String(index).padStart(2, '0')}`)),
          ),
        ]),
      ),
    );
    expect(made.map(({ spec }) => spec.rules[0]?.matches?.[0]?.path?.value)).toEqual(['/00', '/16', '/32']);
    for (const { metadata } of made) expect(metadata.name.length).toBeLessThanOrEqual(253);
  });

  it('of the parts of a Gateway do not take those of other Gateways', () => {
    const web = ingress();
    const many = Array.from({ length: 65 }, (_, index) => host(`h${index}.test`, [rule(web, '/')]));
    const made = plan([table(many, { name: 'public' }), table([host('x.test', [rule(web, '/')])], { name: 'public-2' })]);
    expect(gateways(made).map(({ metadata }) => metadata.name)).toEqual(expect.arrayContaining(['public', 'public-2']));
    expect(gateways(made)).toHaveLength(3);
    const bound = new Set(routes(made).map(({ spec }) => spec.parentRefs[0]?.name));
    expect([...bound].sort()).toEqual(
      gateways(made)
        .map(({ metadata }) => metadata.name)
        .sort(),
    );
  });

  it('of Gateways are short labels that start with a letter', () => {
    const made = plan(table([host('a.test', [rule(ingress(), '/')])], { name: `9_${'Long'.repeat(30)}` }));
    expect(gateways(made)[0]?.metadata.name).toMatch(/^gw-9-long[a-z0-9-]{1,31}$/);
  });

  it('of TLSRoutes of several Gateways are told apart', () => {
    const web = ingress();
    const passing = (name: string) => {
      const passthrough = { namespace: 'shop', service: 'db', port: 443, written: '443', weight: 1, problem: null, entries: [] };
      return table([host('a.test', [rule(web, '/')], { passthrough })], { name });
    };
    const made = tlsRoutes(plan([passing('one'), passing('two')]));
    expect(made.map(({ spec }) => spec.parentRefs[0]?.name).sort()).toEqual(['one', 'two']);
    expect(new Set(made.map(({ metadata }) => metadata.name)).size).toBe(2);
  });
});
