import type { AwsIntent } from '../../src/intent/intent.ts';
import { defineFindings } from '../../src/ledger/finding.ts';
import type { Entry } from '../../src/model/entry.ts';
import { text } from '../../src/rule/codec.ts';
import { type AnnotationRead, at } from '../../src/rule/rule.ts';
import { manual, PREFIX, placeOf, valueFindings } from './annotation.ts';
import { type Books, settle } from './books.ts';
import { textParam } from './class-params.ts';
import type { Group } from './group.ts';
import { classFirst, exclusive } from './group-value.ts';
import { type Found, found, readFrom, settingRule } from './setting.ts';

const find = defineFindings('alb/web-acl', {
  none: {
    level: 'note',
    message: (a: { setting: string }) => `${a.setting} "none" detaches a web ACL; a new load balancer has none to begin with`,
  },
  'auto-mode': {
    level: 'warning',
    message: (a: { setting: string }) => `${a.setting} is not supported by EKS Auto Mode, so it protects nothing`,
    help: () => 'If it was meant to protect something, use wafv2-acl-arn.',
    security: true,
  },
});

export const webAcl = settingRule({
  id: 'alb/web-acl',
  title: 'Web application firewall',
  docs: manual('wafv2-acl-arn'),
  scope: 'ingress',
  becomes: 'awsWebAcl',
  reads: {
    arn: at(`${PREFIX}wafv2-acl-arn`, text),
    name: at(`${PREFIX}wafv2-acl-name`, text),
    classic: at(`${PREFIX}waf-acl-id`, text),
    alias: at(`${PREFIX}web-acl-id`, text),
  },
  findings: find,
});

/** A name anywhere in the group makes ARNs ineffective; `web-acl-id` is read where `waf-acl-id` is absent. */
export function webAclIntents(group: Group, books: Books): readonly AwsIntent[] {
  const { reads } = webAcl;
  const of = (setting: string, read: AnnotationRead<string>, field: string) =>
    exclusive(
      setting,
      group.members,
      ({ params, annotations }) => classFirst(textParam(params, field), found(readFrom(read, annotations)), books),
      books,
    );
  const name = of('wafv2-acl-name', reads.name, 'wafv2AclName');
  const arn = of('wafv2-acl-arn', reads.arn, 'wafv2AclArn');
  if (name !== null && arn !== null) overridden(arn.entries, name.entries, books);
  return [...intents(name === null ? 'arn' : 'name', name ?? arn, books), ...intents('classic-id', classicOf(group, books), books)];
}

function classicOf({ members }: Group, books: Books): Found<string> | null {
  const { reads } = webAcl;
  return exclusive(
    'waf-acl-id',
    members,
    ({ annotations, isAuto }) => {
      const [classic, alias] = [found(readFrom(reads.classic, annotations)), found(readFrom(reads.alias, annotations))];
      if (classic !== null && alias !== null) overridden(alias.entries, classic.entries, books);
      const own = classic ?? alias;
      if (!isAuto || own === null) return own;
      for (const entry of own.entries) settle(books, [entry], 'inert', find['auto-mode']({ setting: entry.name }, placeOf(entry)));
      return null;
    },
    books,
  );
}

function intents(by: 'arn' | 'name' | 'classic-id', acl: Found<string> | null, books: Books): readonly AwsIntent[] {
  if (acl === null) return [];
  if (acl.value !== 'none') return [{ kind: 'awsWebAcl', by, value: acl.value, entries: acl.entries }];
  for (const entry of acl.entries) settle(books, [entry], 'inert', find.none({ setting: entry.name }, placeOf(entry)));
  return [];
}

function overridden(entries: readonly Entry[], by: readonly Entry[], books: Books): void {
  for (const entry of entries) {
    const args = { setting: entry.name, by: by[0]?.key ?? '' };
    settle(books, [entry], 'inert', valueFindings.overridden(args, placeOf(entry)));
  }
}
