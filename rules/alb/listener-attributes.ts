import type { AwsKeyValue } from '../../src/intent/aws.ts';
import type { AwsIntent } from '../../src/intent/intent.ts';
import { responseHeaderOf } from '../../src/intent/neutral.ts';
import { defineFindings } from '../../src/ledger/finding.ts';
import { family } from '../../src/rule/rule.ts';
import { manual, PREFIX, placeOf } from './annotation.ts';
import { type Books, settle } from './books.ts';
import { listenerAttributesParam } from './class-params.ts';
import { keyValues } from './codecs.ts';
import type { Listener, Member } from './group.ts';
import { merged } from './group-value.ts';
import { settingRule } from './setting.ts';

const START = `${PREFIX}listener-attributes.`;

const find = defineFindings('alb/listener-attributes', {
  'no-listener': {
    level: 'warning',
    message: (a: { listener: string }) => `this Ingress has no listener ${a.listener}, so these attributes are set nowhere`,
    help: () => 'The name ends in the protocol in capitals and the port, for instance listener-attributes.HTTPS-443.',
  },
});

/** One annotation a listener: `listener-attributes.HTTPS-443`. */
export const listenerAttributes = settingRule({
  id: 'alb/listener-attributes',
  title: 'Attributes of a listener',
  docs: manual('listener-attributes'),
  scope: 'ingress',
  becomes: 'awsListenerAttributes',
  reads: { byListener: family(START, keyValues) },
  findings: find,
});

/** Response headers by themselves: they can be had elsewhere too. */
export function listenerAttributeIntents({ protocol, port, members }: Listener, books: Books): readonly AwsIntent[] {
  const all = merged(
    `listener-attributes.${protocol}-${port}`,
    members,
    ({ params, annotations }) => {
      const entry = annotations.find(({ name, value }) => name === `${START}${protocol}-${port}` && value !== '');
      const parsed = entry === undefined ? null : keyValues.parse(entry.value);
      return {
        ofClass: listenerAttributesParam(params, protocol, port),
        ofIngress: entry !== undefined && parsed?.ok === true ? { value: parsed.value, entries: [entry] } : null,
      };
    },
    books,
  );
  if (all === null) return [];
  const setsHeader = ({ key }: AwsKeyValue) => responseHeaderOf(key) !== null;
  return [all.value.filter(setsHeader), all.value.filter((each) => !setsHeader(each))]
    .filter((attributes) => attributes.length > 0)
    .map((attributes) => ({ kind: 'awsListenerAttributes', protocol, port, attributes, entries: all.entries }));
}

/** Attributes of listeners that the member does not have. Call once a member. */
export function checkListenerAttributes({ annotations, ports }: Member, books: Books): void {
  for (const entry of annotations.filter(({ name, value }) => name.startsWith(START) && value !== '')) {
    const listener = entry.name.slice(START.length);
    if (ports.some(({ protocol, port }) => listener === `${protocol}-${port}`)) continue;
    settle(books, [entry], 'inert', find['no-listener']({ listener }, placeOf(entry)));
  }
}
