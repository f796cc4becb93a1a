import { describe, expect, it, test } from 'vitest';
import { isCacheDuration, urlProblem } from '../../rules/nginx/external-auth-url.ts';
import { annotated, configMap, secret } from './annotated.ts';

describe('basic authentication', () => {
  const good = { 'auth-type': 'basic', 'auth-secret': 'users' };

  it('is made of type, secret and realm', () => {
    expect(annotated({ ...good, 'auth-realm': 'Staff only', 'auth-secret-type': 'auth-map' }).intents).toEqual([
      {
        kind: 'basicAuth',
        scheme: 'basic',
        secret: { namespace: 'shop', name: 'users' },
        form: 'user-per-key',
        realm: 'Staff only',
        entries: ['auth-type', 'auth-secret', 'auth-secret-type', 'auth-realm'],
      },
    ]);
  });

  test.each([
    ['digest', 'digest'],
    ['Basic-digest', 'digest'],
    ['basic ', 'basic'],
    ['basic auth', 'digest'],
  ])('type "%s" is rendered as %s', (type, scheme) => {
    expect(annotated({ ...good, 'auth-type': type }).intents).toMatchObject([{ scheme }]);
  });

  test.each([
    [{ 'auth-type': 'basic' }],
    [{ ...good, 'auth-secret': 'a/b/c' }],
    [{ ...good, 'auth-secret': 'a$b' }],
    [{ ...good, 'auth-secret': 'Users' }],
    [{ ...good, 'auth-secret-type': 'my-auth-file' }],
  ])('%o answers 503 and stays closed', (annotations) => {
    const { intents, codes, findings } = annotated(annotations);
    expect(intents).toMatchObject([{ kind: 'rawAccessControl', entries: Object.keys(annotations) }]);
    expect(codes).toEqual(['nginx/reference/answers-503']);
    expect(findings[0]?.security).toBe(true);
  });

  it('fails closed for a Secret of the input without the key', () => {
    expect(annotated(good, secret('shop/users', 'auth')).intents).toMatchObject([{ kind: 'basicAuth' }]);
    expect(annotated(good, secret('shop/users', 'htpasswd')).intents).toMatchObject([{ kind: 'rawAccessControl' }]);
    expect(annotated({ ...good, 'auth-secret-type': 'auth-map' }, secret('shop/users', 'bob')).intents).toMatchObject([
      { kind: 'basicAuth' },
    ]);
  });

  it('says when the Secret is elsewhere', () => {
    const { intents, codes } = annotated({ ...good, 'auth-secret': 'other/users' });
    expect(intents).toMatchObject([{ kind: 'basicAuth', secret: { namespace: 'other', name: 'users' } }]);
    expect(codes).toEqual(['nginx/reference/other-namespace']);
  });

  test.each([
    [{ ...good, 'auth-type': 'none' }],
    [{ ...good, 'auth-secret-type': 'htpasswd' }],
    [{ ...good, 'auth-realm': 'Staff "only"' }],
  ])('%o drops the Ingress', (annotations) => expect(annotated(annotations).refused).toBe('nginx/value/refused'));

  it('protects nothing without auth-type, which is said once', () => {
    const { intents, ends, codes, findings, refused } = annotated({ 'auth-secret': 'users', 'auth-realm': 'a"b', 'auth-secret-type': 'x' });
    expect([intents, refused]).toEqual([[], null]);
    expect(Object.values(ends)).toEqual(Array(3).fill('inert nginx/basic-auth/without-type'));
    expect(codes).toEqual(['nginx/basic-auth/without-type']);
    expect(findings[0]?.security).toBe(true);
  });
});

