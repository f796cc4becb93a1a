import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { anyMembers } from './any-members.ts';
import { ingress } from './manifests.ts';
import { reference } from './reference.ts';
import { ask, codesOf, endsOf, findingsOf, linesOf, routed, unsettled } from './routed.ts';

const ME = { className: 'alb' };

describe('within one Ingress', () => {
  it('tries Exact paths, then prefixes by length, then all others as written', () => {
    const result = routed(
      ingress('a', { ...ME, rules: [['a.test', '/x I one:80', '/ab P two:80', '/y E three:80', '/abcd P four:80', '/ab/* I five:80']] }),
    );
    expect(linesOf(result, 'a.test')).toEqual([
      'exact /y -> three:80',
      'prefix /abcd -> four:80',
      'prefix /ab -> two:80',
      'exact /x -> one:80',
    ]);
    expect(endsOf(result, 'spec.rules[0].http.paths[4].path')).toEqual(['inert alb/order/dead']);
  });

  it('keeps entries for the same host apart, in the order written', () => {
    const result = routed(
      ingress('a', {
        rules: [
          ['a.test', '/ I one:80'],
          ['a.test', '/* I two:80'],
          ['a.test', '/x E three:80'],
        ],
      }),
    );
    expect(linesOf(result, 'a.test')).toEqual(['exact / -> one:80', 'prefix / -> two:80']);
  });

  it('hides all patterns behind the prefix /', () => {
    const result = routed(ingress('a', { rules: [['a.test', '/ P web:80', '/api/* I api:80', '/* I rest:80']] }));
    expect(linesOf(result, 'a.test')).toEqual(['prefix / -> web:80']);
    const dead = findingsOf(result, 'alb/order/dead');
    expect(dead.map(({ args }) => args['path'])).toEqual(['a.test/api/*', 'a.test/*']);
    expect(dead[0]?.at).toMatchObject({ file: 'in.yaml', line: 1 });
  });
});

describe('hosts are not ranked', () => {
  it('a rule without host that comes first takes what exact hosts would', () => {
    const result = routed(
      ingress('a', {
        rules: [
          ['', '/api P any:80'],
          ['a.test', '/api/v2 P dead:80', '/ P web:80'],
        ],
      }),
    );
    expect(linesOf(result, 'a.test')).toEqual(['prefix /api -> any:80', 'prefix / -> web:80']);
    expect(linesOf(result, '')).toEqual(['prefix /api -> any:80']);
    expect(ask(result, 'http://a.test/api/v2')).toBe('any:80 /api/v2');
    expect(ask(result, 'http://b.test/')).toBe('404');
  });

  it('a wildcard covers any number of labels and comes in the order written', () => {
    const result = routed(
      ingress('a', {
        rules: [
          ['*.test', '/x P wild:80'],
          ['b.a.test', '/x/y P dead:80', '/ P own:80'],
        ],
      }),
    );
    expect(ask(result, 'http://b.a.test/x/y')).toBe('wild:80 /x/y');
    expect(ask(result, 'http://c.b.a.test/x')).toBe('wild:80 /x');
    expect(ask(result, 'http://b.a.test/')).toBe('own:80 /');
  });

  it('a host of which nothing is left is none', () => {
    const result = routed(
      ingress('a', {
        rules: [
          ['', '/ P any:80'],
          ['a.test', '/ P dead:80'],
        ],
      }),
    );
    expect(result.tables[0]?.hosts.map(({ host }) => host)).toEqual(['']);
    expect(unsettled(result)).toEqual([]);
  });

  it('copies name the rule of the broader host', () => {
    const result = routed(
      ingress('a', {
        rules: [
          ['a.test', '/x P own:80'],
          ['', '/ P any:80'],
        ],
      }),
    );
    const [own, copy] = result.tables[0]?.hosts[0]?.rules ?? [];
    expect([own?.copyOf, copy?.copyOf]).toEqual([undefined, 'shop/a rules[1].paths[0]']);
  });
});

