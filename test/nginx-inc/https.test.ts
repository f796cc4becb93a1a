import { describe, expect, it, test } from 'vitest';
import { ask, codesOf, endsOf, hostOf, ingress, intentsOf, policy, routed } from './routed.ts';

const secure = (annotations: Record<string, string> = {}, more = {}) =>
  routed(ingress('i', { annotations, rules: { 'a.test': ['/a web'] }, tls: ['cert:a.test'], ...more }));
const clear = (annotations: Record<string, string> = {}) => secure(annotations, { tls: [] });

describe('TLS', () => {
  it('redirects with 301 by default, undeclared paths too', () => {
    const result = secure();
    expect(ask(result, 'http://a.test/a?x=1')).toBe('301 https://a.test/a?x=1');
    expect(ask(result, 'http://a.test/other')).toBe('301 https://a.test/other');
    expect(ask(result, 'https://a.test/a')).toBe('web:80 /a');
    expect(ask(result, 'https://a.test/other')).toBe('404');
  });

  test.each([
    [{ 'ssl-redirect': 'false' }, 'web:80 /a'],
    [{ 'ingress.kubernetes.io/ssl-redirect': 'false' }, 'web:80 /a'],
    [{ 'ingress.kubernetes.io/ssl-redirect': 'false', 'ssl-redirect': 'true' }, '301 https://a.test/a'],
    [{ 'http-redirect-code': '308' }, '308 https://a.test/a'],
    [{ 'listen-ports-ssl': '8443,9443' }, '301 https://a.test:8443/a'],
  ])('%o', (annotations, answer) => expect(ask(secure(annotations), 'http://a.test/a')).toBe(answer));

  it('is served only for hosts that a section lists, letter by letter', () => {
    const result = routed(
      ingress('i', { rules: { 'a.test': ['/ web'], 'b.test': ['/ web'] }, tls: ['cert:*.test', 'other:a.test', 'late:a.test'] }),
    );
    expect(hostOf(result, 'a.test').certificate).toMatchObject({ kind: 'secret', name: 'late' });
    expect(ask(result, 'http://b.test/')).toBe('web:80 /');
    expect(ask(result, 'https://b.test/')).toBe('unreachable');
    expect(endsOf(result, 'spec.tls[1].hosts[0]')).toEqual(['inert nginx-inc/tls/later']);
    expect(endsOf(result, 'spec.tls[0].hosts[0]')).toEqual(['inert nginx-inc/tls/no-rule']);
  });

  it('is not served for a section without hosts, which is reported', () => {
    const result = secure({}, { tls: ['cert'] });
    expect(ask(result, 'https://a.test/a')).toBe('unreachable');
    expect(codesOf(result)).toContain('nginx-inc/tls/without-hosts');
  });

  it('without Secret has the wildcard certificate', () => {
    const result = secure({}, { tls: [':a.test'] });
    expect(hostOf(result, 'a.test').certificate).toMatchObject({ kind: 'default', asked: true });
    expect(codesOf(result)).toContain('nginx-inc/tls/no-secret');
  });

  it('settings have no effect without it', () => {
    const annotations = {
      'ssl-redirect': 'true',
      'listen-ports-ssl': '8443',
      hsts: 'true',
      'http-redirect-code': '302',
      'ssl-ciphers': 'HIGH',
    };
    const result = clear(annotations);
    expect(ask(result, 'http://a.test/a')).toBe('web:80 /a');
    expect(Object.keys(annotations).map((name) => endsOf(result, name)[0])).toEqual([
      'inert nginx-inc/https/no-tls',
      'inert nginx-inc/listen-ports/no-tls',
      'inert nginx-inc/hsts/no-tls',
      'inert nginx-inc/https/no-redirect',
      'inert nginx-inc/https/no-tls',
    ]);
  });
});

