import type { AwsIntent } from '../../src/intent/intent.ts';
import { defineFindings } from '../../src/ledger/finding.ts';
import { goBool } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { manual, PREFIX, placeOf } from './annotation.ts';
import { type Books, settle } from './books.ts';
import type { Group } from './group.ts';
import { exclusive } from './group-value.ts';
import { found, readFrom, settingRule } from './setting.ts';

const find = defineFindings('alb/shield', {
  'auto-mode': {
    level: 'warning',
    message: (a: { setting: string }) => `${a.setting} is not supported by EKS Auto Mode, so it has no effect`,
    help: () => 'If it was meant to protect the load balancer, it never did: aws shield create-protection.',
    security: true,
  },
});

export const shield = settingRule({
  id: 'alb/shield',
  title: 'Shield Advanced',
  docs: manual('shield-advanced-protection'),
  scope: 'ingress',
  becomes: 'awsShield',
  reads: { enabled: at(`${PREFIX}shield-advanced-protection`, goBool) },
  findings: find,
});

export function shieldIntents({ members }: Group, books: Books): readonly AwsIntent[] {
  const enabled = exclusive(
    'shield-advanced-protection',
    members,
    ({ annotations, isAuto }) => {
      const own = found(readFrom(shield.reads.enabled, annotations));
      if (!isAuto || own === null) return own;
      for (const entry of own.entries) settle(books, [entry], 'inert', find['auto-mode']({ setting: entry.name }, placeOf(entry)));
      return null;
    },
    books,
  );
  return enabled === null ? [] : [{ kind: 'awsShield', enabled: enabled.value, entries: enabled.entries }];
}
