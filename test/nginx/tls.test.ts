import { describe, expect, test } from 'vitest';
import { file, ingress } from './ingress-text.ts';
import { ask, codesOf, endsOf, hostOf, routed } from './routed.ts';

const secret = (name: string, keys: readonly string[]) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: 'default' },
    type: 'kubernetes.io/tls',
    data: Object.fromEntries(keys.map((key) => [key, 'eA=='])),
  });

describe('part 7: certificates', () => {
  test.each([
    ['listed', ['cert: a.test'], { kind: 'secret', name: 'cert', namespace: 'default' }, []],
    ['the first section that lists it', ['one: b.test', 'two: a.test', 'three: a.test'], { kind: 'secret', name: 'two' }, []],
    ['listed without secretName', [': a.test'], { kind: 'default', asked: true }, []],
    ['by a wildcard in its names', ['cert: *.test'], { kind: 'secret', name: 'cert' }, ['nginx/tls/assumed-names']],
    ['by a section without hosts', ['cert:'], { kind: 'secret', name: 'cert' }, ['nginx/tls/assumed-names']],
    ['not listed', ['cert: b.test'], { kind: 'default', asked: true }, ['nginx/tls/not-listed']],
  ] as const)('%s', (_, tls, certificate, codes) => {
    const result = routed(ingress('a', { rules: { 'a.test': ['/ a'] }, tls }));
    expect(hostOf(result, 'a.test').certificate).toMatchObject(certificate);
    expect(codesOf(result).filter((code) => code.startsWith('nginx/tls'))).toEqual(codes);
    // Registered all the same: clear text is redirected.
    expect(ask(result, 'http://a.test/')).toBe('308 https://a.test/');
  });

  test('a Secret without certificate is no certificate', () => {
    const broken = routed(file(secret('cert', ['ca.crt']), ingress('a', { rules: { 'a.test': ['/ a'] }, tls: ['cert: a.test'] })));
    expect(hostOf(broken, 'a.test').certificate).toMatchObject({ kind: 'default', asked: true });
    expect(codesOf(broken)).toContain('nginx/tls/broken-secret');
    const fine = routed(
      file(secret('cert', ['tls.crt', 'tls.key']), ingress('a', { rules: { 'a.test': ['/ a'] }, tls: ['cert: a.test'] })),
    );
    expect(hostOf(fine, 'a.test').certificate).toMatchObject({ kind: 'secret' });
  });

  test('each host has its own, with its own leaves', () => {
    const result = routed(ingress('a', { rules: { 'a.test': ['/ a'], 'b.test': ['/ b'] }, tls: ['one: a.test', 'two: b.test'] }));
    expect(hostOf(result, 'b.test').certificate).toMatchObject({
      kind: 'secret',
      name: 'two',
      entries: [{ name: 'spec.tls[1].secretName' }, { name: 'spec.tls[1].hosts[0]' }],
    });
  });

  test('without tls section: that of *.parent, and with it the redirect', () => {
    const result = routed(
      file(
        ingress('w', { rules: { '*.p.test': ['/ w'] }, tls: ['wild: *.p.test'] }),
        ingress('a', { rules: { 'a.p.test': ['/ a'], 'a.b.p.test': ['/ deep'] } }),
      ),
    );
    expect(hostOf(result, 'a.p.test').certificate).toMatchObject({ kind: 'secret', name: 'wild' });
    expect(ask(result, 'http://a.p.test/')).toBe('308 https://a.p.test/');
    expect(hostOf(result, 'a.b.p.test').certificate).toMatchObject({ kind: 'default', asked: false });
    expect(ask(result, 'http://a.b.p.test/')).toBe('deep:80 /');
  });

  test('rules without host never have one of their own, and never redirect', () => {
    const result = routed(ingress('a', { rules: { '': ['/ a'] }, tls: ['cert:'] }));
    expect(hostOf(result, '').certificate).toMatchObject({ kind: 'default', entries: [] });
    expect(ask(result, 'http://any.test/')).toBe('a:80 /');
    expect(endsOf(result, 'spec.tls[0].secretName')).toEqual(['inert nginx/tls/hostless']);
  });

  test('leaves that serve nothing', () => {
    const result = routed(
      file(
        ingress('b', { created: '2020-01-01T00:00:00Z', rules: { 'a.test': ['/ b'] }, tls: ['first: a.test'] }),
        ingress('a', { created: '2021-01-01T00:00:00Z', rules: { 'a.test': ['/x a'] }, tls: ['second: a.test', 'other: c.test'] }),
      ),
    );
    expect(hostOf(result, 'a.test').certificate).toMatchObject({ name: 'first' });
    expect(endsOf(result, 'spec.tls[0].secretName')).toEqual(['inert nginx/tls/not-first']);
    expect(endsOf(result, 'spec.tls[1].hosts[0]')).toEqual(['inert nginx/tls/no-rule']);
    expect(codesOf(result)).toEqual(['nginx/ssl-redirect/trailing-slash']);
  });

  test('whose certificate it is is said where the age decides', () => {
    const result = routed(
      file(
        ingress('b', { rules: { 'a.test': ['/ b'] }, tls: ['one: a.test'] }),
        ingress('a', { rules: { 'a.test': ['/x a'] }, tls: ['two: a.test'] }),
      ),
    );
    expect(codesOf(result)).toContain('nginx/conflict/certificate');
    const same = routed(
      file(
        ingress('b', { rules: { 'a.test': ['/ b'] }, tls: ['one: a.test'] }),
        ingress('a', { rules: { 'a.test': ['/x a'] }, tls: ['one: a.test'] }),
      ),
    );
    expect(codesOf(same)).not.toContain('nginx/conflict/certificate');
  });
});