describe('external authentication', () => {
  const url = 'http://auth.sso.svc.cluster.local/check';

  it('takes the whole group', () => {
    const { intents, ends } = annotated({
      'auth-url': 'https://$host/oauth2/auth',
      'auth-method': 'HEAD',
      'auth-signin': 'https://$host/oauth2/start?rd=$escaped_request_uri',
      'auth-signin-redirect-param': 'to',
      'auth-response-headers': 'X-User, ,X-Email',
      'auth-cache-key': '$cookie_session',
      'auth-cache-duration': '200 202 10m, 401 1m',
      'auth-request-redirect': '/back',
      'auth-always-set-cookie': 'true',
      'auth-keepalive': '5',
    });
    expect(intents).toEqual([
      {
        kind: 'externalAuth',
        url: 'https://$host/oauth2/auth',
        method: 'HEAD',
        signInUrl: 'https://$host/oauth2/start?rd=$escaped_request_uri',
        signInReturnParam: 'to',
        responseHeaders: ['X-User', 'X-Email'],
        requestHeaders: [{ name: 'X-Auth-Request-Redirect', value: '/back' }],
        cache: { key: '$cookie_session', durations: '200 202 10m, 401 1m' },
        entries: [
          'auth-url',
          'auth-method',
          'auth-signin',
          'auth-response-headers',
          'auth-request-redirect',
          'auth-cache-key',
          'auth-signin-redirect-param',
          'auth-cache-duration',
        ],
      },
    ]);
    expect(ends).toEqual({
      'auth-always-set-cookie': 'unmapped nginx/external-auth/always-cookie',
      'auth-keepalive': 'inert nginx/external-auth/keepalive',
    });
  });

  test.each([
    ['auth-cache-duration', '200;5m'],
    ['auth-request-redirect', '$request_uri'],
    ['auth-always-set-cookie', 'yes'],
  ])('%s "%s" switches it off on newer controllers: withheld, loudly', (name, value) => {
    const { intents, findings } = annotated({ 'auth-url': url, 'auth-signin': 'https://a.test', [name]: value });
    expect(intents).toMatchObject([{ kind: 'rawAccessControl', entries: ['auth-url', 'auth-signin', name] }]);
    expect(findings).toMatchObject([{ code: 'nginx/external-auth/fails-open', level: 'error', security: true }]);
  });

  test.each([
    ['auth-url', '/check'],
    ['auth-url', 'auth.sso/check'],
    ['auth-url', '$scheme://auth/check'],
    ['auth-url', 'http://auth:$port/check'],
    ['auth-method', 'get'],
    ['auth-cache-duration', 'often'],
    ['auth-cache-duration', '5m 200'],
    ['auth-response-headers', 'X-User;X-Email'],
    ['auth-response-headers', 'X User'],
    ['auth-proxy-set-headers', 'headers'],
    ['auth-proxy-set-headers', 'a/b/c'],
  ])('%s "%s" answers 503 and stays closed', (name, value) => {
    const { intents, findings } = annotated({ 'auth-url': url, [name]: value });
    expect(intents).toMatchObject([{ kind: 'rawAccessControl' }]);
    expect(findings).toMatchObject([{ code: 'nginx/reference/answers-503', security: true }]);
  });

  it('fails as the first broken value does', () => {
    expect(annotated({ 'auth-url': url, 'auth-method': 'x', 'auth-always-set-cookie': 'x' }).intents).toMatchObject([
      { kind: 'rawAccessControl' },
    ]);
    expect(annotated({ 'auth-url': url, 'auth-cache-duration': ';', 'auth-response-headers': ';' }).codes).toContain(
      'nginx/external-auth/fails-open',
    );
  });

  it('drops the Ingress for characters that no URL has', () => {
    expect(annotated({ 'auth-url': 'http://a.test/{x}' }).refused).toBe('nginx/value/refused');
    expect(annotated({ 'auth-url': `${url}\n` }).refused).toBe('nginx/value/refused');
  });

  it('ignores broken details of the sign-in', () => {
    const { intents, ends, codes } = annotated({
      'auth-url': url,
      'auth-signin': 'https://a.test/{x}',
      'auth-signin-redirect-param': 'to',
      'auth-cache-key': 'a b;',
    });
    expect(intents).toMatchObject([{ kind: 'externalAuth', signInUrl: null, signInReturnParam: 'rd', cache: null, entries: ['auth-url'] }]);
    expect(ends).toEqual({
      'auth-signin': 'inert nginx/value/invalid',
      'auth-signin-redirect-param': 'inert nginx/value/without-partner',
      'auth-cache-key': 'inert nginx/value/invalid',
    });
    expect(codes).toEqual(['nginx/value/invalid', 'nginx/value/invalid']);
  });

  it('takes headers from the ConfigMap', () => {
    const annotations = { 'auth-url': url, 'auth-proxy-set-headers': 'shop/headers' };
    expect(annotated(annotations, configMap('shop/headers', { 'X-Team': 'a' })).intents).toMatchObject([
      { kind: 'externalAuth', requestHeaders: [{ name: 'X-Team', value: 'a' }], entries: ['auth-url', 'auth-proxy-set-headers'] },
    ]);
    expect(annotated(annotations, configMap('shop/headers', { 'X.Team': 'a' })).intents).toMatchObject([{ kind: 'rawAccessControl' }]);
    expect(annotated(annotations).ends).toEqual({ 'auth-proxy-set-headers': 'manual nginx/external-auth/unknown-headers' });
  });

  it('is nothing without a URL', () => {
    const { intents, ends, codes } = annotated({ 'auth-signin': 'https://a.test', 'auth-method': 'nonsense' });
    expect(intents).toEqual([]);
    expect(Object.values(ends)).toEqual(Array(2).fill('inert nginx/external-auth/without-url'));
    expect(codes).toEqual(['nginx/external-auth/without-url']);
  });

  it('knows the global authentication from the ConfigMap', () => {
    const off = { 'enable-global-auth': 'false' };
    expect(annotated(off).ends).toEqual({ 'enable-global-auth': 'inert nginx/value/without-partner' });
    const controller = configMap('ingress-nginx/ingress-nginx-controller', { 'global-auth-url': 'http://sso.test' });
    expect(annotated(off, controller).ends).toEqual({ 'enable-global-auth': 'inert nginx/global-auth/opted-out' });
    expect(annotated({ ...off, 'auth-url': url }, controller).ends).toEqual({ 'enable-global-auth': 'inert nginx/global-auth/own-auth' });
  });

  test.each([
    ['http://a', null],
    ['https://$host/x', null],
    ['http://a:80/x?y=1', null],
    ['http:///x', 'names no host'],
    ['http:a', 'names no host'],
    ['http://a..b', 'has ".." in its host'],
    ['http://a b/', 'has a blank in its host'],
    ['http://a:x', 'has a port that is no number'],
    ['//a/x', 'has no scheme'],
  ])('URL %s: %s', (text, problem) => expect(urlProblem(text)).toBe(problem));

  test.each([
    ['200 202 401 5m', true],
    ['1h 30m', true],
    ['word 5m', true],
    ['200', false],
    ['5m 200', false],
  ])('cache duration %s: %s', (text, valid) => expect(isCacheDuration(text)).toBe(valid));
});

