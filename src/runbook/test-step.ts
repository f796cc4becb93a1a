import type { Group } from './groups.ts';
import type { RunbookInput } from './input.ts';
import { block, word } from './markdown.ts';
import { addresses, routesOf } from './names.ts';
import { curls } from './shell-lines.ts';

export function test(group: Group, label: string, input: RunbookInput): { readonly lines: readonly string[] } {
  const { kubectl } = input.commands;
  const routes = routesOf(group, input);
  const status = `jsonpath='{range .status.parents[*]}{.parentRef.name}{" "}{.conditions[?(@.type=="Accepted")].status}{" "}{.conditions[?(@.type=="ResolvedRefs")].status}{"\\n"}{end}'`;
  return {
    lines: [
      `#### ${label}.1 Test at the new address`,
      '- [ ] Neither address is empty, every route says `True True`, and each answer is the one of today:',
      block([
        ...addresses(group, input),
        ...routes.map(({ kind, name, namespace }) => `${kubectl} get ${kind} ${word(name)} -n ${word(namespace)} -o ${status}`),
        ...curls(group),
      ]),
      ...(group.risk.reasons.some((reason) => reason.startsWith('protected'))
        ? [
            '- [ ] Somebody who is refused today is refused there as well: without a password, from an address that is not on the list, without a client certificate.',
          ]
        : []),
    ],
  };
}
