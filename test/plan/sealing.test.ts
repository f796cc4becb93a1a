import { describe, expect, it } from 'vitest';
import { allowList, codes, gateways, host, httpsRedirect, ingress, plan, routes, rule, secret, served, table } from './tables.ts';

const web = ingress();

describe('a host under a broader one', () => {
  it('answers its unmatched paths itself', () => {
    const made = plan(table([host('a.test', [rule(web, '/a')]), host('*.test', [rule(web, '/')])]));
    expect(served(made)).toEqual(['a.test [http] /a → web', 'a.test [http] / → error', '*.test [http] / → web']);
    expect(codes(made)).toContain('plan/unmatched-path');
  });

  it('needs that under hostless rules too, and at any depth', () => {
    const made = plan(table([host('x.a.test', [rule(web, '/a')]), host('*.test', [rule(web, '/b')]), host('', [rule(web, '/')])]));
    expect(served(made).filter((line) => line.endsWith('error'))).toEqual(['*.test [http] / → error', 'x.a.test [http] / → error']);
  });

  it('is left alone where it takes every path', () => {
    const made = plan(table([host('a.test', [rule(web, '/')]), host('', [rule(web, '/')])]));
    expect(served(made)).toEqual(['a.test [http] / → web', 'any [http] / → web']);
    expect(codes(made)).not.toContain('plan/unmatched-path');
  });

  it('is left alone on a scheme that the broader one does not serve', () => {
    const made = plan(table([host('a.test', [rule(web, '/a')], { certificate: secret(web) }), host('', [rule(web, '/')])]));
    expect(served(made)).toEqual(['a.test [https] /a → web', 'a.test [http] /a → web', 'a.test [http] / → error', 'any [http] / → web']);
  });

  it('is left alone where nothing broader is open', () => {
    const made = plan(table([host('a.test', [rule(web, '/a')]), host('*.test', [rule(web, '/', { intents: [allowList(web)] })])]));
    expect(served(made)).toEqual(['a.test [http] /a → web']);
  });

  it('is closed where it is withheld as a whole', () => {
    const made = plan(table([host('a.test', [rule(web, '/x', { intents: [allowList(web)] })]), host('*.test', [rule(web, '/')])]));
    expect(served(made)).toEqual(['a.test [http] /x → error', 'a.test [http] / → error', '*.test [http] / → web']);
  });

  it('is closed where the controller answers 404 for all of it', () => {
    const nothing = rule(web, '/', { action: { kind: 'respond', status: 404, contentType: null, body: null } });
    const made = plan(table([host('a.test', [nothing]), host('*.test', [rule(web, '/')])]));
    expect(served(made)).toEqual(['a.test [http] / → error', '*.test [http] / → web']);
    expect(served(plan(table([host('a.test', [nothing])])))).toEqual([]);
  });

  it('is closed without a rule of its own, in the name of its owner', () => {
    const made = plan(table([host('a.test', [], { owner: web }), host('*.test', [rule(web, '/')])], { ingresses: [web] }));
    expect(served(made)).toEqual(['a.test [http] / → error', '*.test [http] / → web']);
  });

  it('is closed over TLS where what it passes through cannot be written', () => {
    const passthrough = { namespace: 'shop', service: 'db', port: null, written: 'x', weight: 1, problem: null, entries: [] };
    const made = plan(
      table([host('a.test', [rule(web, '/')], { passthrough }), host('*.test', [rule(web, '/')], { certificate: secret(web) })]),
    );
    expect(served(made)).toEqual(['a.test [https] / → error', 'a.test [http] / → web', '*.test [http+https] / → web']);
  });

  it('passes TLS through on its own listener beside the broader one', () => {
    const passthrough = { namespace: 'shop', service: 'db', port: 443, written: '443', weight: 1, problem: null, entries: [] };
    const made = plan(
      table([host('a.test', [rule(web, '/')], { passthrough }), host('*.test', [rule(web, '/')], { certificate: secret(web) })]),
    );
    expect(gateways(made)[0]?.spec.listeners.map(({ name }) => name)).toEqual([
      'http-wildcard-test',
      'https-wildcard-test',
      'http-a-test',
      'tls-a-test',
    ]);
    expect(served(made)).not.toContain('a.test [https] / → error');
  });

  it('is sealed by a redirect that takes everything', () => {
    const made = plan(
      table([
        host('a.test', [rule(web, '/', { httpsRedirect: httpsRedirect(web) })], { certificate: secret(web) }),
        host('', [rule(web, '/')]),
      ]),
    );
    expect(served(made)).toEqual(['a.test [https] / → web', 'a.test [http] / → https 308', 'any [http] / → web']);
  });
});

describe('a wildcard of one label', () => {
  const wild = (rules: ReturnType<typeof rule>[]) => host('*.a.test', rules, { wildcard: 'one-label' });

  it('takes deeper names with Gateway API, which is told', () => {
    expect(codes(plan(table([wild([rule(web, '/')])])))).toContain('plan/wildcard-depth');
    expect(codes(plan(table([host('*.a.test', [rule(web, '/')])])))).not.toContain('plan/wildcard-depth');
  });

  it('gives way where deeper names fell to a host with protected routes', () => {
    const made = plan(table([wild([rule(web, '/')]), host('', [rule(web, '/x', { intents: [allowList(web)] }), rule(web, '/')])]));
    expect(served(made)).toEqual(['any [http] /x → error', 'any [http] / → web', '*.a.test [http] / → error']);
    expect(made.withheld.map(({ host: name, path }) => `${name}${path}`)).toEqual(['*.a.test/', '/x']);
  });

  it('stays where the user accepts the loss', () => {
    const hosts = [wild([rule(web, '/')]), host('', [rule(web, '/', { intents: [allowList(web)] })])];
    expect(served(plan(table(hosts), { options: { onSecurityLoss: 'emit' } }))).toEqual(['any [http] / → web', '*.a.test [http] / → web']);
    expect(routes(plan(table(hosts)))).toEqual([]);
  });
});
