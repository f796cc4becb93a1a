import { describe, expect, it, test } from 'vitest';
import { annotated, secret } from './annotated.ts';

describe('session affinity', () => {
  it('takes all attributes of the cookie', () => {
    const { intents, ends } = annotated({
      affinity: 'cookie',
      'affinity-mode': 'persistent',
      'affinity-canary-behavior': 'legacy',
      'session-cookie-name': 'route',
      'session-cookie-secure': 'true',
      'session-cookie-expires': '172800',
      'session-cookie-max-age': '3600',
      'session-cookie-path': '/x',
      'session-cookie-domain': 'a.test',
      'session-cookie-samesite': 'Lax',
      'session-cookie-conditional-samesite-none': 'true',
      'session-cookie-change-on-failure': 'true',
    });
    expect(ends).toEqual({});
    expect(intents).toMatchObject([
      {
        kind: 'sessionAffinity',
        by: 'cookie',
        mode: 'persistent',
        canary: 'legacy',
        cookie: {
          name: 'route',
          maxAgeSeconds: 3600,
          path: '/x',
          domain: 'a.test',
          sameSite: 'Lax',
          conditionalSameSiteNone: true,
          secure: true,
          partitioned: false,
          changeOnFailure: true,
        },
      },
    ]);
  });

  it('has defaults', () => {
    expect(annotated({ affinity: 'cookie' }).intents).toEqual([
      {
        kind: 'sessionAffinity',
        by: 'cookie',
        mode: 'balanced',
        canary: 'sticky',
        cookie: {
          name: 'INGRESSCOOKIE',
          maxAgeSeconds: null,
          path: null,
          domain: null,
          sameSite: null,
          conditionalSameSiteNone: false,
          secure: null,
          partitioned: false,
          changeOnFailure: false,
        },
        entries: ['affinity'],
      },
    ]);
  });

  test.each([
    ['session-cookie-samesite', 'lax', 'inert nginx/session-affinity/same-site-spelling'],
    ['session-cookie-samesite', 'no', 'inert nginx/value/invalid'],
    ['session-cookie-name', 'a;b', 'inert nginx/value/invalid'],
    ['session-cookie-name', 'INGRESSCOOKIE', 'inert nginx/value/default'],
    ['session-cookie-max-age', '1h', 'inert nginx/value/invalid'],
    ['session-cookie-expires', '0h', 'inert nginx/session-affinity/no-lifetime'],
    ['session-cookie-secure', 'false', 'inert nginx/value/default'],
    ['session-cookie-path', '/x$', 'inert nginx/value/invalid'],
    ['affinity-mode', 'sticky', 'inert nginx/value/invalid'],
  ])('%s "%s" has no effect', (name, value, end) => {
    const { intents, ends } = annotated({ affinity: 'cookie', [name]: value });
    expect(intents).toMatchObject([{ kind: 'sessionAffinity', entries: ['affinity'] }]);
    expect(ends).toEqual({ [name]: end });
  });

  it('is nothing without affinity: cookie', () => {
    expect(annotated({ affinity: 'ip', 'session-cookie-name': 'a' })).toMatchObject({
      intents: [],
      ends: { affinity: 'inert nginx/value/invalid', 'session-cookie-name': 'inert nginx/value/without-partner' },
      codes: ['nginx/value/invalid'],
    });
  });
});

describe('choice of the endpoint', () => {
  test.each([
    [{ 'load-balance': 'ewma' }, [{ kind: 'loadBalancing', algorithm: 'ewma' }], {}],
    [{ 'load-balance': 'round_robin' }, [], { 'load-balance': 'inert nginx/value/default' }],
    [{ 'load-balance': 'chash' }, [], { 'load-balance': 'inert nginx/value/without-partner' }],
    [{ 'load-balance': 'sticky_balanced' }, [], { 'load-balance': 'inert nginx/value/without-partner' }],
    [{ 'upstream-hash-by': '$request_uri' }, [{ kind: 'hashing', key: '$request_uri', subsetSize: null }], {}],
    [{ 'upstream-hash-by': '$request_uri', 'upstream-hash-by-subset': 'true' }, [{ subsetSize: 3 }], {}],
    [
      { 'upstream-hash-by': '$request_uri', 'upstream-hash-by-subset': 'true', 'upstream-hash-by-subset-size': '0' },
      [{ subsetSize: 3 }],
      {},
    ],
    [
      { 'upstream-hash-by': '$request_uri', 'upstream-hash-by-subset': 'true', 'upstream-hash-by-subset-size': '5' },
      [{ subsetSize: 5 }],
      {},
    ],
    [
      { 'upstream-hash-by': '$host', 'upstream-hash-by-subset-size': '5' },
      [{ subsetSize: null }],
      { 'upstream-hash-by-subset-size': 'inert nginx/value/without-partner' },
    ],
    [{ 'upstream-hash-by': '$host', 'load-balance': 'ewma' }, [{ kind: 'hashing' }], { 'load-balance': 'inert nginx/load-balance/beaten' }],
    [{ 'upstream-hash-by-subset': 'true' }, [], { 'upstream-hash-by-subset': 'inert nginx/value/without-partner' }],
  ])('%o', (annotations, intents, ends) => expect(annotated(annotations)).toMatchObject({ intents, ends }));

  it('is beaten by affinity', () => {
    const { intents, ends } = annotated({ affinity: 'cookie', 'upstream-hash-by': '$host', 'load-balance': 'ewma' });
    expect(intents).toMatchObject([{ kind: 'sessionAffinity' }]);
    expect(ends).toEqual({ 'upstream-hash-by': 'inert nginx/load-balance/beaten', 'load-balance': 'inert nginx/load-balance/beaten' });
  });

  test.each([
    { 'load-balance': 'least_conn' },
    { 'upstream-hash-by': '$a;' },
    { 'upstream-hash-by-subset': 'yes' },
    { 'upstream-hash-by-subset-size': 'three' },
  ])('%o drops the Ingress', (annotations) => expect(annotated(annotations).refused).toBe('nginx/value/refused'));
});

