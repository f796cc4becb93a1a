import { describe, expect, it } from 'vitest';
import type { OutputObject } from '../../../src/gateway/types.ts';
import { convertManifests } from '../../../src/index.ts';
import { verify } from '../../../src/prove/verify.ts';
import { alb, nginx } from '../aws-alb/manifests.ts';

const of = (text: string, targetOptions: Readonly<Record<string, string>> = {}) =>
  convertManifests([{ file: 'in.yaml', text }], { target: 'vpc-lattice', targetOptions });
const specsOf = ({ plan }: ReturnType<typeof of>, kind: string) =>
  plan.objects.flatMap(({ object }) => (object.kind === kind && 'spec' in object ? [object.spec] : []));
const codesOf = ({ ledger }: ReturnType<typeof of>) => ledger.findings.map(({ code }) => code);
const targetRef = { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'shop-web' };

describe('security groups', () => {
  const guarded = of(alb({ 'security-groups': 'sg-1, sg-2' }));

  it('guard the association with the VPC, and the route is written', () => {
    expect(specsOf(guarded, 'VpcAssociationPolicy')).toEqual([{ targetRef, securityGroupIds: ['sg-1', 'sg-2'], associateWithVpc: true }]);
    expect(guarded.plan.withheld).toEqual([]);
    expect(codesOf(guarded)).toContain('vpc-lattice/security-groups/association');
  });

  it('whose policy is taken away, or switched off, are a lost protection', () => {
    const objects = guarded.plan.objects.map(({ object }) => object);
    expect(verify(guarded, objects).discrepancies.filter(({ differences }) => differences.includes('protection'))).toEqual([]);
    const off: readonly OutputObject[] = JSON.parse(JSON.stringify(objects).replace('"associateWithVpc":true', '"associateWithVpc":false'));
    for (const edited of [objects.filter(({ kind }) => kind !== 'VpcAssociationPolicy'), off]) {
      const lost = verify(guarded, edited).discrepancies.filter(({ differences }) => differences.includes('protection'));
      expect(lost.length).toBeGreaterThan(0);
      expect(lost.map(({ explained }) => explained)).toEqual(lost.map(() => null));
    }
  });

  it.each(['web-tier', 'sg-1,sg-2,sg-3,sg-4,sg-5,sg-6'])('that the policy does not take (%s) withhold', (groups) => {
    const conversion = of(alb({ 'security-groups': groups }));
    expect(conversion.plan.withheld).toHaveLength(1);
    expect(specsOf(conversion, 'VpcAssociationPolicy')).toEqual([]);
  });
});

describe('access logs', () => {
  it('go to the bucket of the load balancer', () => {
    const logs = 'access_logs.s3.enabled=true,access_logs.s3.bucket=b';
    expect(specsOf(of(alb({ 'load-balancer-attributes': logs })), 'AccessLogPolicy')).toEqual([
      { targetRef, destinationArn: 'arn:aws:s3:::b' },
    ]);
  });

  it('that are off need nothing', () => {
    const conversion = of(alb({ 'load-balancer-attributes': 'access_logs.s3.enabled=false' }));
    expect(specsOf(conversion, 'AccessLogPolicy')).toEqual([]);
    expect(conversion.ledger.entries.find(({ entry }) => entry.name.endsWith('attributes'))?.outcome).toBe('converted');
  });
});

describe('options', () => {
  const options = {
    'access-logs': 'arn:aws:s3:::b,arn:aws:firehose:eu-west-1:111122223333:deliverystream/d',
    'security-groups': 'sg-9',
    'iam-policy': '{"Statement":[]}',
  };

  it('are policies of each Gateway', () => {
    const conversion = of(nginx({}), options);
    expect(specsOf(conversion, 'AccessLogPolicy')).toHaveLength(2);
    expect(specsOf(conversion, 'VpcAssociationPolicy')).toMatchObject([{ securityGroupIds: ['sg-9'] }]);
    expect(specsOf(conversion, 'IAMAuthPolicy')).toMatchObject([{ policy: '{"Statement":[]}' }]);
    const names = conversion.plan.objects.map(({ object }) => `${object.kind} ${object.metadata.name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it('give way to what the Ingresses name', () => {
    const logs = 'access_logs.s3.enabled=true,access_logs.s3.bucket=own';
    const conversion = of(alb({ 'security-groups': 'sg-1', 'load-balancer-attributes': logs }), options);
    expect(specsOf(conversion, 'VpcAssociationPolicy')).toMatchObject([{ securityGroupIds: ['sg-1'] }]);
    expect(specsOf(conversion, 'AccessLogPolicy').map((spec) => JSON.stringify(spec).includes('arn:aws:s3:::b"'))).toEqual([false, false]);
    expect(codesOf(conversion).filter((code) => code === 'vpc-lattice/option/unused')).toHaveLength(2);
  });

  it('take the place of no protection', () => {
    expect(of(alb({ 'inbound-cidrs': '10.0.0.0/8' }), options).plan.withheld).toHaveLength(1);
  });
});

describe('tags', () => {
  it('are an annotation of every route', () => {
    const [route] = of(alb({ tags: 'team=shop,env=prod' })).plan.objects.filter(({ object }) => object.kind === 'HTTPRoute');
    expect(route?.object.metadata.annotations).toEqual({ 'application-networking.k8s.aws/tags': 'env=prod,team=shop' });
  });

  it('that an annotation cannot hold are steps', () => {
    const conversion = of(alb({ tags: 'owners=a\\,b' }));
    expect(codesOf(conversion)).toContain('vpc-lattice/tags/characters');
  });
});

it('names paths whose capitals do not count any more', () => {
  const text = alb({}).replace('path: /,', 'path: /Shop,');
  expect(codesOf(of(text))).toContain('vpc-lattice/paths/capitals');
  expect(codesOf(of(alb({})))).not.toContain('vpc-lattice/paths/capitals');
});

it('settles what was set of a load balancer none of whose hosts it takes', () => {
  const conversion = of(alb({}).replace('host: a.example.com', 'host: "*.example.com"'));
  expect(codesOf(conversion)).not.toContain('ledger/unsettled');
});