describe('over a group', () => {
  const member = (name: string, order: string | null, target: string, namespace = 'shop') =>
    ingress(name, {
      namespace,
      annotations: { 'group.name': 'g', ...(order === null ? {} : { 'group.order': order }) },
      rules: [['a.test', `/ P ${target}:80`]],
    });

  test.each([
    [[member('x', '5', 'late'), member('y', '-5', 'early')], 'early'],
    [[member('x', null, 'x'), member('w', '0', 'w')], 'w'],
    [[member('a', null, 'second', 'z'), member('z', null, 'first', 'a')], 'first'],
    // Text order of namespace/name: a dash sorts before the slash.
    [[member('b', null, 'second', 'a'), member('a', null, 'first', 'a-b')], 'first'],
  ])('%#: the first by order, then by namespace/name', (documents, winner) => {
    const result = routed(...documents);
    expect(ask(result, 'http://a.test/')).toBe(`${winner}:80 /`);
    expect(codesOf(result)).toContain('alb/order/dead');
  });

  it('orders default backends below all rules, the first member’s before others', () => {
    const one = ingress('a', { annotations: { 'group.name': 'g' }, defaultBackend: 'first:80', rules: [['a.test', '/a P web:80']] });
    const two = ingress('b', { annotations: { 'group.name': 'g' }, defaultBackend: 'second:80', rules: [['a.test', '/b P api:80']] });
    const result = routed(one, two);
    expect(ask(result, 'http://a.test/b/x')).toBe('api:80 /b/x');
    expect(ask(result, 'http://a.test/c')).toBe('first:80 /c');
    expect(endsOf(result, 'spec.defaultBackend.service.name')).toEqual(['inert alb/order/dead']);
  });
});

describe('conditions and paths', () => {
  const GREEN = '[{"field":"http-header","httpHeaderConfig":{"httpHeaderName":"X-T","values":["green"]}}]';

  it('an earlier rule with conditions is written once more on a later, more specific path', () => {
    const result = routed(
      ingress('a', { annotations: { 'conditions.green': GREEN }, rules: [['a.test', '/* I green:80', '/api/* I api:80', '/* I web:80']] }),
    );
    expect(linesOf(result, 'a.test')).toEqual([
      'prefix / X-T=green -> green:80',
      'prefix /api/ X-T=green -> green:80',
      'prefix /api/ -> api:80',
      'prefix / -> web:80',
    ]);
    const [first, copy, second] = result.tables[0]?.hosts[0]?.rules ?? [];
    expect(copy?.restates).toEqual({ first: first?.id, second: second?.id });
  });

  it('not where the earlier one is preferred anyway', () => {
    const result = routed(
      ingress('a', { annotations: { 'conditions.green': GREEN }, rules: [['a.test', '/* I green:80', '/* I web:80']] }),
    );
    expect(linesOf(result, 'a.test')).toHaveLength(2);
  });
});

it('tables answer as the load balancer does, whatever the members', () => {
  void fc.assert(
    fc.property(anyMembers, (all) => {
      const { documents, evaluate } = reference(all);
      const result = routed(...documents);
      expect(unsettled(result)).toEqual([]);
      for (const scheme of ['http', 'https'] as const) {
        for (const port of [80, 443, 8080, 8443]) {
          for (const host of ['a.test', 'b.a.test', 'x.b.a.test', 'test', 'z.test', 'c.other', 'nobody.net']) {
            for (const requested of ['/', '/a', '/a/', '/a/b', '/ab', '/a/x/c', '/x', '/b']) {
              for (const [headers, method] of [
                [{}, 'GET'],
                [{ 'X-T': 'green' }, 'GET'],
                [{}, 'POST'],
              ] as const) {
                const url = `${scheme}://${host}:${port}${requested}`;
                const before = ask(result, url, { port, headers, method });
                const expected = evaluate({ scheme, port, host, path: requested, headers, method });
                expect(`${method} ${JSON.stringify(headers)} ${url}: ${before === 'unreachable' ? '404' : before}`).toBe(
                  `${method} ${JSON.stringify(headers)} ${url}: ${expected}`,
                );
              }
            }
          }
        }
      }
    }),
    { numRuns: 50, seed: 20261125 },
  );
});