describe('part 7: the redirect to HTTPS', () => {
  const secured = (
    annotations: Readonly<Record<string, string>>,
    paths: readonly string[] = ['/ a'],
    tls: readonly string[] = ['cert: a.test'],
  ) => routed(ingress('a', { annotations, rules: { 'a.test': paths }, ...(tls.length === 0 ? {} : { tls }) }));

  test.each([
    [{}, ['cert: a.test'], '308 https://a.test/x?y=1'],
    [{ 'ssl-redirect': 'false' }, ['cert: a.test'], 'a:80 /x'],
    [{ 'ssl-redirect': 'maybe' }, ['cert: a.test'], '308 https://a.test/x?y=1'],
    [{ 'ssl-redirect': 'false', 'force-ssl-redirect': 'true' }, [], '308 https://a.test/x?y=1'],
    [{ 'ssl-redirect': 'true' }, [], 'a:80 /x'],
    [{}, [], 'a:80 /x'],
  ] as const)('%o, %o: %s', (annotations, tls, expected) =>
    expect(ask(secured(annotations, ['/ a'], tls), 'http://a.test/x?y=1')).toBe(expected),
  );

  test('ACME paths stay on HTTP', () => {
    const result = secured({ 'force-ssl-redirect': 'true' }, ['/.well-known/acme-challenge/x solver:8089 Exact', '/ a']);
    expect(ask(result, 'http://a.test/.well-known/acme-challenge/x')).toBe('solver:8089 /.well-known/acme-challenge/x');
  });

  test('by path: one Ingress opts out beside another', () => {
    const result = routed(
      file(
        ingress('a', { rules: { 'a.test': ['/ a'] }, tls: ['cert: a.test'] }),
        ingress('b', { annotations: { 'ssl-redirect': 'false' }, rules: { 'a.test': ['/open b'] } }),
      ),
    );
    expect(ask(result, 'http://a.test/open')).toBe('b:80 /open');
    expect(ask(result, 'http://a.test/x')).toBe('308 https://a.test/x');
  });

  test('settings without effect', () => {
    expect(endsOf(secured({ 'ssl-redirect': 'true' }, ['/ a'], []), 'ssl-redirect')).toEqual(['inert nginx/ssl-redirect/no-certificate']);
    expect(endsOf(secured({ 'ssl-redirect': 'true', 'permanent-redirect': 'https://b.test' }), 'ssl-redirect')).toEqual([
      'inert nginx/ssl-redirect/answered-before',
    ]);
    expect(endsOf(secured({ 'ssl-redirect': 'false', 'force-ssl-redirect': 'true' }), 'ssl-redirect')).toEqual([
      'inert nginx/ssl-redirect/forced',
    ]);
    expect(endsOf(secured({ 'force-ssl-redirect': 'false' }), 'force-ssl-redirect')).toEqual(['inert nginx/ssl-redirect/not-forced']);
    expect(endsOf(secured({ 'ssl-redirect': 'maybe' }), 'ssl-redirect')).toEqual(['inert nginx/value/invalid']);
  });

  test('the lost trailing slash is told once, and not where it is kept', () => {
    expect(secured({}, ['/ a', '/x b']).findings.filter(({ code }) => code === 'nginx/ssl-redirect/trailing-slash')).toHaveLength(1);
    const kept = secured({ 'preserve-trailing-slash': 'true' });
    expect(codesOf(kept)).toEqual([]);
    expect(hostOf(kept, 'a.test').rules[0]?.httpsRedirect?.entries.map(({ name }) => name.split('/')[1])).toEqual([
      'preserve-trailing-slash',
    ]);
  });

  test('a forced redirect without certificate may be a loop behind a load balancer', () => {
    expect(codesOf(secured({ 'force-ssl-redirect': 'true' }, ['/ a'], []))).toContain('nginx/ssl-redirect/terminated-before');
    expect(codesOf(secured({ 'force-ssl-redirect': 'true' }))).not.toContain('nginx/ssl-redirect/terminated-before');
  });
});

