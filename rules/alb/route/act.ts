import type { Intent } from '../../../src/intent/intent.ts';
import type { Action, PathMatch, Rewrite } from '../../../src/route/table.ts';
import type { ListenPort } from '../group.ts';

/** Where a rule is to act: redirects depend on it. */
export interface ActPlace {
  readonly listener: ListenPort;
  readonly host: string;
  readonly path: PathMatch;
  readonly rewrite: Rewrite | null;
}

export interface Act {
  readonly action: Action;
  readonly intents: readonly Intent[];
}
