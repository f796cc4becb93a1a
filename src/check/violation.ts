import type { ObjectRef } from '../model/entry.ts';

/**
 * What the API server would do about it: reject the object (`schema`, `list-map-key`, `set`, `cel`, `not-served`) or
 * drop the field without a word (`unknown-field`).
 */
export type ViolatedRule = 'schema' | 'unknown-field' | 'list-map-key' | 'set' | 'cel' | 'not-served';

/** One reason why an object, as it stands, would not be stored as written. */
export interface Violation {
  readonly object: ObjectRef;
  /** Field path inside the object, e.g. `spec.rules[0].filters[1]`; '' for the object itself. */
  readonly path: string;
  readonly rule: ViolatedRule;
  readonly message: string;
}

/** A violation on its way: the path still in segments, the object not yet named. */
export interface FoundViolation {
  readonly path: readonly (string | number)[];
  readonly rule: ViolatedRule;
  readonly message: string;
}

/** A rule of the CRD that could not be evaluated here; only the API server can tell. */
export interface UnevaluatedRule {
  /** The CEL expression or the regular expression. */
  readonly expression: string;
  readonly reason: string;
}
