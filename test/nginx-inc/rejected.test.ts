import { describe, expect, it, test } from 'vitest';
import { ingress, routed, type Shape } from './routed.ts';

function refusalOf(shape: Shape): string | null {
  const { refused } = routed(ingress('i', shape));
  return refused[0]?.code.replace('nginx-inc/', '') ?? null;
}

describe('the controller rejects a whole Ingress', () => {
  test.each<[string, string, string | null]>([
    ['mergeable-ingress-type', 'parent', 'value/refused'],
    ['mergeable-ingress-type', 'master', 'mergeable/broken-master'],
    ['proxy-read-timeout', '60', null],
    ['proxy-read-timeout', '1h 30m', null],
    ['proxy-read-timeout', '30m 1h', 'value/refused'],
    ['proxy-read-timeout', '5 seconds', 'value/refused'],
    ['client-max-body-size', '2g', null],
    ['client-max-body-size', '2GB', 'value/refused'],
    ['client-body-buffer-size', '1g', 'value/refused'],
    ['proxy-buffers', '8 4k', null],
    ['proxy-buffers', '8', 'value/refused'],
    ['proxy-buffering', 'on', 'value/refused'],
    ['proxy-busy-buffers-size', '', null],
    ['proxy-buffer-size', '', 'ingress/empty'],
    ['hsts', '', 'ingress/empty'],
    ['hsts-max-age', '60', 'hsts/needs-hsts'],
    ['basic-auth-realm', 'x', 'basic-auth/needs-secret'],
    ['basic-auth-secret', 'Not_A_Name', 'value/refused'],
    ['ssl-redirect', 'yes', 'value/refused'],
    ['http-redirect-code', '303', 'value/refused'],
    ['lb-method', 'least_conn', null],
    ['lb-method', 'hash $request_uri consistent', null],
    ['lb-method', 'fastest', 'value/refused'],
    ['ssl-services', 'web', null],
    ['ssl-services', 'web, api', 'value/refused'],
    ['websocket-services', 'other', 'value/refused'],
    ['rewrites', 'serviceName=web rewrite=/x', null],
    ['rewrites', 'serviceName=other rewrite=/x', 'value/refused'],
    ['rewrites', 'web /x', 'value/refused'],
    ['rewrite-target', '/x', null],
    ['rewrite-target', 'https://a.test/x', 'value/refused'],
    ['rewrite-target', '/x{y}', 'value/refused'],
    ['path-regex', 'regex', 'value/refused'],
    ['app-root', '/', 'value/refused'],
    ['app-root', '/app/', 'value/refused'],
    ['app-root', 'app', 'value/refused'],
    ['add-header', 'X-A:b:always', null],
    ['add-header', 'X-A:b:sometimes', 'value/refused'],
    ['add-header', 'X-A:$host', 'value/refused'],
    ['proxy-hide-headers', 'X-A,,X-B', 'value/refused'],
    ['proxy-set-headers', 'X A: b', 'value/refused'],
    ['proxy-redirect-from', 'http://a.test/', 'location-header/pair'],
    ['proxy-redirect-to', '/', 'location-header/pair'],
    ['custom-http-errors', '404,5xx', null],
    ['custom-http-errors', '499', 'value/refused'],
    ['custom-http-errors', '200', 'value/refused'],
    ['proxy-next-upstream', 'error http_502', null],
    ['proxy-next-upstream', 'error error', 'value/refused'],
    ['listen-ports', '80, 81', 'value/refused'],
    ['limit-req-key', '$request_uri', null],
    ['limit-req-key', 'text', 'value/refused'],
    ['limit-req-rate', 'fast', null],
    ['sticky-cookie-services', 'serviceName=web id expires=1h', null],
    ['sticky-cookie-services', 'web id', 'value/refused'],
    ['policies', 'a,b/c', null],
    ['policies', 'a/b/c', 'value/refused'],
    ['max-conns', '-1', 'max-conns/refused'],
    ['nginx.com/health-checks-mandatory', 'true', 'health-checks/needs-partner'],
    ['nginx.com/jwt-token', 'cookie', 'value/refused'],
    ['nginx.com/jwt-login-url', '/login', 'value/refused'],
    ['nginx.com/slow-start', 'soon', 'slow-start/refused'],
  ])('%s: %j', (annotation, value, code) => expect(refusalOf({ annotations: { [annotation]: value } })).toBe(code));

  test.each<[string, Shape, string | null]>([
    ['without rules', { rules: {}, defaultBackend: 'web' }, 'ingress/no-rules'],
    ['with a backend that is no Service', { rules: { 'a.test': ['/ resource:b'] } }, 'ingress/backend'],
    ['with .. in a path', { rules: { 'a.test': ['/a/../b web'] } }, 'ingress/path'],
    ['with a broken pattern as path', { rules: { 'a.test': ['/a( web'] } }, 'ingress/path'],
    ['with letters in braces', { rules: { 'a.test': ['/a{b} web'] } }, 'ingress/path'],
    ['with a number in braces', { rules: { 'a.test': ['/a{2} web'] } }, null],
    ['with a path of its own files', { rules: { 'a.test': ['/etc/x web'] } }, 'ingress/path'],
    [
      'as a master with two rules',
      { annotations: { 'mergeable-ingress-type': 'master' }, rules: { a: null, b: null } },
      'mergeable/broken-master',
    ],
    ['as a minion with tls', { annotations: { 'mergeable-ingress-type': 'minion' }, tls: ['cert:a.test'] }, 'mergeable/broken-minion'],
    ['as a minion without paths', { annotations: { 'mergeable-ingress-type': 'minion' }, rules: { a: null } }, 'mergeable/broken-minion'],
    ['with ports beside a rule without host', { annotations: { 'listen-ports': '80' }, rules: { '': ['/ web'] } }, 'listen-ports/hostless'],
    [
      'when nginx refuses a URI in a pattern’s proxy_pass',
      { annotations: { 'path-regex': 'case_sensitive', rewrites: 'serviceName=web rewrite=/x' } },
      'rewrite/pattern-in-pass',
    ],
    [
      'when nginx refuses the rewrite of an Exact path',
      { annotations: { 'rewrite-target': '/x' }, rules: { 'a.test': ['/a web Exact'] } },
      'rewrite/exact-target',
    ],
    [
      'when nginx refuses braces without quotes',
      { annotations: { 'rewrite-target': '/x', 'path-regex': 'case_sensitive' }, rules: { 'a.test': ['/a{2} web'] } },
      'rewrite/unquoted-pattern',
    ],
  ])('%s', (_, shape, code) => expect(refusalOf(shape)).toBe(code));

  it('and takes it from its minions too', () => {
    const master = ingress('m', { annotations: { 'mergeable-ingress-type': 'master', hsts: 'on' }, rules: { 'a.test': null } });
    const minion = ingress('x', { annotations: { 'mergeable-ingress-type': 'minion' }, rules: { 'a.test': ['/a web'] } });
    const { refused, findings, tables } = routed(master, minion);
    expect(refused.map(({ code }) => code)).toEqual(['nginx-inc/value/refused']);
    expect(findings.map(({ code }) => code)).toEqual(['nginx-inc/mergeable/orphan']);
    expect(tables[0]?.hosts).toEqual([]);
  });
});
