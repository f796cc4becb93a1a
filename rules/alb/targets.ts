import type { AwsKeyValue } from '../../src/intent/aws.ts';
import type { AwsIntent } from '../../src/intent/intent.ts';
import { compareText } from '../../src/model/position.ts';
import { goBool } from '../../src/rule/codec.ts';
import { at, family } from '../../src/rule/rule.ts';
import { manual, PREFIX } from './annotation.ts';
import { pairsParam } from './class-params.ts';
import { intBetween, keyValues } from './codecs.ts';
import { found, readFrom, settingRule } from './setting.ts';
import { tags } from './tags.ts';
import { settingOf, type TargetGroup } from './target-group.ts';

export const targetNodeLabels = settingRule({
  id: 'alb/target-node-labels',
  title: 'Nodes that are registered',
  docs: manual('target-node-labels'),
  scope: 'upstream',
  becomes: 'awsNodeSelector',
  reads: { labels: at(`${PREFIX}target-node-labels`, keyValues) },
});

export const multiCluster = settingRule({
  id: 'alb/multi-cluster-target-group',
  title: 'Target groups shared by clusters',
  docs: manual('multi-cluster-target-group'),
  scope: 'upstream',
  becomes: 'awsMultiCluster',
  reads: { enabled: at(`${PREFIX}multi-cluster-target-group`, goBool) },
});

const CONTROL = `${PREFIX}target-control-port.`;

/** `target-control-port.SERVICE.PORT`, the port as the backend writes it. */
export const targetControlPort = settingRule({
  id: 'alb/target-control-port',
  title: 'Target optimizer',
  docs: manual('target-control-port'),
  scope: 'upstream',
  becomes: 'awsTargetControl',
  reads: { byBackend: family(CONTROL, intBetween(1, 65_535)) },
});

export function targetsIntents(group: TargetGroup): readonly AwsIntent[] {
  const { backend, member, service } = group;
  const labels = settingOf(targetNodeLabels.reads.labels, group);
  // True on either of them is true.
  const shared = [service?.annotations ?? [], member.annotations]
    .map((entries) => found(readFrom(multiCluster.reads.enabled, entries)))
    .filter((each) => each?.value === true);
  const control = readFrom(
    at(`${CONTROL}${backend.service}.${backend.written}`, targetControlPort.reads.byBackend.codec),
    service?.annotations ?? [],
    member.annotations,
  );
  return [
    ...tagIntents(group),
    ...(labels === null ? [] : [{ kind: 'awsNodeSelector', backend, labels: labels.value, entries: labels.entries } as const]),
    ...(shared.length === 0 ? [] : [{ kind: 'awsMultiCluster', backend, entries: shared.flatMap((each) => each?.entries ?? []) } as const]),
    ...(control.state === 'valid' ? [{ kind: 'awsTargetControl', backend, port: control.value, entries: [control.entry] } as const] : []),
  ];
}

/** Tags of the Service are laid over those of the Ingress key by key; those of the class win. */
function tagIntents({ backend, member, service }: TargetGroup): readonly AwsIntent[] {
  const layers = [
    found(readFrom(tags.reads.tags, member.annotations)),
    found(readFrom(tags.reads.tags, service?.annotations ?? [])),
    pairsParam(member.params, 'tags'),
  ].filter((layer) => layer !== null);
  if (layers.length === 0) return [];
  const byKey = new Map(layers.flatMap(({ value }) => value.map((pair): [string, AwsKeyValue] => [pair.key, pair])));
  const all = [...byKey.values()].sort((a, b) => compareText(a.key, b.key));
  return [{ kind: 'awsTargetGroupTags', backend, tags: all, entries: layers.flatMap(({ entries }) => entries) }];
}
