import type { TargetOption } from '../target-option.ts';
import { isSecurityGroup, SECURITY_GROUPS } from './security-groups.ts';

const LOG_DESTINATION = /^arn:aws[a-z-]*:(s3|logs|firehose):/;

/** Settings of a service network that no Ingress has. */
export const options: readonly TargetOption[] = [
  {
    name: 'access-logs',
    description: 'where each Gateway writes access logs: ARNs of a bucket, a log group, a delivery stream, one of each, with commas',
    problem: (value) => {
      const destinations = listOf(value).map((arn) => LOG_DESTINATION.exec(arn)?.[1]);
      if (destinations.length === 0 || destinations.includes(undefined))
        return 'it takes ARNs of an S3 bucket, a CloudWatch log group or a Firehose delivery stream';
      return new Set(destinations).size < destinations.length ? 'there is one destination of a kind' : null;
    },
  },
  {
    name: 'security-groups',
    description: "the firewall between the cluster's VPC and each Gateway's service network: ids of security groups, with commas",
    problem: (value) => {
      const groups = listOf(value);
      return groups.length > 0 && groups.length <= SECURITY_GROUPS && groups.every(isSecurityGroup)
        ? null
        : `it takes one to ${SECURITY_GROUPS} ids (sg-…)`;
    },
  },
  {
    name: 'iam-policy',
    description: 'who may call the services of each Gateway: an auth policy of VPC Lattice, as JSON',
    problem: (value) => (isPolicy(value) ? null : 'it takes a JSON object with a Statement, of 10 KB at most'),
  },
];

export function listOf(value: string | undefined): readonly string[] {
  return (value ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** `s3`, `logs` or `firehose`. */
export function destinationOf(arn: string): string {
  return LOG_DESTINATION.exec(arn)?.[1] ?? '';
}

function isPolicy(text: string): boolean {
  if (text.length > 10_240) return false;
  try {
    const policy: unknown = JSON.parse(text);
    return typeof policy === 'object' && policy !== null && 'Statement' in policy;
  } catch {
    return false;
  }
}
