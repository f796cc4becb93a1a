import type { AwsBackend } from '../../intent/aws.ts';
import type { LoweringContext } from '../contract.ts';
import { isHttpsOnly } from '../https-only.ts';
import { approximated, converted, type Lower, placeOf, unmapped } from '../lowering.ts';
import { awsFindings as find } from './aws-findings.ts';
import { mapOf, parts, targetGroup } from './fragments.ts';
import { healthCheckConfig, isKnownPort } from './health-check-config.ts';

/** The controller's flag decides where nothing else does, and it is instance unless somebody changed it. */
export const targetType: Lower<'awsTargetType'> = (intent, context) => {
  if (intent.type !== null) return converted(parts(targetGroup(intent.backend, { targetType: intent.type })));
  const type = needsPods(intent.backend, context) ? 'ip' : 'instance';
  const finding = find['target-type/assumed']({ service: nameOf(intent.backend), type }, placeOf(intent, context));
  return approximated(parts(targetGroup(intent.backend, { targetType: type })), finding);
};

/** Nodes have no port of a ClusterIP Service: what works today has to be ip. */
function needsPods({ namespace, service }: AwsBackend, { estate }: LoweringContext): boolean {
  return estate.serviceByName.get(`${namespace}/${service}`)?.type === 'ClusterIP';
}

export const backendProtocol: Lower<'awsBackendProtocol'> = (intent, context) => {
  const { backend, protocol, version } = intent;
  if (version !== 'HTTP1' && !isHttpsOnly(context)) {
    const args = { service: nameOf(backend), version: version === 'GRPC' ? 'gRPC' : 'HTTP/2' };
    return unmapped(find['backend-protocol/shared-port'](args, placeOf(intent, context)));
  }
  const made = parts(targetGroup(backend, { protocol, protocolVersion: version }));
  return converted(version === 'GRPC' && speaksGrpc(context) ? { ...made, grpc: true } : made);
};

/** Whether all backends of the rule do. */
function speaksGrpc({ rule: { action, intents } }: LoweringContext): boolean {
  const services =
    action.kind === 'forward' ? new Set(action.backends.map((each) => `${each.namespace}/${each.service}:${each.port}`)) : new Set();
  const speaking = intents.flatMap((each) =>
    each.kind === 'awsBackendProtocol' && each.version === 'GRPC' ? [`${nameOf(each.backend)}:${each.backend.port}`] : [],
  );
  return services.size === new Set(speaking).size;
}

export const healthCheck: Lower<'awsHealthCheck'> = (intent, context) => {
  const { backend, check } = intent;
  const made = parts(targetGroup(backend, { healthCheckConfig: healthCheckConfig(check) }));
  if (isKnownPort(check.port)) return converted(made);
  return approximated(made, find['health-check/port-name']({ service: nameOf(backend), port: check.port }, placeOf(intent, context)));
};

export const attributes: Lower<'awsStickiness' | 'awsBalancing' | 'awsTargetGroupAttributes'> = (intent) =>
  converted(parts(targetGroup(intent.backend, { attributes: mapOf(intent.attributes) })));

export const tags: Lower<'awsTargetGroupTags'> = (intent) => converted(parts(targetGroup(intent.backend, { tags: mapOf(intent.tags) })));

export const nodeSelector: Lower<'awsNodeSelector'> = (intent) =>
  converted(parts(targetGroup(intent.backend, { nodeSelector: { matchLabels: mapOf(intent.labels) } })));

export const multiCluster: Lower<'awsMultiCluster'> = (intent) =>
  converted(parts(targetGroup(intent.backend, { enableMultiCluster: true })));

export const targetControl: Lower<'awsTargetControl'> = (intent, context) =>
  approximated(
    parts(targetGroup(intent.backend, { targetControlPort: intent.port })),
    find['target-control/inert']({ service: nameOf(intent.backend), port: intent.port }, placeOf(intent, context)),
  );

function nameOf({ namespace, service }: AwsBackend): string {
  return `${namespace}/${service}`;
}
