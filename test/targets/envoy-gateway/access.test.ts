import { describe, expect, it } from 'vitest';
import { envoyGateway as target } from '../../../src/targets/envoy-gateway/envoy-gateway.ts';
import { lowerAlone, plannedIntent, specOf } from '../envoy/planned-intent.ts';
import { result, type Statement } from '../standard/lowering.ts';

const auth = {
  kind: 'externalAuth',
  url: 'http://auth.security.svc.cluster.local:8080/verify',
  method: null,
  signInUrl: null,
  signInReturnParam: 'rd',
  responseHeaders: ['X-User'],
  requestHeaders: [],
  cache: null,
} as const satisfies Statement;

describe('external authentication', () => {
  it('asks the Service for one fixed path, with a grant where it is elsewhere', () => {
    const { lowering, objects } = plannedIntent(target, auth);
    expect(result(lowering)).toBe('written approximated envoy-gateway/external-auth/differs');
    expect(specOf(objects, 'SecurityPolicy')).toMatchObject({
      extAuth: {
        http: {
          backendRefs: [{ name: 'auth', namespace: 'security', port: 8080 }],
          pathOverride: '/verify',
          headersToBackend: ['X-User'],
        },
        failOpen: false,
        statusOnError: 500,
      },
    });
    expect(specOf(objects, 'ReferenceGrant')).toEqual({
      from: [{ group: 'gateway.envoyproxy.io', kind: 'SecurityPolicy', namespace: 'shop' }],
      to: [{ group: '', kind: 'Service', name: 'auth' }],
    });
  });

  it('needs no grant at home, and says what oauth2-proxy has to answer', () => {
    const { lowering, objects } = plannedIntent(target, { ...auth, url: 'http://oauth2-proxy.shop.svc/oauth2/auth' });
    expect(result(lowering)).toBe('written manual envoy-gateway/external-auth/accepted');
    expect(objects.some(({ kind }) => kind === 'ReferenceGrant')).toBe(false);
  });

  it.each([
    ['http://$host/verify', {}],
    ['https://auth.example.com/verify', {}],
    ['http://auth/verify', {}],
    ['http://auth.example/verify', {}],
    ['https://auth.security.svc.cluster.local/verify', {}],
    ['http://auth.security.svc.cluster.local/verify?code=1', {}],
    [auth.url, { method: 'POST' }],
    [auth.url, { requestHeaders: [{ name: 'X-Tenant', value: 'a' }] }],
  ])('is withheld where Envoy would ask something else: %s %j', (url, more) => {
    const { lowering, objects } = plannedIntent(target, { ...auth, url, ...more });
    expect(result(lowering)).toBe('absent manual envoy-gateway/external-auth/not-askable');
    expect(objects.some(({ kind }) => kind === 'SecurityPolicy')).toBe(false);
    expect(JSON.stringify(objects)).not.toContain('backendRefs');
  });

  it.each([
    [
      'https://$host/login?rd=$escaped_request_uri',
      { scheme: 'https', path: { type: 'ReplaceFullPath', replaceFullPath: '/login' }, statusCode: 302 },
    ],
    [
      '$scheme://login.example.com:8443/start',
      { hostname: 'login.example.com', port: 8443, path: { type: 'ReplaceFullPath', replaceFullPath: '/start' }, statusCode: 302 },
    ],
  ])('sends a browser to %s', (signInUrl, redirect) => {
    const { objects } = plannedIntent(target, { ...auth, signInUrl });
    expect(specOf(objects, 'BackendTrafficPolicy')).toMatchObject({
      responseOverride: [{ source: 'Local', match: { statusCodes: [{ type: 'Value', value: 401 }] }, redirect }],
    });
  });

  it('returns a bare 401 where the page is told by variables', () => {
    const { lowering, objects } = plannedIntent(target, { ...auth, signInUrl: 'https://$http_x_login/start' });
    expect(lowering.finding?.args['lost']).toContain('bare 401');
    expect(objects.some(({ kind }) => kind === 'BackendTrafficPolicy')).toBe(false);
  });
});

describe('address lists', () => {
  const both: readonly Statement[] = [
    { kind: 'allowList', ranges: ['10.0.0.0/8', '192.168.1.1', '2001:db8::1'] },
    { kind: 'denyList', ranges: ['10.1.0.0/16'] },
  ];

  it.each([[both], [[...both].reverse()]])('are one policy, refusals first', ([first, ...beside]) => {
    const { objects } = plannedIntent(target, first as Statement, { beside });
    expect(specOf(objects, 'SecurityPolicy')).toMatchObject({
      authorization: {
        defaultAction: 'Deny',
        rules: [
          { action: 'Deny', principal: { clientCIDRs: ['10.1.0.0/16'] } },
          { action: 'Allow', principal: { clientCIDRs: ['10.0.0.0/8', '192.168.1.1/32', '2001:db8::1/128'] } },
        ],
      },
    });
  });

  it('of which an address has to be in each', () => {
    const second: Statement = { kind: 'allowList', ranges: ['10.1.0.0/16', '172.16.0.0/12'] };
    const { objects } = plannedIntent(target, { kind: 'allowList', ranges: ['10.0.0.0/8'] }, { beside: [second] });
    expect(specOf(objects, 'SecurityPolicy')).toMatchObject({
      authorization: { defaultAction: 'Deny', rules: [{ action: 'Allow', principal: { clientCIDRs: ['10.1.0.0/16'] } }] },
    });
  });

  it('close also where they are not among the statements of the rule', () => {
    expect(lowerAlone(target, { kind: 'allowList', ranges: ['10.0.0.0/8'] })).toMatchObject({
      parts: { policies: [{ spec: { authorization: { defaultAction: 'Deny', rules: [{ action: 'Allow' }] } } }] },
    });
  });

  it('that admit nobody admit nobody', () => {
    const { objects } = plannedIntent(target, { kind: 'allowList', ranges: [] });
    expect(specOf(objects, 'SecurityPolicy')).toMatchObject({ authorization: { defaultAction: 'Deny', rules: [] } });
  });

  it('are not written by half', () => {
    const { lowering } = plannedIntent(target, { kind: 'denyList', ranges: ['10.0.0.0/8', 'example.com'] });
    expect(result(lowering)).toBe('absent unmapped envoy-gateway/address-lists/no-range');
  });
});

