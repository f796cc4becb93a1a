import type { AwsKeyValue } from '../../intent/aws.ts';
import { defineFindings } from '../../ledger/finding.ts';
import type { RoutingTable } from '../../route/table.ts';
import { approximated, byHand, converted, type Lower, placeOf, unmapped } from '../lowering.ts';
import { PREFIX } from './kinds.ts';

const find = defineFindings('vpc-lattice/tags', {
  routes: {
    level: 'note',
    message: (a: { tags: string }) =>
      `AWS tags (${a.tags}) became an annotation of every route: services, listeners, rules and target groups get them`,
    help: () => 'The role of the controller needs tag:TagResources, tag:UntagResources and tag:GetResources for it.',
  },
  characters: {
    level: 'warning',
    message: (a: { tags: string }) =>
      `AWS tags were not written, as an annotation cannot hold them (commas, other characters, no value): ${a.tags}`,
    help: () =>
      'Once the services are there: aws resourcegroupstaggingapi tag-resources --resource-arn-list ARN --tags KEY=VALUE (aws vpc-lattice list-services shows the ARNs).',
  },
  'target-group': {
    level: 'note',
    message: (a: { service: string; tags: string }) =>
      `target groups of Service ${a.service} have tags of their own (${a.tags}): those of the route are all there is`,
  },
});

export const tags: Lower<'awsTags'> = (intent, context) => {
  const place = placeOf(intent, context);
  const lost = intent.tags.filter((tag) => !isWritable(tag));
  if (lost.length > 0) return byHand(find.characters({ tags: textOf(lost) }, place));
  return approximated({}, find.routes({ tags: textOf(intent.tags) }, place));
};

export const targetGroupTags: Lower<'awsTargetGroupTags'> = (intent, context) => {
  const own = textOf(intent.tags);
  const { namespace, service } = intent.backend;
  return own === textOf(tagsOf(context.table))
    ? converted({})
    : unmapped(find['target-group']({ service: `${namespace}/${service}`, tags: own }, placeOf(intent, context)));
};

/** The controller reads them from the route. */
export function tagAnnotations(table: RoutingTable): Readonly<Record<string, string>> {
  const written = tagsOf(table).filter(isWritable);
  return written.length === 0 ? {} : { [`${PREFIX}/tags`]: textOf(written) };
}

function tagsOf({ loadBalancer }: RoutingTable): readonly AwsKeyValue[] {
  return (loadBalancer.intents ?? []).flatMap((intent) => (intent.kind === 'awsTags' ? intent.tags : []));
}

/** What AWS takes for keys and values, but for the separators of the annotation. */
function isWritable({ key, value }: AwsKeyValue): boolean {
  const pattern = /^[\p{L}\p{N} _.:/+\-@]+$/u;
  return pattern.test(key) && /^[\p{L}\p{N} _.:/=+\-@]+$/u.test(value) && key.length <= 128 && value.length <= 256;
}

function textOf(all: readonly AwsKeyValue[]): string {
  return all.map(({ key, value }) => `${key}=${value}`).join(',');
}
