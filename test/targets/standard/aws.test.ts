import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { AwsIntent } from '../../../src/intent/intent.ts';
import { isAwsIntent, neutralForm, protectionName, responseHeaderOf } from '../../../src/intent/neutral.ts';
import { isProtection } from '../../../src/intent/protection.ts';
import { AWS_INTENTS } from './aws-intents.ts';
import { lower, type Statement } from './lowering.ts';

const backend = { namespace: 'shop', service: 'web', port: 80, written: '80' };
const neutral = (intent: Statement) => neutralForm({ ...intent, entries: [] } as AwsIntent);

const anyAws = fc.oneof(
  ...Object.entries(AWS_INTENTS).map(([kind, value]) =>
    (value as fc.Arbitrary<object>).map((body) => ({ kind, ...body, entries: [] }) as unknown as AwsIntent),
  ),
);

describe('neutral forms', () => {
  it('keep entries, and what protects stays a protection', () => {
    void fc.assert(
      fc.property(anyAws, (intent) => {
        expect(isAwsIntent(intent)).toBe(true);
        const form = neutralForm(intent);
        if (form === null) return;
        expect(isAwsIntent(form)).toBe(false);
        expect(form.entries).toBe(intent.entries);
        expect(isProtection(form)).toBe(isProtection(intent));
        expect(protectionName(intent)).toBe(form.kind);
      }),
      { numRuns: 600, seed: 2 },
    );
  });

  test.each<[Statement, Statement | null]>([
    [
      { kind: 'awsInboundRanges', listeners: [], ranges: ['10.0.0.0/8'], prefixLists: [] },
      { kind: 'allowList', ranges: ['10.0.0.0/8'] },
    ],
    [{ kind: 'awsInboundRanges', listeners: [], ranges: ['0.0.0.0/0'], prefixLists: [] }, null],
    [{ kind: 'awsInboundRanges', listeners: [], ranges: [], prefixLists: ['pl-1'] }, null],
    [
      { kind: 'awsBackendProtocol', backend, protocol: 'HTTPS', version: 'GRPC' },
      { kind: 'backendProtocol', protocol: 'GRPCS' },
    ],
    [
      { kind: 'awsBackendProtocol', backend, protocol: 'HTTP', version: 'HTTP2' },
      { kind: 'backendProtocol', protocol: 'HTTP2' },
    ],
    [
      { kind: 'awsTlsPolicy', port: 443, policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' },
      { kind: 'tlsPolicy', minVersion: '1.2', ciphers: 'ELBSecurityPolicy-TLS13-1-2-2021-06', preferServerCiphers: null },
    ],
    [
      {
        kind: 'awsListenerAttributes',
        protocol: 'HTTPS',
        port: 443,
        attributes: [{ key: 'routing.http.response.x_frame_options.header_value', value: 'DENY' }],
      },
      { kind: 'responseHeaders', set: [{ name: 'X-Frame-Options', value: 'DENY' }], add: [], remove: [] },
    ],
    [
      {
        kind: 'awsListenerAttributes',
        protocol: 'HTTPS',
        port: 443,
        attributes: [{ key: 'routing.http.response.server.enabled', value: 'false' }],
      },
      null,
    ],
  ])('%j', (intent, expected) => {
    const form = neutral(intent);
    expect(form === null ? null : { ...form, entries: undefined }).toEqual(expected === null ? null : { ...expected, entries: undefined });
  });

  it('Cognito is a provider like others, by the issuer of its pool', () => {
    const provider = {
      type: 'cognito',
      userPoolArn: 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_abc',
      userPoolClientId: 'c',
      userPoolDomain: 'd',
      extraParams: [],
    } as const;
    const intent = {
      kind: 'awsAuthenticate',
      provider,
      onUnauthenticated: 'deny',
      scope: 'openid',
      sessionCookie: 'x',
      sessionTimeoutSeconds: 1,
    } as const;
    expect(neutral(intent)).toMatchObject({
      kind: 'oidc',
      issuer: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc',
      secret: null,
    });
  });

  it('names response headers as HTTP does', () => {
    expect(responseHeaderOf('routing.http.response.strict_transport_security.header_value')).toBe('Strict-Transport-Security');
    expect(responseHeaderOf('routing.http.response.server.enabled')).toBeNull();
  });
});

describe('the portable API', () => {
  test.each<[Statement, string, string | null]>([
    [{ kind: 'awsTargetType', backend, type: 'ip' }, 'converted', null],
    [{ kind: 'awsTargetType', backend, type: 'instance' }, 'unmapped', 'standard/aws/target-type'],
    [{ kind: 'awsScheme', scheme: 'internal' }, 'manual', 'standard/aws/scheme-internal'],
    [{ kind: 'awsIpAddressType', type: 'ipv4' }, 'inert', 'standard/aws/ipv4'],
    [{ kind: 'awsShield', enabled: false }, 'inert', 'standard/aws/shield-off'],
    [{ kind: 'awsSecurityGroups', groups: ['sg-1'], manageBackendRules: false }, 'unmapped', 'standard/aws/security-groups'],
    [{ kind: 'awsInboundRanges', listeners: [], ranges: ['0.0.0.0/0'], prefixLists: [] }, 'inert', 'standard/aws/open-to-all'],
    [{ kind: 'awsWebAcl', by: 'name', value: 'x' }, 'unmapped', 'standard/waf/no-field'],
    [
      { kind: 'awsLoadBalancerAttributes', attributes: [{ key: 'deletion_protection.enabled', value: 'false' }] },
      'inert',
      'standard/aws/attribute-defaults',
    ],
    [
      { kind: 'awsLoadBalancerAttributes', attributes: [{ key: 'idle_timeout.timeout_seconds', value: '9' }] },
      'unmapped',
      'standard/aws/load-balancer-attributes',
    ],
    [{ kind: 'awsBackendProtocol', backend, protocol: 'HTTP', version: 'HTTP1' }, 'converted', null],
  ])('%j: %s', (intent, outcome, code) => {
    const answer = lower(intent);
    expect([answer.outcome, answer.finding?.code ?? null]).toEqual([outcome, code]);
  });
});
