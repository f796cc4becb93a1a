import type { Release } from '../gateway/release.ts';
import type { HTTPRouteMatch, Listener, OutputObject } from '../gateway/types.ts';
import type { Defaults } from '../intent/defaults.ts';
import type { Intent } from '../intent/intent.ts';
import type { Finding, Place } from '../ledger/finding.ts';
import type { Estate } from '../model/estate.ts';
import type { HostTable, LoadBalancer, RouteRule, RoutingTable } from '../route/table.ts';
import type { Dialect } from './dialect.ts';
import type { Implementation } from './effects.ts';
import type { PolicyPart } from './policy.ts';
import type { RuleParts } from './rule-parts.ts';
import type { TargetOption, TargetOptions } from './target-option.ts';
import type { Versions } from './versions.ts';

export type { GatewayPart, RuleParts } from './rule-parts.ts';

/** One Gateway API implementation, or the portable standard. */
export interface Target extends Implementation {
  readonly name: string;
  readonly title: string;
  /** What conformance reports call its implementation; absent: by `name`. */
  readonly project?: string;
  /** Its minor versions, and what came with which of them; absent: it has none. */
  readonly versions?: Versions;
  /** The one that was asked for; absent: the newest. */
  readonly version?: string;
  /** GatewayClass to use by default; null when the target has none of its own. */
  readonly gatewayClassName: string | null;
  /** GatewayClass of one load balancer, where it depends on what that is; null: `gatewayClassName`. */
  readonly classFor?: (loadBalancer: LoadBalancer) => string | null;
  /** `spec.controllerName`, when the user has to create the GatewayClass. */
  readonly controllerName: string | null;
  /** How it comes into a cluster; absent: the target is no implementation. */
  readonly install?: {
    /** Its manual's page about it. */
    readonly docs: string;
    /** What has to be known beside the manual, where it depends on the version by that; sentences. */
    readonly notes: readonly string[] | ((version: string) => readonly string[]);
    /** As its manual installs that minor version (`1.9`), without the CRDs of Gateway API; absent: it is part of a cluster. */
    readonly commands?: (version: string) => readonly string[];
    /** Gateway API comes with the cluster: its CRDs are switched on, not applied. */
    readonly bringsGatewayApi?: true;
    /** Annotation by which each route says what its own address is; absent: Gateways have addresses. */
    readonly routeAddress?: string;
  };
  /**
   * A pattern for RE2 engines that hold it against the whole path, as this implementation's engine reads patterns; null: it
   * would read it otherwise. Absent where it is such an engine.
   */
  readonly pathPattern?: (pattern: string) => string | null;
  /**
   * A rule is dropped when something that its filters name cannot be built, and a broader rule answers: behind each protected
   * rule another one with the same matches has to answer with an error.
   */
  readonly dropsBrokenRules?: true;
  /** Rules of all hosts compete by this number, the larger first; of equal ones that of the longer hostname. Absent: hosts come first, and rules as Gateway API ranks them. */
  readonly rankAcrossHosts?: (match: HTTPRouteMatch) => number;
  /** What has to be told once of a Gateway: what it needs beside its manifest. */
  readonly gatewayFindings?: (gateway: GatewayNeeds) => readonly Finding[];
  /** Answers every intent: what becomes of it for one rule. */
  readonly lower: (intent: Intent, context: LoweringContext) => Lowering;
  /** What it does where nobody says anything, with `forward` in force; absent: not known. */
  readonly defaults?: Defaults;
  /** What every rule with backends needs besides its intents: defaults of the implementation that are not the controller's. */
  readonly forward: ((context: LoweringContext) => RuleParts) | null;
  /** Replaces the whole path where `pattern` (RE2, of the whole path) takes it; `$1`… stand for its groups. null: it cannot. */
  readonly rewritePattern: ((rewrite: { readonly pattern: string; readonly replacement: string }) => RuleParts | null) | null;
  /** An answer without a backend; null: it cannot. */
  readonly respond:
    | ((response: { readonly status: number; readonly contentType: string | null; readonly body: string | null }) => RuleParts | null)
    | null;
  /** Where the implementation reads Gateway API in its own way. */
  readonly dialect?: Dialect;
  /** What every Gateway of a load balancer needs besides what intents ask for. */
  readonly gateway?: (context: GatewayContext) => GatewayLowering;
  /** What there is to say of everything that was written for a load balancer. */
  readonly review?: (written: WrittenTable) => readonly Finding[];
  /** Settings that only this target has. */
  readonly options?: readonly TargetOption[];
  /** What the first line of a report has to say, whatever the input: how the implementation changes what can be reached. */
  readonly preface?: string;
}

export interface GatewayContext {
  readonly table: RoutingTable;
  readonly estate: Estate;
  readonly release: Release;
  readonly gateway: { readonly namespace: string; readonly name: string };
  /** null where nobody chose one. */
  readonly gatewayClass: string | null;
  /** Of all Gateways of the load balancer. */
  readonly listeners: readonly Listener[];
  readonly place: Place;
  /** What the user set of the target's own settings. */
  readonly options: TargetOptions;
}

export interface GatewayLowering {
  /** Of every Gateway of the load balancer. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Beside those that routes bind to; on the first Gateway. */
  readonly listeners?: readonly { readonly hostname: string; readonly port: number; readonly protocol: 'HTTP' | 'HTTPS' }[];
  /** Of every route of the load balancer. */
  readonly routeAnnotations?: Readonly<Record<string, string>>;
  readonly policies: readonly PolicyPart[];
  readonly objects: readonly OutputObject[];
  readonly findings: readonly Finding[];
}

export interface WrittenTable extends GatewayContext {
  readonly objects: readonly OutputObject[];
}

export interface GatewayNeeds {
  /** `namespace/name`. */
  readonly name: string;
  /** Each once, ascending. */
  readonly ports: readonly number[];
}

export interface LoweringContext {
  readonly release: Release;
  /** Of the implementation, where an older one than the newest was asked for: it may have another way. */
  readonly version?: string;
  readonly estate: Estate;
  /** The rule that carries the intent; for host-wide intents the first rule of the host. */
  readonly rule: RouteRule;
  readonly host: string;
  /** On which the host is served. */
  readonly ports: HostTable['ports'];
  /** Of the load balancer. */
  readonly table: RoutingTable;
  /** Of its Gateway; null where nobody chose one. */
  readonly gatewayClass: string | null;
}

export type Lowering =
  /** Written. `finding` says how it differs when approximated, what is left to do when manual. */
  | { readonly as: 'written'; readonly outcome: 'converted'; readonly finding: null; readonly parts: RuleParts }
  | { readonly as: 'written'; readonly outcome: 'approximated' | 'manual'; readonly finding: Finding; readonly parts: RuleParts }
  /** Not written. A protection that is not written withholds its rule. */
  | { readonly as: 'absent'; readonly outcome: 'unmapped' | 'manual' | 'inert'; readonly finding: Finding };
