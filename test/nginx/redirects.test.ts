import { describe, expect, test } from 'vitest';
import { redirectTarget } from '../../rules/nginx/redirect-target.ts';
import { file, ingress } from './ingress-text.ts';
import { ask, codesOf, endsOf, linesOf, routed } from './routed.ts';

const sent = (annotations: Readonly<Record<string, string>>, more: object = {}) =>
  routed(ingress('a', { annotations, rules: { 'a.test': ['/x a'] }, ...more }));

describe('part 9: redirects', () => {
  test.each([
    [{ 'permanent-redirect': 'https://b.test' }, '301 https://b.test/'],
    [{ 'permanent-redirect': 'http://B.test:8080/y?z=1' }, '301 http://b.test:8080/y?z=1'],
    [{ 'permanent-redirect': '/y' }, '301 http://a.test/y'],
    [{ 'permanent-redirect': 'https://b.test', 'permanent-redirect-code': '308' }, '308 https://b.test/'],
    [{ 'permanent-redirect': 'https://b.test', 'permanent-redirect-code': '200' }, '301 https://b.test/'],
    [{ 'temporal-redirect': 'https://b.test' }, '302 https://b.test/'],
    [{ 'temporal-redirect': 'https://b.test', 'temporal-redirect-code': '307' }, '307 https://b.test/'],
    [{ 'temporal-redirect': 'https://b.test', 'temporal-redirect-code': '308' }, '302 https://b.test/'],
    [{ 'temporal-redirect': 'https://t.test', 'permanent-redirect': 'https://p.test' }, '302 https://t.test/'],
    [{ 'permanent-redirect': 'https://b.test$request_uri' }, '301 https://b.test/x/y?q=1'],
    [{ 'permanent-redirect': '$scheme://b.test$request_uri' }, '301 http://b.test/x/y?q=1'],
  ])('%o: %s', (annotations, expected) => expect(ask(sent(annotations), 'http://a.test/x/y?q=1')).toBe(expected));

  test('it comes before the redirect to HTTPS', () => {
    expect(ask(sent({ 'permanent-redirect': 'https://b.test' }, { tls: ['cert: a.test'] }), 'http://a.test/x')).toBe('301 https://b.test/');
  });

  test('temporal-redirect that is no URL switches off all three', () => {
    const result = sent({ 'temporal-redirect': '/y', 'permanent-redirect': 'https://b.test', 'from-to-www-redirect': 'true' });
    expect(ask(result, 'http://a.test/x')).toBe('a:80 /x');
    expect(result.tables[0]?.hosts.map(({ host }) => host)).toEqual(['a.test']);
    expect(codesOf(result)).toEqual(['nginx/redirect/not-absolute']);
  });

  test('what presupposes an old controller is said', () => {
    expect(codesOf(sent({ 'permanent-redirect': 'https://b.test$request_uri' }))).toEqual(['nginx/redirect/old-controller']);
  });

  test.each([
    [{ 'permanent-redirect': 'https://b.test/#x' }],
    [{ 'permanent-redirect': 'https://b.test/$1' }],
    [{ 'permanent-redirect': 'https://b.test', 'permanent-redirect-code': 'many' }],
    [{ 'temporal-redirect-code': '302', 'permanent-redirect': 'https://b.test/%20' }],
    [{ 'from-to-www-redirect': 'yes' }],
    [{ 'server-alias': 'b.test; x' }],
    [{ 'default-backend': '9svc' }],
    [{ 'ssl-passthrough': 'yes' }],
    [{ 'upstream-vhost': 'a b' }],
    [{ 'x-forwarded-prefix': '/a b' }],
    [{ 'relative-redirects': 'yes' }],
  ])('part 15: %o drops the whole Ingress', (annotations) => {
    const result = sent(annotations);
    expect(result.refused.map(({ code }) => code)).toEqual(['nginx/value/refused']);
    expect(result.refused[0]?.at?.file).toBe('in.yaml');
    expect(result.tables).toEqual([]);
  });

  test.each([
    [{ 'canary-weight': 'x', canary: 'true' }, 'canary-weight'],
    [{ 'backend-protocol': 'SPDY' }, 'backend-protocol'],
    [{ 'use-regex': 'on' }, 'use-regex'],
    [{ 'app-root': '/a b' }, 'app-root'],
    [{ 'enable-cors': 'yes' }, 'enable-cors'],
  ])('part 15: of %o only %s is replaced', (annotations, name) => {
    const result = sent(annotations);
    expect(result.refused).toEqual([]);
    expect(endsOf(result, name)).toEqual(['inert nginx/value/invalid']);
    expect(codesOf(result)).toContain('nginx/value/invalid');
  });

  test.each([
    ['https://b.test', { scheme: 'https', host: 'b.test', port: null, path: { kind: 'full', path: '/' } }],
    ['https://b.test?x=1', { path: { kind: 'full', path: '/' }, query: { kind: 'set', value: 'x=1' } }],
    ['https://$host$request_uri', { kind: 'request-uri', scheme: 'https', host: null, path: { kind: 'keep' }, query: { kind: 'keep' } }],
    ['b.test/y', { kind: 'relative-name', path: { kind: 'full', path: '/b.test/y' } }],
  ])('target %s', (value, expected) => expect(redirectTarget(value)).toMatchObject(expected));
});

describe('app-root', () => {
  test('exactly /, on the whole host, before HTTPS, without the query', () => {
    const result = sent({ 'app-root': '/app' }, { tls: ['cert: a.test'] });
    expect(ask(result, 'http://a.test/?x=1')).toBe('302 http://a.test/app');
    expect(ask(result, 'https://a.test/')).toBe('302 https://a.test/app');
    expect(ask(result, 'http://a.test/x')).toBe('308 https://a.test/x');
  });

  test('of several the one of the longest path', () => {
    const result = routed(
      file(
        ingress('z', { annotations: { 'app-root': '/short' }, rules: { 'a.test': ['/s a'] } }),
        ingress('a', { annotations: { 'app-root': '/long' }, rules: { 'a.test': ['/longer a'] } }),
      ),
    );
    expect(linesOf(result, 'a.test')[0]).toBe('exact / -> 302 (scheme)://(host)/long');
    expect(endsOf(result, 'app-root')).toEqual(['inert nginx/conflict/host-setting']);
  });

  test('no path: ignored', () => {
    expect(endsOf(sent({ 'app-root': 'https://b.test/' }), 'app-root')).toEqual(['inert nginx/app-root/not-a-path']);
  });
});
