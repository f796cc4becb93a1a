import { describe, expect, it } from 'vitest';
import type { HTTPRoute, OutputObject } from '../../../src/gateway/types.ts';
import { convertManifests } from '../../../src/index.ts';
import { verify } from '../../../src/prove/verify.ts';
import { alb } from './manifests.ts';

const ARN = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/Legacy-VMs/0123456789abcdef';
const action = (groups: readonly object[]) => ({
  'actions.web': JSON.stringify({ type: 'forward', forwardConfig: { targetGroups: groups } }),
});
const of = (groups: readonly object[], target = 'aws-alb') =>
  convertManifests([{ file: 'in.yaml', text: alb(action(groups)).replace('port: { number: 80 }', 'port: { name: use-annotation }') }], {
    target,
  });
const isRoute = (object: OutputObject): object is HTTPRoute => object.kind === 'HTTPRoute';
const backendsOf = ({ plan }: ReturnType<typeof of>) =>
  plan.objects
    .map(({ object }) => object)
    .filter(isRoute)
    .flatMap(({ spec }) => spec.rules.map(({ backendRefs }) => backendRefs));

describe('target groups made outside the cluster', () => {
  const shared = [
    { serviceName: 'web', servicePort: 80, weight: 80 },
    { targetGroupARN: ARN, weight: 20 },
  ];

  it('are backends by their names, and a person has to see to the move', () => {
    const conversion = of(shared);
    expect(backendsOf(conversion)).toEqual([
      [
        { name: 'web', port: 80, weight: 80 },
        { group: '', kind: 'TargetGroupName', name: 'Legacy-VMs', weight: 20 },
      ],
    ]);
    expect(conversion.ledger.entries.find(({ entry }) => entry.name.endsWith('actions.web'))).toMatchObject({
      outcome: 'manual',
      finding: { code: 'aws-alb/external-target-groups/one-load-balancer' },
    });
    const objects = conversion.plan.objects.map(({ object }) => object);
    expect(verify(conversion, objects).discrepancies).toEqual([]);
    const edited: readonly OutputObject[] = JSON.parse(JSON.stringify(objects).replace('Legacy-VMs', 'Other-VMs'));
    expect(verify(conversion, edited).discrepancies.map(({ differences }) => differences)).toContainEqual(['wrong-backend']);
  });

  it.each([
    ['a name that is none', 'aws-alb', [{ targetGroupName: 'no name' }], 'aws-alb/external-target-groups/no-name'],
    ['another cloud', 'standard', [{ targetGroupARN: ARN }], 'standard/aws/external-target-groups'],
    ['VPC Lattice', 'vpc-lattice', [{ targetGroupARN: ARN }], 'vpc-lattice/setting/lost'],
  ])('are left out for %s', (_, target, groups, code) => {
    const conversion = of(groups, target);
    expect(JSON.stringify(backendsOf(conversion))).not.toContain('TargetGroupName');
    expect(conversion.ledger.findings.map((finding) => finding.code)).toContain(code);
  });
});
