import type { AwsProtocol } from '../../src/intent/aws.ts';
import type { AwsIntent } from '../../src/intent/intent.ts';
import { oneOf } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { manual, PREFIX } from './annotation.ts';
import { settingRule } from './setting.ts';
import { entriesOf, settingOf, type TargetGroup } from './target-group.ts';

export const backendProtocol = settingRule({
  id: 'alb/backend-protocol',
  title: 'Protocol towards targets',
  docs: manual('backend-protocol'),
  scope: 'upstream',
  becomes: 'awsBackendProtocol',
  reads: {
    protocol: at(`${PREFIX}backend-protocol`, oneOf('HTTP', 'HTTPS')),
    version: at(`${PREFIX}backend-protocol-version`, oneOf('HTTP1', 'HTTP2', 'GRPC')),
  },
});

/** HTTPS encrypts and verifies nothing. */
export function protocolOf(group: TargetGroup): { readonly protocol: AwsProtocol; readonly version: 'HTTP1' | 'HTTP2' | 'GRPC' } {
  const { reads } = backendProtocol;
  return { protocol: settingOf(reads.protocol, group)?.value ?? 'HTTP', version: settingOf(reads.version, group)?.value ?? 'HTTP1' };
}

export function protocolIntents(group: TargetGroup): readonly AwsIntent[] {
  const { reads } = backendProtocol;
  const entries = entriesOf(settingOf(reads.protocol, group), settingOf(reads.version, group));
  return entries.length === 0 ? [] : [{ kind: 'awsBackendProtocol', backend: group.backend, ...protocolOf(group), entries }];
}
