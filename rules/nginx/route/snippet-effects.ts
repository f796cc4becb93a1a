import type { Intent } from '../../../src/intent/intent.ts';
import type { Entry } from '../../../src/model/entry.ts';
import type { HostTable, RouteRule } from '../../../src/route/table.ts';
import type { Books } from '../../../src/rule/books.ts';
import { endAs, placeOf } from '../settlement.ts';
import { snippetFindings } from '../snippet/findings.ts';
import type { Effects } from '../snippet/levels.ts';
import { withEntries } from './snippet-branches.ts';

/** A rule of the controller with what snippets do besides; `intents`: of what could not be converted and keeps requests out. */
export function withEffects(rule: RouteRule, effects: Effects, intents: readonly Intent[]): readonly RouteRule[] {
  if (rule.action.kind === 'redirect') {
    return [{ ...rule, intents: [...rule.intents, ...effects.intents, ...intents] }];
  }
  if (effects.closed !== null) return [refusing(rule, effects.closed)];
  const open: RouteRule = { ...rule, intents: [...rule.intents, ...effects.intents, ...intents] };
  if (effects.onlyMethods === null) return [open];
  const { methods, entries } = effects.onlyMethods;
  return [
    {
      ...open,
      match: {
        ...open.match,
        methods: open.match.methods.length === 0 ? methods : open.match.methods.filter((each) => methods.includes(each)),
      },
      entries: withEntries(open.entries, entries),
    },
    { ...refusing(rule, entries), id: `${rule.id} refused` },
  ].filter(({ match }, index) => index === 1 || match.methods.length > 0);
}

/** 403, in the access phase: behind redirects, before the backend. */
function refusing(rule: RouteRule, entries: readonly Entry[]): RouteRule {
  const backends = rule.action.kind === 'forward' ? rule.action.backends.flatMap((backend) => backend.entries) : [];
  return {
    ...rule,
    action: { kind: 'respond', status: 403, contentType: null, body: null },
    intents: [],
    entries: withEntries(rule.entries, [...entries, ...backends]),
  };
}

/**
 * nginx sends its headers with redirects as well, those of a Gateway are written without. A header that is nowhere else is lost
 * with them.
 */
export function reportHeadersOfRedirects(hosts: readonly HostTable[], books: Books): void {
  const rules = hosts.flatMap((host) => host.rules);
  const elsewhere = new Set(
    rules.filter(({ action }) => action.kind === 'forward').flatMap(({ intents }) => intents.flatMap(({ entries }) => entries)),
  );
  for (const intent of rules.filter(({ action }) => action.kind === 'redirect').flatMap(({ intents }) => intents)) {
    const [entry] = intent.entries;
    if (intent.kind !== 'responseHeaders' || entry?.kind !== 'directive') continue;
    const header = [...intent.set, ...intent.add].map(({ name }) => name).join(', ');
    if (header === '') continue;
    const finding = snippetFindings['header-on-redirect']({ header }, placeOf(entry));
    books.findings.push(finding);
    books.settled.push(
      ...endAs(
        'unmapped',
        intent.entries.filter((each) => !elsewhere.has(each)),
        finding,
      ),
    );
  }
}
