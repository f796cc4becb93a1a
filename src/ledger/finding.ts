import type { IngressRef } from '../model/entry.ts';
import type { Position } from '../model/position.ts';

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
  | 'headers';

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
  readonly security: boolean;
  readonly differs: readonly Difference[];
  readonly at: Position | null;
  readonly ingress: IngressRef | null;
  /** Host whose traffic it concerns, when it is not a matter of one Ingress. */
  readonly host: string | null;
}

type Args = Readonly<Record<string, string | number>>;

export interface FindingSpec<A extends Args = Args> {
  readonly level: Level;
  readonly message: (args: A) => string;
  readonly help?: (args: A) => string;
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

export interface FindingMaker<A extends Args> {
  (args: A, place?: Place): Finding;
  readonly code: string;
  readonly spec: FindingSpec<A>;
}

/**
 * Defines the findings of one behaviour. `scope` is the owner and the behaviour (`nginx/canary`); each key becomes the
 * last part of the code. The result has one function per key: `find.orphan({path}, {at, ingress})`.
 *
 * Write each spec with an annotated argument: `message: (a: { path: string }) => …`; use `(_: NoArgs) =>` for none.
 */
export function defineFindings<const T extends Record<string, { message: (args: never) => string; level: Level }>>(
  scope: string,
  specs: { [K in keyof T]: T[K] & SpecOf<T[K]> },
): { readonly [K in keyof T]: FindingMaker<ArgsOf<T[K]>> } {
  const makers: Record<string, FindingMaker<Args>> = {};
  for (const [name, raw] of Object.entries(specs)) {
    // The parameter type of each spec is checked against its callers through ArgsOf; here it is only passed on.
    const spec = raw as unknown as FindingSpec;
    const code = `${scope}/${name}`;
    const make = (args: Args, place: Place = {}): Finding => ({
      code,
      level: spec.level,
      args,
      message: spec.message(args),
      help: spec.help?.(args) ?? '',
      security: spec.security ?? false,
      differs: spec.differs ?? [],
      at: place.at ?? null,
      ingress: place.ingress ?? null,
      host: place.host ?? null,
    });
    makers[name] = Object.assign(make, { code, spec });
  }
  return makers as { readonly [K in keyof T]: FindingMaker<ArgsOf<T[K]>> };
}

export type NoArgs = Readonly<Record<never, string>>;
type ArgsOf<S> = S extends { message: (args: infer A) => string } ? (A extends Args ? A : NoArgs) : never;
type SpecOf<S> = FindingSpec<ArgsOf<S>>;
