import { describe, expect, it, test } from 'vitest';
import { convert } from '../../src/convert.ts';
import { DEFAULT_OPTIONS } from '../../src/options.ts';
import { estateOf } from '../read/estate-of.ts';
import { codesOf, hostOf, ingress, intentsOf, policy, routed } from './routed.ts';

const attach = (spec: object, name = 'policies', more = {}) =>
  routed(policy('p', spec), ingress('i', { annotations: { [name]: 'p' }, rules: { 'a.test': ['/a web'] }, tls: ['cert:a.test'], ...more }));
const id = 'default/i rules[0].paths[0]';

describe('Policy resources', () => {
  test.each<[object, object]>([
    [{ accessControl: { allow: ['10.0.0.0/8', '::1'] } }, { kind: 'allowList', ranges: ['10.0.0.0/8', '::1'] }],
    [{ accessControl: { deny: ['10.0.0.1'] } }, { kind: 'denyList', ranges: ['10.0.0.1'] }],
    [
      { cors: { allowOrigin: ['https://*.b.test'], allowMethods: ['GET'], allowCredentials: true, maxAge: 60 } },
      { kind: 'cors', origins: ['https://*.b.test'], credentials: true, maxAgeSeconds: 60 },
    ],
    [
      { externalAuth: { authURI: '/auth', authServiceName: 'sso/oauth', authServicePorts: [4180] } },
      { kind: 'externalAuth', url: 'http://oauth.sso.svc.cluster.local:4180/auth', signInUrl: null },
    ],
    [
      { egressMTLS: { trustedCertSecret: 'ca', verifyServer: true, sslName: 'x.test' } },
      { kind: 'backendTls', verify: true, secret: { namespace: 'default', name: 'ca' }, serverName: 'x.test' },
    ],
  ])('%o', (spec, intent) => expect(intentsOf(attach(spec), id)).toMatchObject([intent]));

  it('client certificates hold for the host', () => {
    const result = attach({ ingressMTLS: { clientCertSecret: 'ca', verifyClient: 'optional', verifyDepth: 2 } });
    expect(hostOf(result, 'a.test').intents).toMatchObject([
      { kind: 'clientCertificate', verify: 'optional', depth: 2, secret: { name: 'ca' } },
    ]);
  });

  it('a WAF takes the annotation of Plus', () => {
    expect(intentsOf(attach({ waf: { enable: true, apPolicy: 'a/b' } }, 'nginx.com/policies'), id)).toMatchObject([
      { kind: 'waf', rules: 'a/b' },
    ]);
    expect(intentsOf(attach({ waf: { enable: true } }), id)).toMatchObject([{ kind: 'rawAccessControl' }]);
  });

  test.each<[string, object, object]>([
    ['of a kind that an Ingress cannot use', { rateLimit: { rate: '1r/s' } }, {}],
    ['with two kinds', { cors: { allowOrigin: ['*'] }, waf: { enable: true } }, {}],
    ['with an address that is none', { accessControl: { allow: ['office'] } }, {}],
    ['with allow and deny', { accessControl: { allow: ['::1'], deny: ['::2'] } }, {}],
    ['for client certificates without tls', { ingressMTLS: { clientCertSecret: 'ca' } }, { tls: [] }],
    ['of nothing known', {}, {}],
  ])('one %s closes the paths', (_, spec, more) => {
    const result = attach(spec, 'policies', more);
    expect(intentsOf(result, id)).toMatchObject([{ kind: 'rawAccessControl' }]);
    expect(codesOf(result)).toContain('nginx-inc/policies/closed');
  });

  it('one that is not in the input may protect anything', () => {
    const result = routed(ingress('i', { annotations: { policies: 'other/p' }, rules: { 'a.test': ['/a web'] } }));
    expect(intentsOf(result, id)).toMatchObject([{ kind: 'rawAccessControl', restricts: 'what Policy other/p says' }]);
    expect(codesOf(result)).toEqual(['nginx-inc/policies/not-in-input']);
    expect(result.findings[0]).toMatchObject({ security: true, args: { policy: 'other/p' } });
  });

  it('of two with lists, the allowed ranges beat the refused ones', () => {
    const result = routed(
      policy('a', { accessControl: { deny: ['10.1.0.0/16'] } }),
      policy('b', { accessControl: { allow: ['10.0.0.0/8'] } }),
      ingress('i', { annotations: { policies: 'a, b' }, rules: { 'a.test': ['/a web'] } }),
    );
    expect(intentsOf(result, id)).toEqual([{ kind: 'allowList', ranges: ['10.0.0.0/8'] }]);
    expect(codesOf(result)).toEqual(['nginx-inc/policies/overridden-deny']);
  });

  it('have an outcome for each of their settings', () => {
    const text = [
      policy('p', { ingressClassName: 'nginx', ingressMTLS: { clientCertSecret: 'ca', crlFileName: 'x.crl' } }),
      policy('unused', { accessControl: { deny: ['::1'] } }),
      ingress('i', { annotations: { policies: 'p' }, rules: { 'a.test': ['/a web'] }, tls: ['cert:a.test'] }),
    ].join('\n---\n');
    const { ledger } = convert(estateOf(text), DEFAULT_OPTIONS);
    const lines = ledger.entries.filter(({ entry }) => entry.key.startsWith('Policy '));
    expect(lines.map(({ entry, outcome, finding }) => `${entry.key} ${outcome} ${finding?.code}`)).toEqual([
      'Policy default/p spec.ingressClassName inert nginx-inc/rest/no-effect',
      'Policy default/p spec.ingressMTLS.clientCertSecret manual standard/client-certificate/per-port',
      'Policy default/p spec.ingressMTLS.crlFileName unmapped nginx-inc/policies/revocation',
    ]);
  });

  it('a second of a kind is ignored, and of CORS the first', () => {
    const auth = (name: string) => policy(name, { externalAuth: { authURI: '/', authServiceName: name, authSigninURI: '/s' } });
    const cors = (name: string) => policy(name, { cors: { allowOrigin: [`https://${name}.test`] } });
    const result = routed(
      ...[auth('a'), auth('b'), cors('c'), cors('d')],
      ingress('i', { annotations: { policies: 'a,b,c,d' }, rules: { 'a.test': ['/a web'] } }),
    );
    expect(intentsOf(result, id)).toMatchObject([
      { kind: 'externalAuth', url: 'http://a.default.svc.cluster.local/' },
      { kind: 'cors', origins: ['https://d.test'] },
    ]);
    expect(result.findings.filter(({ code }) => code.endsWith('/second')).map(({ args }) => args['policy'])).toEqual([
      'default/b',
      'default/c',
    ]);
    expect(codesOf(result)).toContain('nginx-inc/policies/sign-in-path');
  });
});
