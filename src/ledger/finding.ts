import type { IngressRef } from '../model/entry.ts';
import { compareText, type Position } from '../model/position.ts';

export type Level = 'error' | 'warning' | 'note';

/**
 * How served traffic differs because of what a finding reports. `verify` holds a difference to be announced when a
 * finding of the same Ingress or host names its class.
 */
export type Difference =
  | 'unreachable'
  | 'wrong-backend'
  | 'wrong-path'
  | 'redirect'
  | 'protection'
  | 'wider'
  | 'narrower'
  | 'weight'
  | 'status'
  | 'headers'
  /** A timeout, a limit, … that requests and answers alone do not show. */
  | 'setting';

/** A finding is data. Tests look at code, args and position; the sentences are for people. */
export interface Finding {
  /** `<owner>/<behaviour>/<name>`, e.g. `nginx/canary/no-primary`. Stable: part of the public contract. */
  readonly code: string;
  readonly level: Level;
  readonly args: Readonly<Record<string, string | number>>;
  /** One or two sentences: what, why. */
  readonly message: string;
  /** What to do next; '' when nothing is to be done. */
  readonly help: string;
  /** Commands to run one after the other, with comments between them; absent without any. */
  readonly steps?: readonly string[];
  readonly security: boolean;
  readonly differs: readonly Difference[];
  readonly at: Position | null;
  readonly ingress: IngressRef | null;
  /** Host whose traffic it concerns, when it is not a matter of one Ingress. */
  readonly host: string | null;
}

type Args = Readonly<Record<string, string | number>>;

export interface FindingSpec<A extends object = Args> {
  readonly level: Level;
  readonly message: (args: A) => string;
  readonly help?: (args: A) => string;
  /** A line each: a command that can be pasted into a shell, or a comment that begins with #. */
  readonly steps?: (args: A) => readonly string[];
  /** True when ignoring it can open something that was closed. */
  readonly security?: boolean;
  readonly differs?: readonly Difference[];
}

/** Where a finding stands. */
export interface Place {
  readonly at?: Position | null;
  readonly ingress?: IngressRef | null;
  readonly host?: string | null;
}

export interface FindingMaker<A extends object> {
  (args: A, place?: Place): Finding;
  readonly code: string;
  readonly spec: FindingSpec<A>;
}

/** Of a finding that needs none: `message: (_: NoArgs) => …`, called as `find.name({})`. */
export type NoArgs = Readonly<Record<never, string>>;

/** Filled while modules load, and never after: what is known of each code. */
const defined = new Map<string, FindingMaker<object>>();

/**
 * Defines the findings of one behaviour. `scope` is the owner and the behaviour (`nginx/canary`); each key becomes the
 * last part of the code. The result has one function per key: `find.orphan({ path }, { at, ingress })`.
 * The argument type of each is the one its `message` declares: strings and numbers by name.
 */
export function defineFindings<A extends Record<string, object>>(
  scope: string,
  specs: { readonly [K in keyof A]: FindingSpec<A[K]> },
): { readonly [K in keyof A]: FindingMaker<A[K]> } {
  const make = <K extends keyof A>(name: K): FindingMaker<A[K]> => {
    const spec = specs[name];
    const code = `${scope}/${String(name)}`;
    const maker = (args: A[K], place: Place = {}): Finding => ({
      code,
      level: spec.level,
      args: args as Args,
      message: spec.message(args),
      help: spec.help?.(args) ?? '',
      ...(spec.steps === undefined ? {} : { steps: spec.steps(args) }),
      security: spec.security ?? false,
      differs: spec.differs ?? [],
      at: place.at ?? null,
      ingress: place.ingress ?? null,
      host: place.host ?? null,
    });
    const made = Object.assign(maker, { code, spec });
    // Sound: what a finding says of itself does not depend on its arguments.
    defined.set(code, made as unknown as FindingMaker<object>);
    return made;
  };
  const makers: { [K in keyof A]?: FindingMaker<A[K]> } = {};
  for (const name of Object.keys(specs) as (keyof A)[]) makers[name] = make(name);
  return makers as { readonly [K in keyof A]: FindingMaker<A[K]> };
}

/** Every finding of the modules that are loaded, by code. */
export function definedFindings(): readonly FindingMaker<object>[] {
  return [...defined.values()].sort((a, b) => compareText(a.code, b.code));
}
