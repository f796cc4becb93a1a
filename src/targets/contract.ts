import type { Release } from '../gateway/release.ts';
import type {
  BackendObjectRef,
  BackendTLSPolicy,
  CorsFilter,
  ExtensionObject,
  ExternalAuthFilter,
  Gateway,
  HeaderModifier,
  HTTPRouteRule,
} from '../gateway/types.ts';
import type { Intent } from '../intent/intent.ts';
import type { Finding } from '../ledger/finding.ts';
import type { Estate } from '../model/estate.ts';
import type { HostTable, RouteRule } from '../route/table.ts';
import type { ReadEffects } from './effects.ts';
import type { PolicyPart } from './policy.ts';

/** One Gateway API implementation, or the portable standard. */
export interface Target {
  readonly name: string;
  readonly title: string;
  /** GatewayClass to use by default; null when the target has none of its own. */
  readonly gatewayClassName: string | null;
  /** `spec.controllerName`, when the user has to create the GatewayClass. */
  readonly controllerName: string | null;
  /**
   * How a `RegularExpression` path is treated: whether it can be written at all, and whether longer patterns are tried
   * first and before prefixes (`ordered`), before prefixes and among themselves by age and position (`by-age`), or in an
   * order nobody promises (`undefined`).
   */
  readonly regexPaths: 'none' | 'ordered' | 'by-age' | 'undefined';
  /**
   * A pattern for RE2 engines that hold it against the whole path, as this implementation's engine reads patterns; null: it
   * would read it otherwise. Absent where it is such an engine.
   */
  readonly pathPattern?: (pattern: string) => string | null;
  /** What has to be told once of a Gateway: what it needs beside its manifest. */
  readonly gatewayFindings?: (gateway: GatewayNeeds) => readonly Finding[];
  /** Answers every intent: what becomes of it for one rule. */
  readonly lower: (intent: Intent, context: LoweringContext) => Lowering;
  /** What every rule with backends needs besides its intents: defaults of the implementation that are not the controller's. */
  readonly forward: ((context: LoweringContext) => RuleParts) | null;
  /** Replaces the whole path where `pattern` (RE2, of the whole path) takes it; `$1`… stand for its groups. null: it cannot. */
  readonly rewritePattern: ((rewrite: { readonly pattern: string; readonly replacement: string }) => RuleParts | null) | null;
  /** An answer without a backend; null: it cannot. */
  readonly respond:
    | ((response: { readonly status: number; readonly contentType: string | null; readonly body: string | null }) => RuleParts)
    | null;
  /** How `verify` reads the implementation's own objects. */
  readonly effects: ReadEffects;
}

export interface GatewayNeeds {
  /** `namespace/name`. */
  readonly name: string;
  /** Each once, ascending. */
  readonly ports: readonly number[];
}

export interface LoweringContext {
  readonly release: Release;
  readonly estate: Estate;
  /** The rule that carries the intent; for host-wide intents the first rule of the host. */
  readonly rule: RouteRule;
  readonly host: string;
  /** The host with all its rules; absent where an intent is asked about by itself. */
  readonly table?: HostTable;
  /** Every host of the load balancer. */
  readonly hosts?: readonly string[];
}

export type Lowering =
  /** Written. `finding` says how it differs when approximated, what is left to do when manual. */
  | { readonly as: 'written'; readonly outcome: 'converted'; readonly finding: null; readonly parts: RuleParts }
  | { readonly as: 'written'; readonly outcome: 'approximated' | 'manual'; readonly finding: Finding; readonly parts: RuleParts }
  /** Not written. A protection that is not written withholds its rule. */
  | { readonly as: 'absent'; readonly outcome: 'unmapped' | 'manual' | 'inert'; readonly finding: Finding };

/** What an intent adds to a rule. The planner merges the parts of all intents: one filter of a kind per rule. */
export interface RuleParts {
  readonly requestHeaders?: HeaderModifier;
  readonly responseHeaders?: HeaderModifier;
  readonly hostname?: string;
  readonly cors?: CorsFilter;
  readonly externalAuth?: ExternalAuthFilter;
  readonly mirrors?: readonly BackendObjectRef[];
  readonly timeouts?: NonNullable<HTTPRouteRule['timeouts']>;
  readonly retry?: NonNullable<HTTPRouteRule['retry']>;
  readonly sessionPersistence?: NonNullable<HTTPRouteRule['sessionPersistence']>;
  /** Client certificate validation of the rule's listener port. */
  readonly frontendTls?: NonNullable<NonNullable<Gateway['spec']['tls']>['frontend']>['default'];
  /** `tls.options` of the HTTPS listener of the rule's host. */
  readonly tlsOptions?: Readonly<Record<string, string>>;
  readonly backendTls?: readonly BackendTLSPolicy[];
  /** The rule's backends speak gRPC: a GRPCRoute where the host allows it. */
  readonly grpc?: true;
  /** Fragments of objects of the implementation's own API. */
  readonly policies?: readonly PolicyPart[];
  /** Objects that belong to no rule, complete. Equal ones of several rules are written once. */
  readonly objects?: readonly ExtensionObject[];
}
