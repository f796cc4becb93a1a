import type { AwsScheme } from '../../src/intent/aws.ts';
import type { AwsIntent } from '../../src/intent/intent.ts';
import { defineFindings } from '../../src/ledger/finding.ts';
import { oneOf } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { manual, PREFIX } from './annotation.ts';
import type { Books } from './books.ts';
import { textParam } from './class-params.ts';
import type { Group, Member } from './group.ts';
import { classFirst, exclusive } from './group-value.ts';
import { type Found, found, readFrom, settingRule } from './setting.ts';

const find = defineFindings('alb/scheme', {
  assumed: {
    level: 'warning',
    message: (a: { group: string }) =>
      `nothing says whether the load balancer of ${a.group} is internal or faces the internet: it was read as internal, which is what the controller makes unless --default-load-balancer-scheme says otherwise`,
    help: () =>
      'Look at the live one: aws elbv2 describe-load-balancers --query "LoadBalancers[].[LoadBalancerName,Scheme]". Then see to it that the new address can be reached from nowhere else.',
    security: true,
  },
});

const scheme = oneOf('internal', 'internet-facing');

export const schemeRule = settingRule({
  id: 'alb/scheme',
  title: 'Internal or facing the internet',
  docs: manual('scheme'),
  scope: 'ingress',
  becomes: 'awsScheme',
  reads: { scheme: at(`${PREFIX}scheme`, scheme) },
  findings: find,
});

export function schemeIntents({ members, name }: Group, books: Books): readonly AwsIntent[] {
  const said = ({ params, annotations }: Member, into: Books) =>
    classFirst(parsed(textParam(params, 'scheme')), found(readFrom(schemeRule.reads.scheme, annotations)), into);
  // Where members disagree nothing must face the internet that one of them keeps from it.
  const careful = [...members].sort((a, b) => rank(said(a, ASIDE)) - rank(said(b, ASIDE)));
  const value = exclusive<AwsScheme>('scheme', careful, (member) => said(member, books), books);
  const [first] = members;
  if (value === null && first !== undefined)
    books.findings.push(find.assumed({ group: name }, { at: first.ingress.ref.at, ingress: first.ingress.ref }));
  return [{ kind: 'awsScheme', scheme: value?.value ?? 'internal', entries: value?.entries ?? [] }];
}

/** What is looked up once more is not told again. */
const ASIDE: Books = { settled: [], findings: [] };

function rank(value: Found<AwsScheme> | null): number {
  return value === null ? 2 : value.value === 'internal' ? 0 : 1;
}

function parsed(param: Found<string> | null): Found<AwsScheme> | null {
  const value = param === null ? null : scheme.parse(param.value);
  return param !== null && value?.ok === true ? { ...param, value: value.value } : null;
}
