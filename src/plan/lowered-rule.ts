import type { Release } from '../gateway/release.ts';
import type { Intent } from '../intent/intent.ts';
import type { Finding, Place } from '../ledger/finding.ts';
import type { Estate } from '../model/estate.ts';
import type { HostTable, RouteRule, RoutingTable, Scheme } from '../route/table.ts';
import type { Lowering, Target } from '../targets/contract.ts';
import type { MatchContext } from '../targets/dialect.ts';
import type { DraftRule, Statement } from './draft.ts';

export interface LoweringInput {
  readonly host: HostTable;
  readonly target: Target;
  readonly table: RoutingTable;
  readonly release: Release;
  readonly estate: Estate;
  readonly gatewayClass: string | null;
  readonly onSecurityLoss: 'withhold' | 'emit';
  /** Regular expressions decide on this host, so overlapping literal paths must be patterns too. */
  readonly asRegex: (rule: RouteRule) => boolean;
  /** Its literal path is written as a pattern, see behind-patterns.ts. */
  readonly asPattern: (rule: RouteRule) => boolean;
  /** Its path is written as globs, see text-prefixes.ts. */
  readonly asGlob: (rule: RouteRule) => boolean;
  /** No later rule of the host takes any of its requests. */
  readonly isLast: (rule: RouteRule) => boolean;
}

/** A rule on its way, with the target's answer to each of its intents and of its host's. */
export interface RuleContext {
  readonly rule: RouteRule;
  readonly input: LoweringInput;
  readonly place: Place;
  readonly answered: readonly { readonly intent: Intent; readonly lowering: Lowering }[];
}

/** Over http and over https; they differ where the controller redirects one to the other. Empty = not served. */
interface Drafts {
  readonly http: readonly DraftRule[];
  readonly https: readonly DraftRule[];
}

/** What becomes of one rule of the routing table. */
export type LoweredRule = Drafts & {
  readonly rule: RouteRule;
  /** `/foo` where a written prefix `/foo/` also takes it and the controller does not. */
  readonly bare: readonly string[];
} & (
    | { readonly kind: 'written' }
    /** A guard stands in its place. `withheld`: no other rule may answer its requests either. */
    | { readonly kind: 'blocked'; readonly reason: Finding; readonly withheld: boolean }
    /** The controller answers with an error here and so does a Gateway without a rule. */
    | { readonly kind: 'nothing'; readonly statements: readonly Statement[] }
  );

export function matchContext({ rule, input }: Pick<RuleContext, 'rule' | 'input'>): MatchContext {
  return { host: input.host.host, isGlob: rule.match.path.kind === 'glob' || input.asGlob(rule) };
}

/** Whether the rule answers over a scheme at all. */
export function isServedOver(
  scheme: Scheme,
  { rule, input }: { readonly rule: RouteRule; readonly input: Pick<LoweringInput, 'host'> },
): boolean {
  return (rule.scheme === null || rule.scheme === scheme) && input.host.ports.some((port) => port.scheme === scheme);
}