describe('TLS towards the backend', () => {
  const good = { 'proxy-ssl-secret': 'shop/backend' };

  it('takes the group', () => {
    expect(
      annotated({
        ...good,
        'proxy-ssl-verify': 'on',
        'proxy-ssl-verify-depth': '2',
        'proxy-ssl-name': 'svc.test',
        'proxy-ssl-server-name': 'on',
        'proxy-ssl-protocols': 'TLSv1.3 TLSv1.2',
        'proxy-ssl-ciphers': 'HIGH:!aNULL',
      }),
    ).toMatchObject({
      intents: [
        {
          kind: 'backendTls',
          verify: true,
          secret: { namespace: 'shop', name: 'backend' },
          serverName: 'svc.test',
          sni: true,
          protocols: 'TLSv1.2 TLSv1.3',
          ciphers: 'HIGH:!aNULL',
          entries: [
            'proxy-ssl-secret',
            'proxy-ssl-verify',
            'proxy-ssl-ciphers',
            'proxy-ssl-protocols',
            'proxy-ssl-server-name',
            'proxy-ssl-name',
          ],
        },
      ],
      ends: { 'proxy-ssl-verify-depth': 'unmapped nginx/backend-tls/depth' },
    });
  });

  it('has defaults', () => {
    const { intents, ends } = annotated({
      ...good,
      'proxy-ssl-verify': 'yes',
      'proxy-ssl-verify-depth': '5',
      'proxy-ssl-protocols': 'TLSv1',
      'proxy-ssl-server-name': 'off',
      'proxy-ssl-name': 'a b',
    });
    expect(intents).toMatchObject([
      { verify: false, serverName: null, sni: false, protocols: null, ciphers: null, entries: ['proxy-ssl-secret'] },
    ]);
    expect(ends).toEqual({
      'proxy-ssl-verify': 'inert nginx/value/invalid',
      'proxy-ssl-verify-depth': 'inert nginx/value/without-partner',
      'proxy-ssl-protocols': 'inert nginx/value/invalid',
      'proxy-ssl-server-name': 'inert nginx/value/default',
      'proxy-ssl-name': 'inert nginx/value/invalid',
    });
  });

  it('verifies nothing without a Secret, or without an authority in it', () => {
    const lonely = annotated({ 'proxy-ssl-verify': 'on', 'proxy-ssl-name': 'a.test' });
    expect(Object.values(lonely.ends)).toEqual(Array(2).fill('inert nginx/backend-tls/without-secret'));
    expect(lonely.findings).toMatchObject([{ code: 'nginx/backend-tls/without-secret', security: true }]);
    expect(annotated({ 'proxy-ssl-name': 'a.test' }).codes).toEqual([]);
    const bare = annotated({ ...good, 'proxy-ssl-verify': 'on' }, secret('shop/backend', 'tls.crt', 'tls.key'));
    expect(bare).toMatchObject({ intents: [{ verify: false }], ends: { 'proxy-ssl-verify': 'inert nginx/backend-tls/nothing-to-verify' } });
  });

  it('fails closed for a Secret that is none', () => {
    expect(annotated({ 'proxy-ssl-secret': 'backend' }).intents).toMatchObject([{ kind: 'rawAccessControl' }]);
    expect(annotated({ 'proxy-ssl-secret': 'a/b{' }).refused).toBe('nginx/value/refused');
  });
});
