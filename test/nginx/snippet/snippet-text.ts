import type { Intent } from '../../../src/intent/intent.ts';
import { ingress } from '../ingress-text.ts';
import { hostOf, linesOf, type RoutedEstate, routed } from '../routed.ts';

export interface Snippets {
  readonly configuration?: string;
  readonly server?: string;
  /** Without prefix. */
  readonly annotations?: Readonly<Record<string, string>>;
  readonly host?: string;
  readonly paths?: readonly string[];
}

/** One Ingress with snippets. */
export function withSnippets({ configuration, server, annotations = {}, host = 'a.test', paths = ['/ web'] }: Snippets): RoutedEstate {
  return routed(
    ingress('a', {
      annotations: {
        ...annotations,
        ...(configuration === undefined ? {} : { 'configuration-snippet': configuration }),
        ...(server === undefined ? {} : { 'server-snippet': server }),
      },
      rules: { [host]: paths },
    }),
  );
}

/** What the first rule that leads to a backend carries, with the names of directives in place of the entries. */
export function intentsOf(result: RoutedEstate, host = 'a.test'): readonly object[] {
  const rule = hostOf(result, host).rules.find(({ action }) => action.kind === 'forward');
  return (rule?.intents ?? []).map(plain);
}

export function plain(intent: Intent): object {
  return { ...intent, entries: intent.entries.map(({ name }) => name.replace(/^\S+ /, '')) };
}

/** How each directive ended that no rule stands for: `unmapped nginx/snippet/…`, by its text. */
export function ends(result: RoutedEstate): Readonly<Record<string, string>> {
  return Object.fromEntries(
    result.settled
      .filter(({ entry }) => entry.kind === 'directive')
      .map(({ entry, outcome, finding }) => [
        `${entry.name.replace(/^\S+ /, '')} ${entry.value}`.trim(),
        `${outcome} ${finding?.code.replace(/^nginx\/snippet\//, '') ?? ''}`,
      ]),
  );
}

export { linesOf };
