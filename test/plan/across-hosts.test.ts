import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HTTPRouteMatch } from '../../src/gateway/types.ts';
import { meetingOf, takesAllOf } from '../../src/plan/meeting-matches.ts';
import { traefik } from '../../src/targets/traefik/traefik.ts';
import { allowList, codes, host, httpsRedirect, ingress, plan, rule, secret, served, table } from './tables.ts';

const web = ingress();
const other = ingress('other');
const broader = (paths: readonly string[], name = '*.test') =>
  host(
    name,
    paths.map((each) => rule(other, each, { service: 'other' })),
  );
const planned = (...hosts: ReturnType<typeof host>[]) => plan(table(hosts), { target: traefik });
const ofHost = (made: ReturnType<typeof plan>, name: string) => served(made).filter((line) => line.startsWith(`${name} `));

describe('rules that compete with those of broader hosts', () => {
  it('stand once more with the longer path', () => {
    const made = planned(host('a.test', [rule(web, '/')]), broader(['/admin', '/']));
    expect(ofHost(made, 'a.test')).toEqual(['a.test [http] / → web', 'a.test [http] /admin → web']);
    expect(ofHost(made, '*.test')).toHaveLength(2);
    expect(codes(made)).not.toContain('plan/broader-host-first');
  });

  it('do so under rules for any host, and for no host that is not within', () => {
    expect(ofHost(planned(host('a.test', [rule(web, '/')]), broader(['/x'], '')), 'a.test')).toContain('a.test [http] /x → web');
    expect(ofHost(planned(host('a.example', [rule(web, '/')]), broader(['/x'])), 'a.example')).toEqual(['a.example [http] / → web']);
  });

  it('leave alone where the host has the longer path itself, or hosts come first', () => {
    const hosts = [host('a.test', [rule(web, '/admin/x'), rule(web, '/admin'), rule(web, '/')]), broader(['/admin'])];
    expect(ofHost(planned(...hosts), 'a.test')).toHaveLength(3);
    expect(ofHost(plan(table([host('a.test', [rule(web, '/')]), broader(['/admin'])])), 'a.test')).toEqual(['a.test [http] / → web']);
  });

  it('answer each path as the host does', () => {
    const own = [rule(web, '/shop/new', { service: 'new' }), rule(web, '/shop', { service: 'shop' }), rule(web, '/')];
    const made = planned(host('a.test', own), broader(['/shop/new/long', '/deep/path']));
    expect(ofHost(made, 'a.test').slice(-2)).toEqual(['a.test [http] /shop/new/long → new', 'a.test [http] /deep/path → web']);
  });

  it('keep their protection, and the guard behind it', () => {
    const made = planned(host('a.test', [rule(web, '/', { intents: [allowList(web)] })]), broader(['/admin']));
    expect(ofHost(made, 'a.test').slice(-2)).toEqual(['a.test [http] /admin → ExtensionRef web', 'a.test [http] /admin → error']);
  });

  it('take along the conditions that count before a plain path', () => {
    const canary = rule(other, '/', { service: 'canary', match: { headers: [{ name: 'X-Can', value: 'always', kind: 'exact' }] } });
    const made = planned(host('a.test', [rule(web, '/')]), host('*.test', [canary, rule(other, '/', { service: 'other' })]));
    expect(ofHost(made, 'a.test')).toContain('a.test [http] / X-Can:always → web');
  });

  it('are not repeated where both answer alike', () => {
    const redirected = (name: string, of = web) =>
      host(name, [rule(of, '/', { httpsRedirect: httpsRedirect(of) })], { certificate: secret(of) });
    const made = planned(
      redirected('a.test'),
      host('*.test', [rule(other, '/x', { httpsRedirect: httpsRedirect(other) })], { certificate: secret(other) }),
    );
    expect(ofHost(made, 'a.test').filter((line) => line.includes('[http]'))).toEqual(['a.test [http] / → https 308']);
  });

  it('are told where they cannot be repeated', () => {
    const pattern = host('*.test', [rule(other, '~/img/[a-z]+/large', { service: 'other' })]);
    const made = planned(host('a.test', [rule(web, '/img'), rule(web, '/')]), pattern);
    expect(codes(made)).toContain('plan/broader-host-first');
  });
});

describe('what two matches both take', () => {
  const segment = fc.constantFrom('', '/a', '/a/b', '/ab', '/a/b/c', '/b');
  const match = fc.record({ type: fc.constantFrom('Exact' as const, 'PathPrefix' as const), value: segment, header: fc.boolean() }).map(
    ({ type, value, header }): HTTPRouteMatch => ({
      path: { type, value: value === '' ? '/' : value },
      ...(header ? { headers: [{ name: 'X', value: '1' }] } : {}),
    }),
  );
  const takes = ({ path, headers = [] }: HTTPRouteMatch, at: string, header: boolean) => {
    const value = path?.value.replace(/\/+$/, '') ?? '';
    const isPath = path?.type === 'Exact' ? at === path.value : at === value || at.startsWith(`${value}/`);
    return isPath && (headers.length === 0 || header);
  };

  it('is taken by each of them, and by nothing else', () => {
    void fc.assert(
      fc.property(match, match, fc.constantFrom('/', '/a', '/a/b', '/ab', '/a/b/c', '/a/b/c/d', '/c'), fc.boolean(), (a, b, at, header) => {
        const both = meetingOf(a, b);
        expect(both).not.toBe('unknown');
        const isTaken = both !== null && both !== 'unknown' && takes(both, at, header);
        expect(isTaken).toBe(takes(a, at, header) && takes(b, at, header));
        if (takesAllOf(a, b) && takes(b, at, header)) expect(takes(a, at, header)).toBe(true);
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
