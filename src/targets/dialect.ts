import type { Release } from '../gateway/release.ts';
import type { BackendObjectRef, GRPCRouteMatch, HTTPRouteFilter, HTTPRouteMatch, Listener, RequestRedirect } from '../gateway/types.ts';
import type { Finding, Place } from '../ledger/finding.ts';
import type { Estate } from '../model/estate.ts';
import type { Backend, Certificate, HostTable, Redirect, RouteRule, RoutingTable } from '../route/table.ts';
import type { PolicyPart } from './policy.ts';
import type { RuleParts } from './rule-parts.ts';

/** Where an implementation reads Gateway API in its own way. Of a member that is absent it does what most do. */
export interface Dialect {
  /** `port`: one listener for each port, which the routes of all hosts share; what none of a host takes goes on to broader hosts. */
  readonly listeners?: 'host' | 'port';
  /** false: ListenerSets are not read, so that what stands in one serves nothing. */
  readonly listenerSets?: false;
  /** `host`: one route for everything that a host serves, of whichever Ingresses and over whichever schemes. */
  readonly routes?: 'ingress' | 'host';
  /** Each route is an address of its own: what it does not take goes to no other. */
  readonly isolatedRoutes?: true;
  /** Rules are tried in their order, and have one match each. */
  readonly orderedRules?: true;
  /** Why a host cannot be written; null when it can. */
  readonly host?: (host: string) => string | null;
  /** `prefix`: only the prefix that was matched can be replaced; false: the path cannot be rewritten. */
  readonly rewrites?: false | 'prefix';
  /** false: TLS cannot be handed on undecrypted. */
  readonly passthrough?: false;
  /** false: a Gateway with a TCP or UDP listener would be refused as a whole; `TCP`, `UDP`: it has routes of that protocol alone. */
  readonly streams?: false | 'TCP' | 'UDP';
  /** Why there are none of these, where it is not the implementation itself that lacks them; clauses. */
  readonly whyNot?: { readonly streams?: string; readonly passthrough?: string; readonly rewrites?: string };
  /** What lets these client addresses alone connect to a TCP or UDP route; null: it cannot be said. Absent: nothing can. */
  readonly streamSources?: (stream: StreamSources) => StreamPolicy | null;
  /** What has to be switched on before it reads TCPRoutes and UDPRoutes; a clause. */
  readonly streamsNeed?: string;
  /** How listeners get their certificates, where not by `certificateRefs`; null: as others do. */
  readonly certificate?: (certificate: WantedCertificate, context: CertificateContext) => CertificateLowering | null;
  /** What the implementation takes for a match and reads in the sense of Gateway API, or why it takes none. */
  readonly match?: (match: HTTPRouteMatch, context: MatchContext) => Adapted<HTTPRouteMatch>;
  /** A path with `*` (any text) and `?` (one character) in the implementation's own form; null where it has none. */
  readonly glob?: (glob: string) => HTTPRouteMatch['path'] | null;
  /** Client addresses as a condition of a rule: the rule stands once for each of the parts. null: they are too many. */
  readonly sourceRanges?: (ranges: readonly string[], match: HTTPRouteMatch, context: MatchContext) => readonly RuleParts[] | null;
  /** What the implementation takes for a redirect, or why it takes none; null: as it is. `path`: of the match. */
  readonly redirect?: (filter: RequestRedirect, context: RedirectContext) => Adapted<RedirectLowering> | null;
  /** Statuses of redirects that it does not know, though the release has them. */
  readonly refusedStatuses?: readonly number[];
  /** Protections of a rule hold for its redirects and fixed responses as well. */
  readonly guardsAnswers?: true;
  /** A policy holds for all ports of a Service: ports that need different ones get Services of their own. */
  readonly servicePerPort?: true;
  /** By what Gateways of a class that serves several clusters name their backends; null: by Services, as any other class. */
  readonly imports?: (gatewayClass: string | null) => ImportedKind | null;
  /** What GRPCRoutes are written for; absent: nothing, as HTTPRoutes reach backends that speak gRPC. */
  readonly grpcRoutes?: GrpcRoutes;
  /** How a backend is named that is no Service; null: it cannot be. */
  readonly outsideBackend?: (backend: Backend) => Pick<BackendObjectRef, 'group' | 'kind' | 'name'> | null;
  /**
   * Backends of type ExternalName are reached, with what `forward` answers for their rule. The finding says what is left to do; null: not
   * from this rule. Absent: from none.
   */
  readonly externalName?: (backend: Backend, context: BackendContext, place: Place) => Finding | null;
  /** The largest weight, and how many backends one rule may have. */
  readonly weights?: { readonly largest: number; readonly backends: number };
}

