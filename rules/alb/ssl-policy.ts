import type { AwsIntent } from '../../src/intent/intent.ts';
import { text } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { manual, PREFIX } from './annotation.ts';
import type { Books } from './books.ts';
import { textParam } from './class-params.ts';
import type { Listener } from './group.ts';
import { classFirst, exclusive } from './group-value.ts';
import { found, readFrom, settingRule } from './setting.ts';

export const sslPolicy = settingRule({
  id: 'alb/ssl-policy',
  title: 'TLS versions and ciphers',
  docs: manual('ssl-policy'),
  scope: 'ingress',
  becomes: 'awsTlsPolicy',
  reads: { policy: at(`${PREFIX}ssl-policy`, text) },
});

/** Members have to agree only where they share a port. */
export function sslPolicyIntents({ protocol, port, members }: Listener, books: Books): readonly AwsIntent[] {
  if (protocol !== 'HTTPS') return [];
  const policy = exclusive(
    'ssl-policy',
    members,
    ({ params, annotations }) => classFirst(textParam(params, 'sslPolicy'), found(readFrom(sslPolicy.reads.policy, annotations)), books),
    books,
  );
  return policy === null ? [] : [{ kind: 'awsTlsPolicy', port, policy: policy.value, entries: policy.entries }];
}
