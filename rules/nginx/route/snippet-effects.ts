import type { Intent } from '../../../src/intent/intent.ts';
import type { Entry } from '../../../src/model/entry.ts';
import type { RouteRule } from '../../../src/route/table.ts';
import { placeOf } from '../settlement.ts';
import { snippetFindings } from '../snippet/findings.ts';
import type { Effects } from '../snippet/levels.ts';
import type { Books } from './books.ts';
import { withEntries } from './snippet-branches.ts';

/** A rule of the controller with what snippets do besides; `intents`: of what could not be converted and keeps requests out. */
export function withEffects(
  rule: RouteRule,
  effects: Effects,
  { intents, books }: { readonly intents: readonly Intent[]; readonly books: Books },
): readonly RouteRule[] {
  if (rule.action.kind === 'redirect') {
    const headers = effects.intents.filter(({ kind }) => kind === 'responseHeaders');
    reportHeaders(headers, books);
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

/** A redirect of a Gateway is written without the headers that nginx sends with it. */
export function reportHeaders(intents: readonly Intent[], books: Books): void {
  for (const intent of intents) {
    if (intent.kind !== 'responseHeaders') continue;
    const [entry] = intent.entries;
    const header = [...intent.set, ...intent.add].map(({ name }) => name).join(', ');
    if (entry !== undefined && header !== '') books.findings.push(snippetFindings['header-on-redirect']({ header }, placeOf(entry)));
  }
}
