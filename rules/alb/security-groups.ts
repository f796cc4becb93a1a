import type { AwsIntent } from '../../src/intent/intent.ts';
import { commaList, goBool } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { manual, PREFIX, placeOf, valueFindings } from './annotation.ts';
import { type Books, settle } from './books.ts';
import type { Group } from './group.ts';
import { exclusive } from './group-value.ts';
import { found, readFrom, settingRule } from './setting.ts';

/** Own groups are the only firewall of the load balancer: ranges and prefix lists have no effect beside them. */
export const securityGroups = settingRule({
  id: 'alb/security-groups',
  title: 'Security groups of the load balancer',
  docs: manual('security-groups'),
  scope: 'ingress',
  becomes: 'awsSecurityGroups',
  reads: {
    groups: at(`${PREFIX}security-groups`, commaList),
    manage: at(`${PREFIX}manage-backend-security-group-rules`, goBool),
  },
});

export function securityGroupIntents({ members }: Group, books: Books): readonly AwsIntent[] {
  const { reads } = securityGroups;
  const groups = exclusive('security-groups', members, ({ annotations }) => found(readFrom(reads.groups, annotations)), books);
  const manage = exclusive(
    'manage-backend-security-group-rules',
    members,
    ({ annotations }) => found(readFrom(reads.manage, annotations)),
    books,
  );
  if (groups !== null) {
    const entries = [...groups.entries, ...(manage?.entries ?? [])];
    return [{ kind: 'awsSecurityGroups', groups: groups.value, manageBackendRules: manage?.value ?? false, entries }];
  }
  for (const entry of manage?.entries ?? []) {
    const args = { setting: entry.name, partner: `${PREFIX}security-groups` };
    settle(books, [entry], 'inert', valueFindings['without-partner'](args, placeOf(entry)));
  }
  return [];
}
