import { describe, expect, it } from 'vitest';
import type { OutputObject } from '../../../src/gateway/types.ts';
import { convertManifests } from '../../../src/index.ts';
import { verify } from '../../../src/prove/verify.ts';
import { alb, nginx } from './manifests.ts';

const convert = (text: string) => convertManifests([{ file: 'in.yaml', text }], { target: 'aws-alb' });

/** Classes of the differences that nobody announced, of the objects as somebody changed them. */
function differences(text: string, change: (objects: readonly OutputObject[]) => readonly OutputObject[] = (objects) => objects) {
  const conversion = convert(text);
  const objects = change(conversion.plan.objects.map(({ object }) => object));
  const open = verify(conversion, objects).discrepancies.filter(({ explained }) => explained === null);
  return [...new Set(open.flatMap((item) => item.differences))];
}

const edited =
  (written: string | RegExp, changed: string) =>
  (objects: readonly OutputObject[]): readonly OutputObject[] => {
    const text = JSON.stringify(objects);
    const result = text.replaceAll(typeof written === 'string' ? written : new RegExp(written, 'g'), changed);
    expect(result).not.toBe(text);
    return JSON.parse(result);
  };

const allowed = nginx({ 'whitelist-source-range': '10.0.0.0/8' });
const denied = nginx({ 'denylist-source-range': '10.1.0.0/16' });
const ACL = 'arn:aws:wafv2:eu-west-1:1:regional/webacl/a/1';
const CERTIFICATE = 'arn:aws:acm:eu-west-1:1:certificate/a';
const https = { 'listen-ports': '[{"HTTPS":443}]', 'certificate-arn': CERTIFICATE };
const cognito = {
  ...https,
  'auth-type': 'cognito',
  'auth-idp-cognito': '{"userPoolARN":"arn:aws:cognito-idp:eu-west-1:1:userpool/p","userPoolClientID":"c","userPoolDomain":"d"}',
};
const tokens = { ...https, 'jwt-validation': '{"jwksEndpoint":"https://idp/keys","issuer":"https://idp"}' };
const mutual = {
  ...https,
  'mutual-authentication': '[{"port":443,"mode":"verify","trustStore":"arn:aws:elasticloadbalancing:eu-west-1:1:truststore/t/1"}]',
};

describe('protections of the load balancer', () => {
  it.each([
    ['an allow list', allowed, /,?"filters":\[\{"type":"ExtensionRef"[^\]]*\]/, ''],
    ['an allow list with everybody on it', allowed, '"10.0.0.0/8"', '"0.0.0.0/0"'],
    ['a deny list', denied, /"conditions":\[[^\]]*\]\}\}\],?/, ''],
    ['a web ACL', alb({ 'wafv2-acl-arn': ACL }), '"wafV2"', '"wafV1"'],
    ['inbound ranges', alb({ 'inbound-cidrs': '10.0.0.0/8' }), '"sourceRanges":["10.0.0.0/8"]', '"sourceRanges":["0.0.0.0/0"]'],
    ['prefix lists alone', alb({ 'security-group-prefix-lists': 'pl-1' }), '"sourceRanges":[],', ''],
    ['security groups', alb({ 'security-groups': 'sg-1' }), '"securityGroups":["sg-1"]', '"securityGroups":[]'],
    ['client certificates', alb(mutual), '"mode":"verify"', '"mode":"off"'],
    ['a login', alb(cognito), '"authenticate-cognito"', '"forward"'],
    ['a login on a listener without TLS', alb(cognito), '"protocol":"HTTPS"', '"protocol":"HTTP"'],
    ['tokens', alb(tokens), '"jwt-validation"', '"forward"'],
    ['a configuration that no Gateway names', alb({ 'wafv2-acl-arn': ACL }), /"infrastructure":\{[^}]*\}\},/, ''],
  ])('%s: there, and missed without it', (_, text, written, changed) => {
    expect(differences(text)).toEqual([]);
    expect(differences(text, edited(written, changed))).not.toEqual([]);
  });

  it.each([
    ['allow list', allowed],
    ['login', alb(cognito)],
  ])('%s: a rule whose ListenerRuleConfiguration is gone lets nobody in', (_, text) => {
    const without = (objects: readonly OutputObject[]) => objects.filter(({ kind }) => kind !== 'ListenerRuleConfiguration');
    expect(differences(text, without)).not.toContain('protection');
    expect(differences(text, without)).not.toContain('wider');
  });

  it.each([
    ['a web ACL by name', alb({ 'wafv2-acl-name': 'shop' }), 'aws-alb/web-acl/by-name'],
    ['basic authentication', nginx({ 'auth-type': 'basic', 'auth-secret': 'pw' }), 'aws-alb/basic-auth/none'],
    ['external authentication', nginx({ 'auth-url': 'http://auth.test/' }), 'aws-alb/external-auth/none'],
    ['client certificates of a Secret', nginx({ 'auth-tls-secret': 'shop/ca' }), 'aws-alb/client-certificate/trust-store'],
    [
      'a list of too many addresses',
      nginx({ 'whitelist-source-range': Array.from({ length: 90 }, (_, i) => `10.0.${i}.0/24`).join(',') }),
      'aws-alb/address-lists/too-many',
    ],
  ])('%s cannot be written, so its rule is withheld', (_, text, code) => {
    const { plan, ledger } = convert(text);
    expect(ledger.findings.map((finding) => finding.code)).toContain(code);
    expect(JSON.stringify(plan.objects.map(({ object }) => object))).not.toContain('backendRefs');
    expect(plan.withheld).not.toEqual([]);
  });

  it('close a port that only redirects as well, which is said', () => {
    const both = { ...https, 'listen-ports': '[{"HTTP":80},{"HTTPS":443}]', 'ssl-redirect': '443' };
    const text = `${alb({ 'group.name': 'g', ...both }, 'open')}---${alb({ 'group.name': 'g', ...https, 'inbound-cidrs': '10.0.0.0/8' })}`;
    const { plan, ledger } = convert(text);
    expect(JSON.stringify(plan.objects.map(({ object }) => object))).toContain('"sourceRanges":["10.0.0.0/8"]');
    expect(ledger.entries.find(({ entry }) => entry.name.endsWith('inbound-cidrs'))).toMatchObject({
      outcome: 'approximated',
      finding: { code: 'aws-alb/inbound-ranges/redirects-too', args: { ports: '80' } },
    });
    expect(differences(text)).toEqual([]);
  });

  it('that differ by port are withheld where they are asked for', () => {
    const text = `${alb({ 'group.name': 'g', 'inbound-cidrs': '10.0.0.0/8', 'listen-ports': '[{"HTTP":80}]' })}---${alb({ 'group.name': 'g', ...https }, 'open')}`;
    const { plan, ledger } = convert(text);
    expect(ledger.findings.map(({ code }) => code)).toContain('aws-alb/inbound-ranges/differ');
    expect(plan.withheld.map(({ ingress }) => ingress.name)).toEqual(['web']);
    expect(differences(text)).toEqual([]);
  });
});
