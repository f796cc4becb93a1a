import { describe, expect, it } from 'vitest';
import { BOTH, codes, entry, host, httpsRedirect, ingress, outcomes, plan, routes, rule, secret, served, table } from './tables.ts';

const web = ingress();
const certificate = secret(web);
const redirect = () => httpsRedirect(web);

describe('http and https', () => {
  it('share one route where they are served alike', () => {
    expect(served(plan(table([host('a.test', [rule(web, '/')], { certificate })])))).toEqual(['a.test [http+https] / → web']);
  });

  it('have a route each where one redirects to the other', () => {
    const rules = [rule(web, '/x', { httpsRedirect: redirect() }), rule(web, '/', { httpsRedirect: redirect() })];
    const made = plan(table([host('a.test', rules, { certificate })]));
    expect(served(made)).toEqual(['a.test [https] /x → web', 'a.test [https] / → web', 'a.test [http] / → https 308']);
    expect(routes(made).map(({ metadata }) => metadata.name)).toEqual(['web-a-test', 'web-a-test-http']);
    for (const { httpsRedirect: wanted } of rules)
      for (const each of wanted?.entries ?? []) expect(outcomes(made, each)).toEqual(['converted']);
  });

  it('keep paths that do not redirect beside those that do: ssl-redirect false, ACME', () => {
    const rules = [
      rule(web, '/.well-known/acme-challenge', { service: 'solver' }),
      rule(web, '/plain'),
      rule(web, '/', { httpsRedirect: redirect() }),
    ];
    expect(served(plan(table([host('a.test', rules, { certificate })])))).toEqual([
      'a.test [https] /.well-known/acme-challenge → solver',
      'a.test [https] /plain → web',
      'a.test [https] / → web',
      'a.test [http] /.well-known/acme-challenge → solver',
      'a.test [http] /plain → web',
      'a.test [http] / → https 308',
    ]);
  });

  it('keep the conditions of a redirect: others are still served in clear text', () => {
    const match = { headers: [{ name: 'x', value: '1', kind: 'exact' as const }] };
    const made = plan(table([host('a.test', [rule(web, '/', { match, httpsRedirect: redirect() }), rule(web, '/')], { certificate })]));
    expect(served(made)).toContain('a.test [http] / x:1 → https 308');
    expect(served(made)).toContain('a.test [http] / → web');
  });

  it('lead to another port where TLS has one', () => {
    const rules = [rule(web, '/', { httpsRedirect: { ...redirect(), port: 8443 } })];
    const ports = [BOTH[0], { scheme: 'https', port: 8443 } as const];
    const made = plan(table([host('a.test', rules, { certificate, ports })]));
    expect(served(made)).toContain('a.test [http] / → https 8443 308');
    expect(routes(made).map(({ spec }) => spec.parentRefs[0]?.sectionName)).toEqual(['https-a-test-8443', 'http-a-test']);
  });

  it('write the status of the release', () => {
    const made = plan(table([host('a.test', [rule(web, '/', { httpsRedirect: redirect() })], { certificate })]), {
      options: { release: { version: '1.4', channel: 'standard' } },
    });
    expect(served(made)).toContain('a.test [http] / → https 301');
    expect(codes(made)).toContain('plan/redirect-status');
  });

  it('never serve clear text where the redirect cannot be written', () => {
    const wanted = { ...redirect(), status: 300 };
    const made = plan(table([host('a.test', [rule(web, '/x', { httpsRedirect: wanted }), rule(web, '/')], { certificate })]));
    expect(served(made)).toContain('a.test [http] /x → error');
    expect(outcomes(made, wanted.entries[0] ?? entry(web, 'none'))).toEqual(['unmapped']);
  });

  it('without http nothing binds to it, and the redirect has no effect', () => {
    const wanted = redirect();
    const only = host('a.test', [rule(web, '/', { httpsRedirect: wanted })], { certificate, ports: BOTH.slice(1) });
    const made = plan(table([only]));
    expect(served(made)).toEqual(['a.test [https] / → web']);
    expect(outcomes(made, wanted.entries[0] ?? entry(web, 'none'))).toEqual(['inert']);
  });

  it('redirect to https by the withheld route as well, which answers an error there', () => {
    const intents = [{ kind: 'allowList' as const, ranges: [], entries: [] }];
    const rules = [rule(web, '/admin', { intents, httpsRedirect: redirect() }), rule(web, '/', { httpsRedirect: redirect() })];
    expect(served(plan(table([host('a.test', rules, { certificate })])))).toEqual([
      'a.test [https] /admin → error',
      'a.test [https] / → web',
      'a.test [http] / → https 308',
    ]);
  });
});
