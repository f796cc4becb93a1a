import { describe, expect, test } from 'vitest';
import { file, ingress, service } from './ingress-text.ts';
import { ask, codesOf, endsOf, hostOf, linesOf, routed } from './routed.ts';

describe('part 8: default backends', () => {
  test('without rules: unknown hosts, before any rule without host', () => {
    const result = routed(
      file(
        ingress('old', { created: '2020-01-01T00:00:00Z', rules: { '': ['/ rule', '/x x'] } }),
        ingress('new', { created: '2021-01-01T00:00:00Z', defaultBackend: 'fallback' }),
        ingress('host', { created: '2021-01-01T00:00:00Z', rules: { 'a.test': ['/x a'] } }),
      ),
    );
    expect(ask(result, 'http://unknown.test/y')).toBe('fallback:80 /y');
    expect(ask(result, 'http://unknown.test/x')).toBe('x:80 /x');
    expect(ask(result, 'http://a.test/y')).toBe('404');
    expect(endsOf(result, 'spec.rules[0].http.paths[0].path')).toEqual(['inert nginx/conflict/shadowed']);
  });

  test('its redirects and rewrites are not applied', () => {
    const result = routed(
      ingress('a', { annotations: { 'permanent-redirect': 'https://b.test', 'force-ssl-redirect': 'true' }, defaultBackend: 'fallback' }),
    );
    expect(linesOf(result, '')).toEqual(['prefix / -> fallback:80']);
  });

  test('the oldest of several, and a question where that is open', () => {
    const result = routed(file(ingress('a', { defaultBackend: 'one' }), ingress('b', { defaultBackend: 'two' })));
    expect(ask(result, 'http://unknown.test/')).toBe('two:80 /');
    expect(codesOf(result)).toEqual(['nginx/conflict/default-backend']);
  });

  test('with rules: undeclared paths of the hosts that the Ingress creates, and nothing else', () => {
    const result = routed(
      file(
        ingress('old', { created: '2020-01-01T00:00:00Z', rules: { 'a.test': ['/x a'] } }),
        ingress('new', {
          created: '2021-01-01T00:00:00Z',
          rules: { 'a.test': ['/y a'], 'b.test': ['/y b'] },
          defaultBackend: 'fallback:8080',
        }),
      ),
    );
    expect(ask(result, 'http://b.test/other')).toBe('fallback:8080 /other');
    expect(ask(result, 'http://a.test/other')).toBe('404');
    expect(result.tables[0]?.hosts.map(({ host }) => host)).toEqual(['a.test', 'b.test']);
  });

  test('of no use where every root is declared', () => {
    const result = routed(ingress('a', { rules: { 'a.test': ['/ a'] }, defaultBackend: 'fallback' }));
    expect(endsOf(result, 'spec.defaultBackend.service.name')).toEqual(['inert nginx/rest/default-backend-unused']);
  });

  test('the annotation is a fallback of its paths, not a route', () => {
    const result = routed(ingress('a', { annotations: { 'default-backend': 'spare' }, rules: { 'a.test': ['/x a'] } }));
    expect(hostOf(result, 'a.test').rules[0]?.intents).toMatchObject([
      { kind: 'fallbackBackend', service: 'spare', onlyWhenNoEndpoint: true },
    ]);
    expect(ask(result, 'http://a.test/y')).toBe('404');
    const errors = routed(
      ingress('a', { annotations: { 'default-backend': 'spare', 'custom-http-errors': '404' }, rules: { 'a.test': ['/x a'] } }),
    );
    expect(hostOf(errors, 'a.test').rules[0]?.intents).toContainEqual(
      expect.objectContaining({ kind: 'fallbackBackend', onlyWhenNoEndpoint: false }),
    );
  });
});

describe('part 11: backends', () => {
  const port = (written: string, ...documents: string[]) => {
    const [rule] = hostOf(routed(file(ingress('a', { rules: { 'a.test': [`/ svc:${written}`] } }), ...documents)), 'a.test').rules;
    const [backend] = rule?.action.kind === 'forward' ? rule.action.backends : [];
    return [backend?.port, backend?.problem, backend?.written];
  };
  const svc = service('svc', [
    { name: 'web', port: 80, targetPort: 8080 },
    { name: 'admin', port: 8080, targetPort: 'adm' },
  ]);

  test.each([
    ['80', svc, [80, null, '80']],
    ['web', svc, [80, null, 'web']],
    // The targetPort of the first port of the Service is found before the port of the second.
    ['8080', svc, [80, null, '8080']],
    ['adm', svc, [8080, null, 'adm']],
    ['9', svc, [null, 'no-such-port', '9']],
  ])('port %s of the Service', (written, document, expected) => expect(port(written, document)).toEqual(expected));

  test.each([
    ['8080', [8080, null, '8080']],
    ['http', [80, 'assumed-port', 'http']],
    ['web', [null, 'service-not-in-input', 'web']],
  ])('port %s without the Service', (written, expected) => expect(port(written)).toEqual(expected));

  test('an ExternalName is a problem of its own', () => {
    expect(port('443', service('svc', [], 'default', { type: 'ExternalName', externalName: 'x.test' }))).toEqual([
      443,
      'external-name',
      '443',
    ]);
  });

  test('only a targetPort is said', () => {
    const codes = (written: string) => codesOf(routed(file(ingress('a', { rules: { 'a.test': [`/ svc:${written}`] } }), svc)));
    expect(codes('adm')).toEqual(['nginx/location/target-port']);
    expect(codes('web')).toEqual([]);
  });
});
