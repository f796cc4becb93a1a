import { describe, expect, it, test } from 'vitest';
import { ask, codesOf, endsOf, ingress, routed } from './routed.ts';

const one = (paths: readonly string[], annotations: Record<string, string> = {}, more = {}) =>
  routed(ingress('i', { annotations, rules: { 'a.test': paths }, ...more }));

describe('paths', () => {
  const plain = one(['/tea web', '/tea/green green', '/coffee api Exact', '/cups/ cups ImplementationSpecific']);

  test.each([
    ['/tea', 'web:80 /tea'],
    ['/teapot', 'web:80 /teapot'],
    ['/tea/green/x', 'green:80 /tea/green/x'],
    ['/coffee', 'api:80 /coffee'],
    ['/coffee/', '404'],
    ['/cups/x', 'cups:80 /cups/x'],
    ['/cups', '301 http://a.test/cups/'],
    ['/', '404'],
  ])('%s', (path, answer) => expect(ask(plain, `http://a.test${path}`)).toBe(answer));

  it('are not redirected to the slash where the text without it is a path', () => {
    expect(ask(one(['/cups/ cups', '/cups web Exact']), 'http://a.test/cups')).toBe('web:80 /cups');
  });

  it('fall to the default backend, on every host of the Ingress', () => {
    const result = one(['/a web'], {}, { defaultBackend: 'rest:8080' });
    expect(ask(result, 'http://a.test/other')).toBe('rest:8080 /other');
    expect(ask(result, 'http://b.test/other')).not.toContain('rest');
    expect(ask(one(['/ web'], {}, { defaultBackend: 'rest' }), 'http://a.test/x')).toBe('web:80 /x');
    expect(ask(one(['/ web Exact'], {}, { defaultBackend: 'rest' }), 'http://a.test/x')).toBe('rest:80 /x');
  });

  it('of the same text and type are refused by nginx', () => {
    const result = one(['/a web', '/a api ImplementationSpecific']);
    expect(ask(result, 'http://a.test/a')).toBe('web:80 /a');
    expect(codesOf(result)).toEqual(['nginx-inc/path/duplicate']);
  });
});

describe('path-regex', () => {
  const sensitive = one(['/tea/[A-Z0-9]+ web', '/tea api'], { 'path-regex': 'case_sensitive' });

  test.each([
    ['/tea/A1', 'web:80 /tea/A1'],
    ['/tea/a1', 'api:80 /tea/a1'],
    ['/teapot', 'api:80 /teapot'],
  ])('case_sensitive takes the first pattern that fits: %s', (path, answer) => expect(ask(sensitive, `http://a.test${path}`)).toBe(answer));

  it('case_insensitive and exact', () => {
    expect(ask(one(['/Tea web'], { 'path-regex': 'case_insensitive' }), 'http://a.test/tEApot')).toBe('web:80 /tEApot');
    const exact = one(['/tea web'], { 'path-regex': 'exact' }, { defaultBackend: 'rest' });
    expect(ask(exact, 'http://a.test/tea')).toBe('web:80 /tea');
    expect(ask(exact, 'http://a.test/tea/x')).toBe('404');
    expect(ask(exact, 'http://a.test/')).toBe('rest:80 /');
  });

  it('makes Exact paths unreachable', () => {
    const result = one(['/a web Exact', '/b web'], { 'path-regex': 'case_sensitive' });
    expect(ask(result, 'http://a.test/a')).toBe('404');
    expect(codesOf(result)).toEqual(['nginx-inc/path/never-matches']);
    expect(endsOf(result, 'spec.rules[0].http.paths[0].pathType')).toEqual(['inert nginx-inc/path/never-matches']);
  });

  it('leaves other Ingresses alone, and a master too', () => {
    const result = routed(
      ingress('m', { annotations: { 'mergeable-ingress-type': 'master', 'path-regex': 'exact' }, rules: { 'a.test': null } }),
      ingress('x', { annotations: { 'mergeable-ingress-type': 'minion' }, rules: { 'a.test': ['/a web'] } }),
    );
    expect(ask(result, 'http://a.test/a/b')).toBe('web:80 /a/b');
    expect(endsOf(result, 'path-regex')).toEqual(['inert nginx-inc/mergeable/other-block']);
  });
});

describe('rewrites', () => {
  test.each([
    ['/tea/ web', 'rewrite=/', '/tea/x', 'web:80 /x'],
    ['/tea web', 'rewrite=/beans', '/tea/x', 'web:80 /beans/x'],
    ['/tea web Exact', 'rewrite=/beans', '/tea', 'web:80 /beans'],
  ])('%s %s', (path, rewrite, asked, answer) => {
    const result = one([path, '/other api'], { rewrites: `serviceName=web ${rewrite}` });
    expect(ask(result, `http://a.test${asked}`)).toBe(answer);
    expect(ask(result, 'http://a.test/other')).toBe('api:80 /other');
    expect(codesOf(result)).toEqual([]);
  });

  test.each([
    ['/tea', '/', '/tea/x', '//x'],
    ['/tea/', '/beans', '/tea/x', '/beansx'],
    ['/tea', '/beans', '/teapot', '/beanspot'],
  ])('replace the text, slash or no slash: %s to %s', (path, target, asked, sent) => {
    const result = one([`${path} web`], { rewrites: `serviceName=web rewrite=${target}` });
    expect(ask(result, `http://a.test${asked}`)).toBe(`web:80 ${sent}`);
  });

  test.each([
    ['/tea web', {}, '/fixed', '/tea/x', 'web:80 /fixed'],
    ['/tea web', {}, '/fixed/$1', '/tea/x', 'web:80 /fixed/'],
    ['/tea/(.*) web', { 'path-regex': 'case_sensitive' }, '/$1', '/tea/x/y', 'web:80 /x/y'],
    ['/tea/(.*) web', { 'path-regex': 'case_insensitive' }, '/$1', '/TEA/x', 'web:80 /x'],
  ])('rewrite-target: %s %o %s', (path, annotations, target, asked, answer) => {
    expect(ask(one([path], { 'rewrite-target': target, ...annotations }), `http://a.test${asked}`)).toBe(answer);
  });

  it('beat rewrite-target, for other Services too', () => {
    const result = one(['/a web', '/b api'], { rewrites: 'serviceName=web rewrite=/x', 'rewrite-target': '/y' });
    expect(ask(result, 'http://a.test/a/1')).toBe('web:80 /x/1');
    expect(ask(result, 'http://a.test/b')).toBe('api:80 /b');
    expect(endsOf(result, 'rewrite-target')).toEqual(['inert nginx-inc/rewrite/beside-rewrites']);
  });
});
