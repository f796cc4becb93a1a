import { describe, expect, it } from 'vitest';
import { BOTH, backend, codes, gateways, host, ingress, plan, routes, rule, secret, table, tlsRoutes } from './tables.ts';

const listeners = (made: ReturnType<typeof plan>) =>
  gateways(made).flatMap(({ spec }) =>
    spec.listeners.map(({ name, hostname = '', port, tls }) =>
      [name, hostname, port, ...(tls?.certificateRefs ?? []).map((ref) => `${ref.namespace ?? ''}/${ref.name}`)].join(' '),
    ),
  );

describe('listeners', () => {
  it('are one for each host, scheme and port, each with the certificate of its host alone', () => {
    const web = ingress();
    const made = plan(
      table([
        host('b.test', [rule(web, '/')], { certificate: secret(web, 'b') }),
        host('a.test', [rule(web, '/')], { certificate: secret(web, 'a') }),
        host('c.test', [rule(web, '/')]),
        host('', [rule(web, '/')], { ports: [{ scheme: 'http', port: 8080 }] }),
      ]),
    );
    expect(listeners(made)).toEqual([
      'http-a-test a.test 80',
      'https-a-test a.test 443 /a',
      'http-b-test b.test 80',
      'https-b-test b.test 443 /b',
      'http-c-test c.test 80',
      'http-8080  8080',
    ]);
  });

  it('admit exactly the namespaces that have routes on them', () => {
    const [one, two, home] = [ingress('one', 'one'), ingress('two', 'two'), ingress('home', 'infra')];
    const made = plan(
      table([
        host('a.test', [rule(one, '/one'), rule(two, '/two')]),
        host('b.test', [rule(two, '/')]),
        host('c.test', [rule(home, '/')]),
        host('d.test', [rule(home, '/home'), rule(one, '/')]),
      ]),
      { options: { gatewayNamespace: 'infra' } },
    );
    const key = 'kubernetes.io/metadata.name';
    expect(gateways(made)[0]?.spec.listeners.map(({ allowedRoutes }) => allowedRoutes?.namespaces)).toEqual([
      { from: 'Selector', selector: { matchExpressions: [{ key, operator: 'In', values: ['one', 'two'] }] } },
      { from: 'Selector', selector: { matchLabels: { [key]: 'two' } } },
      { from: 'Same' },
      { from: 'Selector', selector: { matchExpressions: [{ key, operator: 'In', values: ['infra', 'one'] }] } },
    ]);
  });

  it('admit per scheme: who only redirects is not admitted to https', () => {
    const [one, two] = [ingress('one', 'one'), ingress('two', 'two')];
    const made = plan(table([host('a.test', [rule(one, '/one', { scheme: 'http' }), rule(two, '/two')], { certificate: secret(two) })]));
    expect(
      gateways(made)[0]?.spec.listeners.map(({ protocol, allowedRoutes }) => [protocol, JSON.stringify(allowedRoutes).includes('one')]),
    ).toEqual([
      ['HTTP', true],
      ['HTTPS', false],
    ]);
  });

  it('of more than 64 go to further Gateways, those of one host together, and the routes follow', () => {
    const web = ingress();
    const hosts = Array.from({ length: 40 }, (_, index) =>
      host(`h${index}.test`, [rule(web, '/')], { certificate: secret(web, `s${index}`) }),
    );
    const made = plan(table(hosts));
    expect(gateways(made).map(({ spec }) => spec.listeners.length)).toEqual([64, 16]);
    expect(codes(made)).toContain('plan/gateway-split');
    const byName = new Map(gateways(made).map(({ metadata, spec }) => [metadata.name, spec.listeners.map(({ name }) => name)]));
    for (const { spec } of routes(made))
      for (const { name, sectionName } of spec.parentRefs) expect(byName.get(name)).toContain(sectionName);
  });

  it('bind every route by name, so that a hostless one answers for no other host', () => {
    const web = ingress();
    const made = plan(table([host('a.test', [rule(web, '/a')]), host('', [rule(web, '/')])]));
    const hostless = routes(made).find(({ spec }) => spec.hostnames === undefined);
    expect(hostless?.spec.parentRefs).toEqual([{ name: 'public', sectionName: 'http' }]);
  });

  it('pass TLS through to the one backend, and keep clear text', () => {
    const web = ingress();
    const passthrough = backend(web, 'db', { port: 8443 });
    const made = plan(table([host('a.test', [rule(web, '/')], { passthrough, ports: BOTH, certificate: secret(web) })]));
    expect(gateways(made)[0]?.spec.listeners.map(({ protocol, tls }) => [protocol, tls?.mode])).toEqual([
      ['HTTP', undefined],
      ['TLS', 'Passthrough'],
    ]);
    expect(tlsRoutes(made).map(({ spec }) => spec)).toEqual([
      {
        parentRefs: [{ name: 'public', sectionName: 'tls-a-test' }],
        hostnames: ['a.test'],
        rules: [{ backendRefs: [{ name: 'db', port: 8443 }] }],
      },
    ]);
    expect(routes(made).flatMap(({ spec }) => spec.parentRefs.map(({ sectionName }) => sectionName))).toEqual(['http-a-test']);
  });

  it.each([
    ['no known port', { port: null, problem: 'service-not-in-input' as const }, {}, 'plan/backend-unresolved'],
    ['an external name', { problem: 'external-name' as const }, {}, 'plan/backend-external-name'],
    ['a release without TLSRoute', {}, { release: { version: '1.4', channel: 'standard' } as const }, 'plan/passthrough'],
  ])('never decrypt what was passed through, with %s', (_, more, options, code) => {
    const web = ingress();
    const passthrough = backend(web, 'db', more);
    const made = plan(table([host('a.test', [rule(web, '/')], { passthrough, ports: BOTH, certificate: secret(web) })]), { options });
    expect(gateways(made)[0]?.spec.listeners.map(({ protocol }) => protocol)).toEqual(['HTTP']);
    expect(tlsRoutes(made)).toEqual([]);
    expect(codes(made)).toContain(code);
  });
});
