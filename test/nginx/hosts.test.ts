import { describe, expect, test } from 'vitest';
import { file, ingress } from './ingress-text.ts';
import { ask, codesOf, endsOf, hostOf, linesOf, routed } from './routed.ts';

describe('part 1: order and the implicit root', () => {
  const two = (first: string | undefined, second: string | undefined) =>
    routed({
      'one.yaml': ingress('one', { ...(first === undefined ? {} : { created: first }), rules: { 'a.test': ['/x one'] } }),
      'two.yaml': ingress('two', { ...(second === undefined ? {} : { created: second }), rules: { 'a.test': ['/x two'] } }),
    });

  test('the oldest wins, and where the input says which that is, nothing is left to decide', () => {
    const result = two('2020-01-01T00:00:00Z', '2021-01-01T00:00:00Z');
    expect(ask(result, 'http://a.test/x')).toBe('one:80 /x');
    expect(codesOf(result)).toEqual([]);
    expect(endsOf(result, 'spec.rules[0].http.paths[0].path')).toEqual(['inert nginx/conflict/shadowed']);
  });

  test('of equally old ones the greater name wins, and both files are named', () => {
    const result = two(undefined, undefined);
    expect(ask(result, 'http://a.test/x')).toBe('two:80 /x');
    const conflict = result.findings.find(({ code }) => code === 'nginx/conflict/path');
    expect(conflict?.at?.file).toBe('one.yaml');
    expect(conflict?.args).toMatchObject({ winner: 'default/two', loser: 'default/one', file: 'two.yaml' });
    expect(conflict?.differs).toContain('wrong-backend');
    expect(hostOf(result, 'a.test').owner).toBeNull();
  });

  test('the namespace counts before the name', () => {
    const result = routed(
      file(
        ingress('a', { namespace: 'z', rules: { 'a.test': ['/ in-z'] } }),
        ingress('b', { namespace: 'y', rules: { 'a.test': ['/ in-y'] } }),
      ),
    );
    expect(ask(result, 'http://a.test/')).toBe('in-z:80 /');
  });

  test('undeclared paths run through the annotations of the oldest Ingress', () => {
    const result = routed(ingress('old', { annotations: { 'permanent-redirect': 'https://new.test/' }, rules: { 'a.test': ['/x one'] } }));
    expect(ask(result, 'http://a.test/anything')).toBe('301 https://new.test/');
  });

  test('and are 404 after the redirect to HTTPS otherwise', () => {
    const result = routed(ingress('old', { rules: { 'a.test': ['/x one'] }, tls: ['cert: a.test'] }));
    expect(ask(result, 'http://a.test/other')).toBe('308 https://a.test/other');
    expect(ask(result, 'https://a.test/other')).toBe('404');
  });

  test('whose they are is said where it matters and cannot be known', () => {
    const result = routed(
      file(
        ingress('a', { annotations: { 'permanent-redirect': 'https://new.test/' }, rules: { 'a.test': ['/x one'] } }),
        ingress('b', { rules: { 'a.test': ['/y two'] } }),
      ),
    );
    expect(codesOf(result)).toEqual(['nginx/conflict/owner']);
    expect(ask(result, 'http://a.test/')).toBe('404');
  });

  test('a declared root takes the place of the implicit one, annotations and all', () => {
    const result = routed(
      file(
        ingress('a', {
          created: '2020-01-01T00:00:00Z',
          annotations: { 'permanent-redirect': 'https://new.test/' },
          rules: { 'a.test': ['/x one'] },
        }),
        ingress('b', { created: '2021-01-01T00:00:00Z', rules: { 'a.test': ['/ two'] } }),
      ),
    );
    expect(linesOf(result, 'a.test')).toEqual(['prefix /x -> 301 https://new.test/', 'prefix / -> two:80']);
  });
});

describe('part 3: hosts', () => {
  test('one host from many namespaces is one host', () => {
    const result = routed(
      file(
        ingress('a', { namespace: 'n1', rules: { 'a.test': ['/x one'] } }),
        ingress('a', { namespace: 'n2', rules: { 'a.test': ['/y two'] } }),
      ),
    );
    expect(hostOf(result, 'a.test').rules.map((rule) => rule.ingress.namespace)).toEqual(['n2', 'n1', 'n2']);
  });

  test('every host is served on 80 and 443, wildcards take one label, and rules without host come last', () => {
    const result = routed(ingress('a', { rules: { '': ['/ any'], '*.a.test': ['/ wild'], 'b.test': ['/ b'] } }));
    const [table] = result.tables;
    expect(table?.hosts.map(({ host }) => host)).toEqual(['*.a.test', 'b.test', '']);
    for (const host of table?.hosts ?? []) expect(host).toMatchObject({ wildcard: 'one-label', ports: [{ port: 80 }, { port: 443 }] });
    expect(ask(result, 'http://x.a.test/')).toBe('wild:80 /');
    expect(ask(result, 'http://x.y.a.test/')).toBe('any:80 /');
    expect(ask(result, 'http://b.test/')).toBe('b:80 /');
  });

  test('a known host never falls through to rules without host', () => {
    const result = routed(ingress('a', { rules: { '': ['/ any'], 'b.test': ['/x b'] } }));
    expect(ask(result, 'http://b.test/y')).toBe('404');
  });

  test('a host without http has only its implicit root', () => {
    expect(linesOf(routed(ingress('a', { rules: { 'a.test': null } })), 'a.test')).toEqual(['prefix / -> 404']);
  });

  test('one table for each class; Ingresses without one are a class of their own', () => {
    const result = routed(
      file(
        ingress('a', { className: 'internal', rules: { 'a.test': ['/ a'] } }),
        ingress('b', { className: null, rules: { 'a.test': ['/ b'] } }),
      ),
    );
    expect(result.tables.map(({ loadBalancer }) => [loadBalancer.name, loadBalancer.className])).toEqual([
      ['nginx', null],
      ['internal', 'internal'],
    ]);
    expect(codesOf(result)).toEqual([]);
    const both = routed(
      file(ingress('a', { rules: { 'a.test': ['/ a'] } }), ingress('b', { className: null, rules: { 'a.test': ['/ b'] } })),
    );
    expect(both.tables.map(({ loadBalancer }) => loadBalancer.name)).toEqual(['default', 'nginx']);
  });
});

