import type { Intent } from '../../src/intent/intent.ts';
import type { Finding } from '../../src/ledger/finding.ts';
import type { Settlement } from '../../src/ledger/outcome.ts';
import type { Estate } from '../../src/model/estate.ts';
import type { Ingress } from '../../src/model/ingress.ts';
import { entryOf, type Read } from '../../src/rule/codec.ts';
import type { IngressView } from '../../src/rule/pack.ts';
import { type AnyRule, defineRule, type Reads, type ReadValues, type Rule, type RuleInput, type RuleOutput } from '../../src/rule/rule.ts';
import { valueFindings } from './annotation.ts';
import { placeOf } from './settlement.ts';

/**
 * A rule of this controller. What a value means depends on the role of its Ingress (of its own, master, minion) and on what it
 * inherits, so that the rule itself only checks the values; the router asks for the effect where the setting holds.
 */
export interface Behaviour<R> {
  readonly rule: AnyRule;
  readonly reads: R;
  readonly readsOf: (view: IngressView) => ReadValues<R>;
}

/** What the values say, for every path they hold for. */
export interface Effect {
  readonly intents: readonly Intent[];
  /** Of the whole host: TLS. */
  readonly hostIntents: readonly Intent[];
  readonly settled: readonly Settlement[];
  readonly findings: readonly Finding[];
}

const NO_EFFECT: Effect = { intents: [], hostIntents: [], settled: [], findings: [] };

/** Of whom and where an effect is asked for. */
export interface About {
  /** The Ingress whose settings hold. */
  readonly ingress: Ingress;
  /** The Ingress that owns the host: the same, or the master. */
  readonly owner: Ingress;
  readonly estate: Estate;
  readonly role: Role;
  /** Whether the host is served over TLS. */
  readonly isTls: boolean;
}

export type Role = 'regular' | 'master' | 'minion';

/** Gives the values that hold at some place. */
type ReadAt = <R extends Reads>(behaviour: Behaviour<R>) => ReadValues<R>;

/**
 * A behaviour with effects. `placed` says which block of nginx its directives stand in: those of a `location` hold for the paths
 * of their own Ingress; those of the `server` for the host, and minions have none; `either` for the host unless a minion has its own.
 */
export interface Effective {
  readonly rule: AnyRule;
  readonly placed: 'location' | 'server' | 'either';
  readonly effectAt: (readAt: ReadAt, about: About) => Effect;
}

interface Definition<R> extends Omit<Rule<R, ReadValues<R>>, 'convert'> {
  /** Reads whose invalid values are logged and ignored; with all others the controller rejects the Ingress. */
  readonly lenient?: readonly (keyof R)[];
  /** Checks of values against each other and the Ingress; the first problem rejects it. */
  readonly check?: (input: RuleInput<R>) => Finding | null;
}

export function defineBehaviour<R extends Reads>({ lenient = [], check, ...definition }: Definition<R>): Behaviour<R> {
  const rule = defineRule<R, ReadValues<R>>({
    ...definition,
    findings: { ...definition.findings, refused: valueFindings.refused },
    convert(input): RuleOutput<ReadValues<R>> {
      const reads: readonly (readonly [string, Read<unknown>])[] = Object.entries(input.read);
      for (const [name, read] of reads) {
        if (read.state !== 'invalid' || lenient.includes(name)) continue;
        const { entry, reason } = read;
        return { refused: valueFindings.refused({ annotation: entry.name, value: entry.value, reason }, placeOf(entry)) };
      }
      const refused = check?.(input) ?? null;
      if (refused !== null) return { refused };
      return { setting: input.read, routed: reads.flatMap(([, read]) => entryOf(read)) };
    },
  });
  return { rule, reads: definition.reads, readsOf: (view) => view.setting<R, ReadValues<R>>(rule) ?? nothing(definition.reads) };
}

export function defineEffective<R extends Reads>(
  definition: Definition<R> & Pick<Effective, 'placed'> & { readonly effect: (read: ReadValues<R>, about: About) => Partial<Effect> },
): Effective {
  const { placed, effect, ...rest } = definition;
  const behaviour = defineBehaviour(rest);
  return { rule: behaviour.rule, placed, effectAt: (readAt, about) => ({ ...NO_EFFECT, ...effect(readAt(behaviour), about) }) };
}

function nothing<R extends Reads>(reads: R): ReadValues<R> {
  // Sound: `absent` is a state of every read.
  return Object.fromEntries(Object.keys(reads).map((name) => [name, { state: 'absent' }])) as ReadValues<R>;
}