describe('redirect-to-https', () => {
  const result = clear({ 'redirect-to-https': 'true', 'app-root': '/app' });

  test.each([
    ['http://a.test/a', { 'X-Forwarded-Proto': 'http' }, '301 https://a.test/a'],
    ['http://a.test/other', { 'X-Forwarded-Proto': 'http' }, '301 https://a.test/other'],
    ['http://a.test/', { 'X-Forwarded-Proto': 'http' }, '301 https://a.test/'],
    ['http://a.test/a', { 'X-Forwarded-Proto': 'https' }, 'web:80 /a'],
    ['http://a.test/a', {}, 'web:80 /a'],
    ['http://a.test/', {}, '302 http://a.test/app'],
  ])('%s %o', (url, headers, answer) => expect(ask(result, url, headers)).toBe(answer));

  it('tells the backend that the client came over https', () => {
    expect(intentsOf(result, 'default/i rules[0].paths[0]')).toMatchObject([
      { kind: 'requestHeaders', set: [{ name: 'X-Forwarded-Proto', value: 'https' }] },
    ]);
  });
});

describe('what the server block answers', () => {
  it('app-root comes after the redirect to HTTPS', () => {
    const result = secure({ 'app-root': '/app' });
    expect(ask(result, 'http://a.test/')).toBe('301 https://a.test/');
    expect(ask(result, 'https://a.test/?q=1')).toBe('302 https://a.test/app');
  });

  it('ports replace 80 and 443', () => {
    const result = secure({ 'listen-ports': '8080', 'ssl-redirect': 'false' });
    expect(ask(result, 'http://a.test:8080/a')).toBe('web:80 /a');
    expect(ask(result, 'http://a.test/a')).toBe('unreachable');
  });

  it('a host of gRPC alone has no clear text', () => {
    const result = secure({ 'grpc-services': 'web' });
    expect(ask(result, 'http://a.test/a')).toBe('unreachable');
    expect(intentsOf(result, 'default/i rules[0].paths[0]')).toEqual([{ kind: 'backendProtocol', protocol: 'GRPC' }]);
  });

  it('gRPC takes http2, where the ConfigMap is known', () => {
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'nginx-config', namespace: 'nginx-ingress' }, data: {} };
    const document = ingress('i', { annotations: { 'grpc-services': 'web' }, rules: { 'a.test': ['/a web'] }, tls: ['cert:a.test'] });
    const off = routed(document, JSON.stringify(map));
    expect(intentsOf(off, 'default/i rules[0].paths[0]')).toEqual([]);
    expect(codesOf(off)).toContain('nginx-inc/backend-protocol/http2-off');
    const on = routed(document, JSON.stringify({ ...map, data: { http2: 'True' } }));
    expect(intentsOf(on, 'default/i rules[0].paths[0]')).toHaveLength(1);
  });
});

describe('Strict-Transport-Security', () => {
  test.each([
    [{ hsts: 'True' }, { maxAgeSeconds: 2_592_000, includeSubDomains: false, preload: true }],
    [
      { hsts: 'true', 'hsts-max-age': '60', 'hsts-include-subdomains': '1' },
      { maxAgeSeconds: 60, includeSubDomains: true },
    ],
  ])('%o', (annotations, intent) => {
    expect(intentsOf(secure(annotations), 'default/i rules[0].paths[0]')).toMatchObject([{ kind: 'hsts', ...intent }]);
  });

  it('off has no effect, nor have its details', () => {
    const result = secure({ hsts: 'false', 'hsts-max-age': '60' });
    expect([endsOf(result, 'hsts'), endsOf(result, 'hsts-max-age')]).toEqual([
      ['inert nginx-inc/value/default'],
      ['inert nginx-inc/hsts/off'],
    ]);
  });

  it('behind a proxy is sent without TLS too', () => {
    const result = clear({ hsts: 'true', 'hsts-behind-proxy': 'true' });
    expect(intentsOf(result, 'default/i rules[0].paths[0]')).toMatchObject([{ kind: 'hsts' }]);
    expect(endsOf(result, 'hsts-behind-proxy')).toEqual(['approximated nginx-inc/hsts/behind-proxy']);
  });

  it('gives way to CORS headers of the location', () => {
    const result = routed(
      policy('cors', { cors: { allowOrigin: ['https://b.test'] } }),
      ingress('i', { annotations: { hsts: 'true', policies: 'cors' }, rules: { 'a.test': ['/a web'] }, tls: ['cert:a.test'] }),
    );
    expect(intentsOf(result, 'default/i rules[0].paths[0]').map(({ kind }) => kind)).toEqual(['cors']);
    expect(endsOf(result, 'hsts')).toEqual(['inert nginx-inc/hsts/other-headers']);
  });
});
