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
import type { Finding } from '../ledger/finding.ts';
import type { SecretCopy } from '../model/secret-copy.ts';
import type { PolicyPart } from './policy.ts';

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
  /**
   * The rule stands once for each of these, with its parts besides: conditions that a match has no field for. What none of them takes
   * is answered by `otherwise`, as the last rule of the same match.
   */
  readonly cases?: { readonly each: readonly RuleParts[]; readonly otherwise: RuleParts };
  /** Rules of the same match that are tried before this one and answer without a backend. */
  readonly refusals?: readonly RuleParts[];
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
  /** Objects that can be made of Secrets of today. They are written only where somebody asks for it. */
  readonly secrets?: readonly SecretCopy[];
}

/** What intents of a whole load balancer add to its Gateway. Several are merged; of addresses the first counts. */
export interface GatewayPart {
  readonly addresses?: NonNullable<Gateway['spec']['addresses']>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Secrets for the HTTPS listeners that all hosts share, in their order; those of hosts that are not among them follow. */
  readonly certificates?: readonly { readonly namespace: string; readonly name: string }[];
}
