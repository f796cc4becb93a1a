import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intersects } from '../../../src/prove/after/attachment.ts';
import { hostnameTakes, takingHostnames } from '../../../src/prove/after/hostnames.ts';
import { ask, gateway, http, route, rule } from '../gateway-objects.ts';

describe('a hostname', () => {
  it.each([
    ['*.example.com', 'a.example.com', true],
    ['*.example.com', 'a.b.example.com', true],
    ['*.example.com', 'example.com', false],
    ['*.example.com', 'aexample.com', false],
    ['a.example.com', 'a.example.com', true],
    ['a.example.com', 'b.a.example.com', false],
    ['', 'anything', true],
    [undefined, 'anything', true],
  ])('%s takes %s: %s', (hostname, host, taken) => {
    expect(hostnameTakes(hostname, host)).toBe(taken);
  });

  const host = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'));

  it('is among those that take a host exactly when it takes it', () => {
    fc.assert(
      fc.property(host, host, fc.boolean(), (name, other, isWildcard) => {
        const hostname = isWildcard ? `*.${other}` : other;
        expect(takingHostnames(name).includes(hostname)).toBe(hostnameTakes(hostname, name));
      }),
      { seed: 7 },
    );
  });

  it('the most specific comes first: precise ones, then the longest', () => {
    expect(takingHostnames('a.b.test')).toEqual(['a.b.test', '*.b.test', '*.test', '']);
  });
});

/** Effective hosts: the intersection of the listener's and the route's. */
describe('listener and route', () => {
  it.each([
    ['', [], ['a.x.io', 'b.y.io'], []],
    ['', ['a.x.io'], ['a.x.io'], ['b.x.io']],
    ['a.x.io', [], ['a.x.io'], ['b.x.io']],
    ['a.x.io', ['a.x.io'], ['a.x.io'], ['b.x.io']],
    ['*.x.io', ['a.x.io'], ['a.x.io'], ['b.x.io', 'a.a.x.io']],
    ['a.x.io', ['*.x.io'], ['a.x.io'], ['b.x.io']],
    ['*.x.io', ['*.a.x.io'], ['b.a.x.io', 'c.b.a.x.io'], ['a.x.io', 'b.x.io']],
    ['a.x.io', ['b.x.io'], [], ['a.x.io', 'b.x.io']],
    ['*.x.io', ['b.x.io', 'c.y.io'], ['b.x.io'], ['c.y.io']],
  ] as const)('"%s" and %j serve %j and not %j', (listener, hostnames, served, refused) => {
    const objects = [gateway([http(listener)]), route('r', hostnames, [rule('/', 's')])];
    for (const host of served) expect(ask(objects, `http://${host}/`)).toEqual(['s:80 /']);
    for (const host of refused) expect(['404', 'unreachable']).toContain(ask(objects, `http://${host}/`)[0]);
  });

  it.each([
    ['*.x.io', '*.a.x.io', true],
    ['*.a.x.io', '*.x.io', true],
    ['*.x.io', '*.y.io', false],
    ['*.x.io', 'x.io', false],
    ['*.x.io', '*.x.io', true],
    ['', 'x.io', true],
  ])('%s meets %s: %s', (a, b, met) => {
    expect(intersects(a, b)).toBe(met);
  });
});