describe('passwords', () => {
  const basic: Statement = {
    kind: 'basicAuth',
    secret: { namespace: 'other', name: 'pw' },
    form: 'htpasswd-file',
    scheme: 'basic',
    realm: 'Hello',
  };

  it('are read from a Secret beside the route, with the commands that make it', () => {
    const { lowering, objects } = plannedIntent(target, basic);
    expect(result(lowering)).toBe('written manual envoy-gateway/basic-auth/secret-needed');
    expect(specOf(objects, 'SecurityPolicy')).toMatchObject({ basicAuth: { users: { name: 'pw-htpasswd' } } });
    expect(lowering.finding?.help).toContain("kubectl get secret pw -n other -o jsonpath='{.data.auth}' | base64 -d > .htpasswd");
    expect(lowering.finding?.help).toContain('kubectl create secret generic pw-htpasswd -n shop --from-file=.htpasswd');
  });

  it('of one user a key are put together', () => {
    expect(plannedIntent(target, { ...basic, form: 'user-per-key' }).lowering.finding?.help).toContain('range $user, $hash := .data');
  });

  it('are withheld as digests', () => {
    expect(result(plannedIntent(target, { ...basic, scheme: 'digest' }).lowering)).toBe('absent unmapped envoy-gateway/basic-auth/digest');
  });
});

describe('client certificates', () => {
  const certificate = {
    kind: 'clientCertificate',
    secret: { namespace: 'shop', name: 'ca' },
    verify: 'required',
    depth: 1,
    errorPage: null,
    passToBackend: true,
    matchCommonName: null,
  } as const satisfies Statement;

  it('are verified on the listener of the host, and the old headers are taken from clients', () => {
    const { lowering, objects } = plannedIntent(target, certificate);
    expect(result(lowering)).toBe('written approximated envoy-gateway/client-certificate/differs');
    expect(specOf(objects, 'ClientTrafficPolicy')).toMatchObject({
      targetRefs: [{ kind: 'Gateway', sectionName: 'https-a-test' }],
      tls: { clientValidation: { mode: 'RequireAndVerify', caCertificateRefs: [{ kind: 'Secret', name: 'ca', namespace: 'shop' }] } },
      headers: { xForwardedClientCert: { mode: 'SanitizeSet', certDetailsToAdd: ['Subject', 'Cert'] } },
    });
    expect(JSON.stringify(objects)).toContain(
      '"remove":["ssl-client-cert","ssl-client-issuer-dn","ssl-client-subject-dn","ssl-client-verify"]',
    );
  });

  it.each([
    [{ verify: 'optional-any-ca' }, 'not-written'],
    [{ matchCommonName: 'CN=a' }, 'not-written'],
  ] as const)('are withheld with %j', (more, code) => {
    const { lowering } = plannedIntent(target, { ...certificate, ...more });
    expect(result(lowering)).toBe(`absent unmapped envoy-gateway/client-certificate/${code}`);
  });

  it('are withheld where clear text leads past them', () => {
    const { lowering } = plannedIntent(target, certificate, { redirect: null });
    expect(result(lowering)).toBe('absent unmapped envoy-gateway/client-certificate/clear-text');
  });
});

describe('sign-in and tokens', () => {
  const oidc: Statement = {
    kind: 'oidc',
    issuer: 'https://id.example.com',
    secret: { namespace: 'shop', name: 'client' },
    parameters: {
      authorizationEndpoint: 'https://id.example.com/auth',
      tokenEndpoint: 'https://id.example.com/token',
      userInfoEndpoint: '',
    },
  };

  it('comes back to a path of the same route', () => {
    const { lowering, objects } = plannedIntent(target, oidc, { path: '/app' });
    expect(result(lowering)).toBe('written manual envoy-gateway/oidc/secret-needed');
    expect(specOf(objects, 'SecurityPolicy')).toMatchObject({
      oidc: {
        provider: { issuer: 'https://id.example.com', authorizationEndpoint: 'https://id.example.com/auth' },
        clientIDRef: { name: 'client-oidc' },
        clientSecret: { name: 'client-oidc' },
        redirectURL: '%REQ(x-forwarded-proto)%://%REQ(:authority)%/app/oauth2/callback',
        logoutPath: '/app/logout',
      },
    });
    expect(lowering.finding?.message).toContain('https://a.test/app/oauth2/callback');
  });

  it('is withheld where no such path can be told', () => {
    expect(result(plannedIntent(target, oidc, { path: '=/app' }).lowering)).toBe('absent manual envoy-gateway/oidc/not-written');
  });

  it('checks tokens by issuer and keys, and withholds claims', () => {
    const jwt: Statement = { kind: 'jwt', issuer: 'https://id.test', jwksUri: 'https://id.test/keys', parameters: {} };
    expect(specOf(plannedIntent(target, jwt).objects, 'SecurityPolicy')).toMatchObject({
      jwt: { providers: [{ name: 'issuer', issuer: 'https://id.test', remoteJWKS: { uri: 'https://id.test/keys' } }] },
    });
    expect(result(plannedIntent(target, { ...jwt, parameters: { role: 'a' } }).lowering)).toBe(
      'absent manual envoy-gateway/jwt/not-written',
    );
  });
});