describe('client certificates', () => {
  const good = { 'auth-tls-secret': 'shop/ca' };

  it('are asked for by the whole host', () => {
    const { hostIntents, intents, ends } = annotated({
      ...good,
      'auth-tls-verify-client': 'optional_no_ca',
      'auth-tls-verify-depth': '3',
      'auth-tls-error-page': '/error.html',
      'auth-tls-pass-certificate-to-upstream': 'true',
      'auth-tls-match-cn': 'CN=(a|b)',
    });
    expect(intents).toEqual([]);
    expect(ends).toEqual({});
    expect(hostIntents).toMatchObject([
      {
        kind: 'clientCertificate',
        secret: { namespace: 'shop', name: 'ca' },
        verify: 'optional-any-ca',
        depth: 3,
        errorPage: '/error.html',
        passToBackend: true,
        matchCommonName: 'CN=(a|b)',
      },
    ]);
  });

  it('fall back to the strictest reading', () => {
    const { hostIntents, ends } = annotated({ ...good, 'auth-tls-verify-client': 'true', 'auth-tls-verify-depth': '0' });
    expect(hostIntents).toMatchObject([{ verify: 'required', depth: 1, entries: ['auth-tls-secret'] }]);
    expect(ends).toEqual({ 'auth-tls-verify-client': 'inert nginx/value/invalid', 'auth-tls-verify-depth': 'inert nginx/value/default' });
  });

  test.each([['ca'], ['/ca'], ['a/b/c']])('Secret "%s" answers 403 on the whole host', (name) => {
    const { hostIntents, codes } = annotated({ 'auth-tls-secret': name, 'auth-tls-match-cn': 'nonsense' });
    expect(hostIntents).toMatchObject([{ kind: 'rawAccessControl' }]);
    expect(codes).toEqual(['nginx/reference/answers-403']);
  });

  it('answers 403 for a Secret of the input without authority', () => {
    expect(annotated(good, secret('shop/ca', 'tls.crt', 'tls.key')).hostIntents).toMatchObject([{ kind: 'rawAccessControl' }]);
    expect(annotated(good, secret('shop/ca', 'ca.crt')).hostIntents).toMatchObject([{ kind: 'clientCertificate' }]);
  });

  test.each([
    ['auth-tls-secret', 'shop/ca{'],
    ['auth-tls-error-page', '/a?b'],
    ['auth-tls-pass-certificate-to-upstream', 'on'],
    ['auth-tls-match-cn', 'a.test'],
    ['auth-tls-match-cn', 'CN=(a'],
    ['auth-tls-match-cn', 'CN=(?!a)b'],
  ])('%s "%s" drops the Ingress', (name, value) => expect(annotated({ ...good, [name]: value }).refused).toBe('nginx/value/refused'));

  it('are not asked for without a Secret', () => {
    const { hostIntents, codes, refused } = annotated({ 'auth-tls-verify-client': 'on', 'auth-tls-match-cn': 'nonsense' });
    expect([hostIntents, refused]).toEqual([[], null]);
    expect(codes).toEqual(['nginx/client-certificate/without-secret']);
  });
});

describe('satisfy', () => {
  test.each([
    [{ satisfy: 'any', 'auth-type': 'basic', 'auth-secret': 's', 'whitelist-source-range': '10.0.0.0/8' }, true],
    [{ satisfy: 'any', 'auth-type': 'basic', 'auth-secret': 's', 'auth-url': 'http://a.test' }, true],
    [{ satisfy: 'any', 'denylist-source-range': '10.0.0.1', 'whitelist-source-range': '10.0.0.0/8' }, false],
    [{ satisfy: 'any' }, false],
    [{ satisfy: 'all', 'auth-type': 'basic', 'auth-secret': 's', 'auth-url': 'http://a.test' }, false],
    [{ satisfy: 'one', 'auth-type': 'basic', 'auth-secret': 's', 'auth-url': 'http://a.test' }, false],
  ])('%o is a choice: %s', (annotations, chosen) => {
    expect(annotated(annotations).intents.some((intent) => 'kind' in intent && intent.kind === 'satisfyAny')).toBe(chosen);
  });
});