describe('ssl-passthrough', () => {
  const passed = (paths: readonly string[], host = 'a.test', tls: readonly string[] = []) =>
    routed(ingress('a', { annotations: { 'ssl-passthrough': 'true' }, rules: { [host]: paths }, ...(tls.length === 0 ? {} : { tls }) }));

  test('to the Service behind /, while HTTP goes on', () => {
    const result = passed(['/ a:443', '/x b']);
    expect(hostOf(result, 'a.test')).toMatchObject({ passthrough: { service: 'a', port: 443 }, certificate: { kind: 'none' } });
    expect(ask(result, 'http://a.test/x')).toBe('b:80 /x');
    expect(ask(result, 'https://a.test/x')).toBe('passthrough');
    expect(codesOf(result)).toEqual(['nginx/ssl-passthrough/needs-flag']);
  });

  test('with a tls section HTTP redirects, and the section serves nothing', () => {
    const result = passed(['/ a:443', '/x b'], 'a.test', ['cert: a.test']);
    expect(ask(result, 'http://a.test/x')).toBe('308 https://a.test/x');
    expect(endsOf(result, 'spec.tls[0].secretName')).toEqual(['inert nginx/ssl-passthrough/tls-unused']);
    expect(endsOf(result, 'spec.rules[0].http.paths[1].backend.service.name')).toEqual(['inert nginx/ssl-passthrough/http-redirected']);
  });

  test('without a path / the connection goes nowhere', () => {
    const result = passed(['/x b']);
    expect(hostOf(result, 'a.test')).toMatchObject({ passthrough: null, ports: [{ port: 80 }] });
    expect(codesOf(result)).toContain('nginx/ssl-passthrough/no-backend');
  });

  test('wildcards never match', () => {
    expect(endsOf(passed(['/ a'], '*.a.test'), 'ssl-passthrough')).toEqual(['inert nginx/ssl-passthrough/not-matched']);
  });
});