describe('from-to-www-redirect', () => {
  const www = { 'from-to-www-redirect': 'true' };

  test.each([
    ['a.test', 'www.a.test'],
    ['www.a.test', 'a.test'],
  ])('%s gets a twin that redirects to it', (host, twin) => {
    const result = routed(ingress('a', { annotations: www, rules: { [host]: ['/ a'] }, tls: [`cert: ${host} ${twin}`] }));
    expect(ask(result, `https://${twin}/x?y=1`)).toBe(`308 https://${host}/x?y=1`);
    expect(ask(result, `http://${twin}/`)).toBe(`308 http://${host}/`);
    expect(hostOf(result, twin).certificate).toMatchObject({ kind: 'secret', name: 'cert' });
    expect(codesOf(result)).not.toContain('nginx/from-to-www-redirect/no-certificate');
  });

  test('the twin has the certificate only if it is named there', () => {
    const result = routed(ingress('a', { annotations: www, rules: { 'a.test': ['/ a'] }, tls: ['cert: a.test'] }));
    expect(hostOf(result, 'www.a.test').certificate).toMatchObject({ kind: 'default', asked: false });
    expect(codesOf(result)).toContain('nginx/from-to-www-redirect/no-certificate');
  });

  test('no twin where an Ingress defines it', () => {
    const result = routed(
      file(ingress('a', { annotations: www, rules: { 'a.test': ['/ a'] } }), ingress('b', { rules: { 'www.a.test': ['/ b'] } })),
    );
    expect(ask(result, 'http://www.a.test/')).toBe('b:80 /');
    expect(endsOf(result, 'from-to-www-redirect')).toEqual(['inert nginx/from-to-www-redirect/twin-exists']);
  });

  test('no twin of a wildcard', () => {
    const result = routed(ingress('a', { annotations: www, rules: { '*.a.test': ['/ a'] } }));
    expect(result.tables[0]?.hosts.map(({ host }) => host)).toEqual(['*.a.test']);
    expect(endsOf(result, 'from-to-www-redirect')).toEqual(['inert nginx/from-to-www-redirect/no-twin']);
  });
});

describe('server-alias', () => {
  const aliased = (alias: string, tls: readonly string[] = []) =>
    routed(ingress('a', { annotations: { 'server-alias': alias }, rules: { 'a.test': ['/x a'] }, ...(tls.length === 0 ? {} : { tls }) }));

  test('aliases have the same rules; the redirect to HTTPS only where the certificate names them', () => {
    const result = aliased('b.test, *.c.test,.d.test', ['cert: a.test b.test']);
    expect(ask(result, 'http://a.test/x')).toBe('308 https://a.test/x');
    expect(ask(result, 'http://b.test/x')).toBe('308 https://b.test/x');
    for (const host of ['y.c.test', 'x.y.c.test', 'd.test', 'e.d.test']) expect(ask(result, `http://${host}/x`)).toBe('a:80 /x');
    expect(hostOf(result, '*.c.test')).toMatchObject({ wildcard: 'any-depth', certificate: { kind: 'default', asked: false } });
  });

  test('patterns have no hostname', () => {
    const result = aliased('~^x\\d+\\.test$,www.a.*');
    expect(result.tables[0]?.hosts.map(({ host }) => host)).toEqual(['a.test']);
    expect(endsOf(result, 'server-alias')).toEqual(Array(2).fill('unmapped nginx/server-alias/no-hostname-form'));
  });

  test('a host of its own is no alias, and the first Ingress of a host decides', () => {
    const result = routed(
      file(
        ingress('a', {
          created: '2020-01-01T00:00:00Z',
          annotations: { 'server-alias': 'b.test' },
          rules: { 'a.test': ['/x a'], 'b.test': ['/ b'] },
        }),
        ingress('c', { created: '2021-01-01T00:00:00Z', annotations: { 'server-alias': 'c.test' }, rules: { 'a.test': ['/y c'] } }),
      ),
    );
    expect(result.tables[0]?.hosts.map(({ host }) => host)).toEqual(['a.test', 'b.test']);
    expect(ask(result, 'http://b.test/')).toBe('b:80 /');
    expect(codesOf(result)).toEqual(['nginx/server-alias/not-first']);
  });
});
