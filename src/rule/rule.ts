import type { Intent } from '../intent/intent.ts';
import type { Finding, FindingMaker } from '../ledger/finding.ts';
import type { Settlement } from '../ledger/outcome.ts';
import type { Entry } from '../model/entry.ts';
import type { Estate } from '../model/estate.ts';
import type { Ingress } from '../model/ingress.ts';
import type { ConvertOptions } from '../options.ts';
import type { Codec, Read } from './codec.ts';

/** One annotation a rule owns and how the controller parses it. An empty value is read as absent. */
export interface AnnotationRead<T> {
  readonly annotation: string;
  readonly codec: Codec<T>;
  /** Where it is not what its rule becomes; for the annotation reference. */
  readonly becomes?: string;
}

export function at<T>(annotation: string, codec: Codec<T>, becomes?: string): AnnotationRead<T> {
  return { annotation, codec, ...(becomes === undefined ? {} : { becomes }) };
}

/** A family of annotations: `annotation` is their common start with `*` for the name that the user chooses. */
export interface FamilyRead<T> extends AnnotationRead<T> {
  readonly isFamily: true;
}

/** `start` ends where the chosen name begins: `alb.ingress.kubernetes.io/actions.` */
export function family<T>(start: string, codec: Codec<T>): FamilyRead<T> {
  return { annotation: `${start}*`, codec, isFamily: true };
}

export function isFamily(read: AnnotationRead<unknown>): read is FamilyRead<unknown> {
  return 'isFamily' in read;
}

export function startOf({ annotation }: FamilyRead<unknown>): string {
  return annotation.slice(0, -1);
}

export interface FamilyMember<T> {
  readonly name: string;
  readonly read: Exclude<Read<T>, { readonly state: 'absent' }>;
}

export type Reads = Readonly<Record<string, AnnotationRead<never>>> | Readonly<Record<string, AnnotationRead<unknown>>>;

export type ReadValues<R> = {
  readonly [K in keyof R]: R[K] extends FamilyRead<infer T>
    ? readonly FamilyMember<T>[]
    : R[K] extends AnnotationRead<infer T>
      ? Read<T>
      : never;
};

export interface RuleInput<R> {
  readonly ingress: Ingress;
  readonly estate: Estate;
  readonly options: ConvertOptions;
  readonly read: ReadValues<R>;
}

/**
 * What a rule made of its entries. Each entry it was handed must be named in `settled`, in the `entries` of an intent,
 * or in `routed` (the pack's router then accounts for it); else the engine reports it as unsettled.
 */
export interface RuleOutput<S> {
  /** For the pack's router; null when the behaviour is absent or has no effect. */
  readonly setting?: S | null;
  /** Hold for every path of the Ingress. */
  readonly intents?: readonly Intent[];
  /** Hold for every host the Ingress serves (the router decides whose wins). */
  readonly hostIntents?: readonly Intent[];
  readonly routed?: readonly Entry[];
  /** Annotations whose value is configuration of its own, by statement: each statement ends by itself, the annotation as its gravest one. */
  readonly divided?: readonly Division[];
  readonly settled?: readonly Settlement[];
  /** Findings that end no entry. */
  readonly findings?: readonly Finding[];
  /** Set when the controller would not serve this Ingress at all because of a value: nothing of it is converted. */
  readonly refused?: Finding | null;
}

/** An annotation and the entries that its value was divided into, in their order. */
export interface Division {
  readonly whole: Entry;
  readonly parts: readonly Entry[];
}

/** One behaviour of a vendor, owning all the annotations it takes. */
export interface Rule<R, S> {
  /** `<vendor>/<behaviour>`. */
  readonly id: string;
  readonly title: string;
  /** Page of the controller's manual. */
  readonly docs: string;
  /** What one value governs on the controller. */
  readonly scope: 'location' | 'host' | 'upstream' | 'ingress' | 'tool';
  /** The intents it can make, or what its router does with it; for the annotation reference. */
  readonly becomes: string;
  readonly reads: R;
  readonly findings: Readonly<Record<string, FindingMaker<never>>>;
  /** Asked of Ingresses without any of its annotations too, since they mean something as well; so is a rule that reads none. */
  readonly always?: true;
  readonly convert: (input: RuleInput<R>) => RuleOutput<S>;
}

/** A rule whose types are forgotten, as lists of rules hold it. */
export type AnyRule = Rule<Reads, unknown>;

export function defineRule<R extends Reads, S = null>(rule: Rule<R, S>): Rule<R, S> & AnyRule {
  // Sound: the engine only ever calls `convert` with values read through this rule's own `reads`.
  return rule as Rule<R, S> & AnyRule;
}