export interface BackendContext {
  readonly rule: RouteRule;
  readonly estate: Estate;
}

export interface GrpcRoutes {
  /** `needed`: an HTTPRoute does not reach backends that speak gRPC; `preferred`: it does as well. */
  readonly use: 'needed' | 'preferred';
  /**
   * What one listener serves of a host beside its GRPCRoutes. `nothing`: of an HTTPRoute and a GRPCRoute one is accepted, as Gateway API
   * has it; `other-paths`: both are, and each path is of one kind.
   */
  readonly beside: 'nothing' | 'other-paths';
  /** What they take of the filters of Gateway API. */
  readonly filters: readonly HTTPRouteFilter['type'][];
  /** Why a match would be refused, as the end of a sentence; null when it is taken. */
  readonly refuses: (match: GRPCRouteMatch) => string | null;
  /** Why none can be written, whatever the rule. */
  readonly lacking?: string;
}

/** `on`: what it holds for, the route (the default) or the Gateway of its listener. */
export type StreamPolicy = Pick<PolicyPart, 'policy' | 'spec'> & { readonly on?: 'route' | 'gateway' };

export interface StreamSources {
  readonly protocol: 'TCP' | 'UDP';
  /** Of the listener. */
  readonly port: number;
  /** CIDRs, at least one. */
  readonly ranges: readonly string[];
  /** Of the implementation, where one was asked for. */
  readonly version?: string | undefined;
}

/** Stands for the Services of a name in all clusters. */
export interface ImportedKind {
  readonly group: string;
  readonly kind: string;
  /** Of the object that makes a Service of this cluster one of them, by having its name. */
  readonly exportedBy: { readonly apiVersion: string; readonly kind: string };
}

export type Adapted<T> = { readonly kind: 'written'; readonly written: T } | { readonly kind: 'refused'; readonly why: string };

export interface MatchContext {
  /** '' for any. */
  readonly host: string;
  /** The path is one of `glob`: what it holds is meant so. */
  readonly isGlob: boolean;
}

export interface RedirectContext {
  readonly path: HTTPRouteMatch['path'];
  /** As the controller has it. */
  readonly redirect: Pick<Redirect, 'query'>;
  readonly place: Place;
  readonly gatewayClass: string | null;
}

export interface RedirectLowering {
  readonly filter: RequestRedirect;
  readonly parts?: RuleParts;
  /** How it differs; what the planner says of queries is then not said. */
  readonly findings: readonly Finding[];
}

export type WantedCertificate = Extract<Certificate, { kind: 'secret' | 'external' }>;

export interface CertificateContext {
  readonly host: string;
  readonly ports: HostTable['ports'];
  readonly table: RoutingTable;
  readonly place: Place;
  readonly release: Release;
  readonly estate: Estate;
  readonly gatewayClass: string | null;
}

export type CertificateLowering =
  | {
      readonly as: 'written';
      /** Of the listener; null: it has no `tls`. */
      readonly tls: Listener['tls'] | null;
      readonly outcome: 'converted' | 'approximated' | 'manual';
      /** null when converted. */
      readonly finding: Finding | null;
    }
  | { readonly as: 'absent'; readonly finding: Finding };
