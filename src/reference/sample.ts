import type { Intent, IntentKind } from '../intent/intent.ts';

/** An intent without the entries it would have come from. */
export type Sample<K extends IntentKind> = Bare<Extract<Intent, { kind: K }>>;

type Bare<T> = T extends unknown ? Omit<T, 'entries'> : never;
