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
import type { Defaults } from '../intent/defaults.ts';
import type { Intent } from '../intent/intent.ts';
import type { Finding } from '../ledger/finding.ts';
import type { Estate } from '../model/estate.ts';
import type { LoadBalancer, RouteRule } from '../route/table.ts';
import type { Implementation } from './effects.ts';
import type { PolicyPart } from './policy.ts';

/** One Gateway API implementation, or the portable standard. */
export interface Target extends Implementation {
  readonly name: string;
  readonly title: string;
  /** GatewayClass to use by default; null when the target has none of its own. */
  readonly gatewayClassName: string | null;
  /** GatewayClass of one load balancer, where it depends on what that is; null: `gatewayClassName`. */
  readonly classFor?: (loadBalancer: LoadBalancer) => string | null;
  /** One listener for all hosts of a port, where listeners are not isolated from each other; else one for each host. */
  readonly sharedListeners?: true;
  /** Features of Gateway API that it refuses. */
  readonly lacks?: readonly CoreFeature[];
  /** `spec.controllerName`, when the user has to create the GatewayClass. */
  readonly controllerName: string | null;
  /** Answers every intent: what becomes of it for one rule. */
  readonly lower: (intent: Intent, context: LoweringContext) => Lowering;
  /** What it does where nobody says anything, with `forward` in force; absent: not known. */
  readonly defaults?: Defaults;
  /** What every rule with backends needs besides its intents: defaults of the implementation that are not the controller's. */
  readonly forward: ((context: LoweringContext) => RuleParts) | null;
  /** Replaces the whole path where `pattern` (RE2, of the whole path) takes it; `$1`… stand for its groups. null: it cannot. */
  readonly rewritePattern: ((rewrite: { readonly pattern: string; readonly replacement: string }) => RuleParts) | null;
  /** An answer without a backend; null: it cannot. */
  readonly respond:
    | ((response: { readonly status: number; readonly contentType: string | null; readonly body: string | null }) => RuleParts)
    | null;
}

/** What implementations may refuse though the API has it. `other-redirects`: status 303, 307 and 308. */
export type CoreFeature =
  | 'tls-route'
  | 'method-match'
  | 'query-match'
  | 'header-pattern'
  | 'redirect-port'
  | 'other-redirects'
  | 'full-path'
  | 'several-mirrors';

export interface LoweringContext {
  readonly release: Release;
  readonly estate: Estate;
  /** The rule that carries the intent; for host-wide intents the first rule of the host. */
  readonly rule: RouteRule;
  readonly host: string;
  /** Of the Gateway on which the host will stand; absent where nobody chose one. */
  readonly gatewayClass?: string;
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
  readonly backendTls?: readonly BackendTLSPolicy[];
  /** The rule's backends speak gRPC: a GRPCRoute where the host allows it. */
  readonly grpc?: true;
  /** Fragments of objects of the implementation's own API. */
  readonly policies?: readonly PolicyPart[];
  /** For the Gateway of the rule's load balancer. */
  readonly gateway?: GatewayPart;
  /** What there is to say of the backends whatever the intents. */
  readonly findings?: readonly Finding[];
  /** How the ports of Services are spoken to, for copies of the Services that the planner writes. */
  readonly appProtocols?: readonly {
    readonly namespace: string;
    readonly service: string;
    readonly port: number;
    readonly protocol: string;
  }[];
  /** Objects that belong to no rule, complete. Equal ones of several rules are written once. */
  readonly objects?: readonly ExtensionObject[];
}

/** What intents of a whole load balancer add to its Gateway. Several are merged; of addresses the first counts. */
export interface GatewayPart {
  readonly addresses?: NonNullable<Gateway['spec']['addresses']>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Of the HTTPS listeners. */
  readonly tlsOptions?: Readonly<Record<string, string>>;
  /** Further Secrets for the HTTPS listeners, in their order behind those of the hosts. */
  readonly certificates?: readonly { readonly namespace: string; readonly name: string }[];
  /** Certificates come to the HTTPS listeners without a Secret. */
  readonly outside?: true;
}
