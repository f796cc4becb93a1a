import type { AwsKeyValue } from '../../intent/aws.ts';
import type { IntentOf } from '../../intent/intent.ts';
import { defineFindings } from '../../ledger/finding.ts';
import type { RoutingTable } from '../../route/table.ts';
import type { Lowering, LoweringContext } from '../contract.ts';
import { approximated, converted, inert, placeOf, unmapped } from '../lowering.ts';
import { latticeFindings } from './findings.ts';
import { accessLogPolicy } from './kinds.ts';

const find = defineFindings('vpc-lattice/access-logs', {
  form: {
    level: 'note',
    message: (a: { bucket: string; lost: string }) =>
      `access logs go to ${a.bucket} as before, in the form of VPC Lattice (JSON, a request a line)${a.lost}`,
    help: (a) =>
      `Readers of the logs have to learn it. The bucket's policy must let delivery.logs.amazonaws.com write: aws s3api get-bucket-policy --bucket ${a.bucket}.`,
  },
});

/** Of the attributes of a load balancer the bucket of its access logs has a place: an AccessLogPolicy. */
export function loadBalancerAttributes(intent: IntentOf<'awsLoadBalancerAttributes'>, context: LoweringContext): Lowering {
  const place = placeOf(intent, context);
  const bucket = bucketOf(intent.attributes);
  const others = intent.attributes.filter(({ key }) => !key.startsWith('access_logs.s3.')).map(({ key }) => key);
  const what = `attributes of the load balancer (${others.join(', ')})`;
  const gone = latticeFindings['load-balancer/gone']({ what, nearest: 'Keep a load balancer for what needs it: target aws-alb.' }, place);
  if (bucket === null) {
    if (others.length > 0) return unmapped(gone);
    const isOff = intent.attributes.some(({ key, value }) => key === 'access_logs.s3.enabled' && value === 'false');
    return isOff ? converted({}) : inert(latticeFindings['setting/none']({ what: 'where access logs that are off would go' }, place));
  }
  const parts = {
    policies: [
      { policy: accessLogPolicy, on: { to: 'gateway', as: 'target' } as const, spec: { destinationArn: `arn:aws:s3:::${bucket}` } },
    ],
  };
  if (others.length > 0) return approximated(parts, gone);
  const prefix = valueOf(intent.attributes, 'access_logs.s3.prefix');
  return approximated(parts, find.form({ bucket, lost: prefix === null ? '' : `, without the prefix ${prefix}` }, place));
}

/** Whether the Gateway of a load balancer gets a bucket from its own attributes. */
export function hasOwnBucket({ loadBalancer }: RoutingTable): boolean {
  return (loadBalancer.intents ?? []).some((intent) => intent.kind === 'awsLoadBalancerAttributes' && bucketOf(intent.attributes) !== null);
}

function bucketOf(attributes: readonly AwsKeyValue[]): string | null {
  return valueOf(attributes, 'access_logs.s3.enabled') === 'true' ? valueOf(attributes, 'access_logs.s3.bucket') : null;
}

function valueOf(attributes: readonly AwsKeyValue[], wanted: string): string | null {
  return attributes.find(({ key }) => key === wanted)?.value ?? null;
}
