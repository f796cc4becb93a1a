import type { Gateway, HTTPRoute, HTTPRouteMatch, Listener, ListenerSet, OutputObject, TCPRoute, UDPRoute } from '../gateway/types.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';

/** Where a rule is reached. */
export interface RulePlace {
  /** `grpc`: a GRPCRoute, by the paths of its calls. */
  readonly route: HTTPRoute & { readonly grpc?: true };
  readonly ruleIndex: number;
  readonly listener: Listener;
  readonly owner: Gateway | ListenerSet;
}

/** What an implementation's own objects do with the requests of one rule, read back from manifests alone. */
export interface RuleEffects {
  /** Intents that guard the way, by name. */
  readonly protections: readonly string[];
  /** The path as it is sent; `unknown` where this tool cannot tell. null: nothing is rewritten. */
  readonly rewrite: ((path: string) => string | 'unknown') | null;
  /** Answered by the proxy itself. */
  readonly status: number | null;
  /** The rule holds for some client addresses only. */
  readonly addresses?: boolean;
  /** The query of a redirect, with keywords; absent: the request's. */
  readonly redirectQuery?: string;
  /** The Service that a backend of the implementation's own kind sends to, with the reference's port for null; null: not known. Absent: it has none. */
  readonly backend?: (ref: BackendKind) => { readonly namespace: string; readonly name: string; readonly port: number | null } | null;
  /** Filters of other kinds, by `Kind name`: what they do is not known. */
  readonly unknown: readonly string[];
}

export interface BackendKind {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Of one set of manifests. */
export type ReadEffects = (objects: readonly OutputObject[]) => (place: RulePlace) => RuleEffects;

/**
 * How `RegularExpression` paths are treated: not at all; tried before prefixes, or after them (`last`), with longer ones first;
 * before prefixes, and among themselves by age and position (`by-age`); or nobody promises how.
 */
export type RegexPaths = 'none' | 'ordered' | 'last' | 'by-age' | 'undefined';

/** What decides over requests beside the objects of Gateway API. */
export interface Implementation {
  readonly regexPaths: RegexPaths;
  /** How `verify` reads the implementation's own objects. */
  readonly effects: ReadEffects;
  /** Absent: none of its objects says who may connect. */
  readonly streamEffects?: ReadStreamEffects;
  /** Where it reads the objects of Gateway API itself in its own way. */
  readonly reading?: Reading;
}

/** Where a TCPRoute or a UDPRoute is reached. */
export interface StreamPlace {
  readonly route: TCPRoute | UDPRoute;
  readonly listener: Listener;
  readonly owner: Gateway | ListenerSet;
}

/** The addresses that alone may connect there, as CIDRs; null: any. */
export type ReadStreamEffects = (objects: readonly OutputObject[]) => (place: StreamPlace) => readonly string[] | null;

export interface Reading {
  /** HTTPS listeners are served without `certificateRefs`. */
  readonly ownCertificates?: true;
  /** Listeners of one port are one, whatever their hostnames. */
  readonly sharedPorts?: true;
  /** Kinds of backends that are no objects of the cluster. */
  readonly outsideBackends?: readonly string[];
  /** `*` of an Exact path is any text. */
  readonly exactGlobs?: true;
  /** `*` of the value of a query parameter is any text and `?` one character, unless a backslash stands before. */
  readonly queryGlobs?: true;
  /** `#{path}`, `#{host}`, `#{port}`, `#{protocol}` and `#{query}` in redirects stand for the request's. */
  readonly redirectKeywords?: true;
  /** Paths are compared without regard to case. */
  readonly anyCase?: true;
  /** Rules of all hosts compete by this number with the length of their hostname and their place from the end of the route, the larger first. */
  readonly priority?: (match: HTTPRouteMatch) => number;
  /** HTTPRoutes and GRPCRoutes of one host are accepted side by side. */
  readonly besideGrpc?: true;
  /** Requests read the routes of the most specific hostname, and no other. */
  readonly isolatedHosts?: true;
}

export const NO_EFFECTS: RuleEffects = { protections: [], rewrite: null, status: null, unknown: [] };

/** Of an implementation without objects of its own: any filter of another API is unknown. */
export const portableEffects: ReadEffects = () => (place) => ({
  ...NO_EFFECTS,
  unknown: extensionFilters(place).map(({ kind, name }) => `${kind} ${name}`),
});

/** What every conformant implementation does. */
export const PORTABLE: Implementation = { regexPaths: 'undefined', effects: portableEffects };

/** The kind by which policies name the route. */
export function routeKind({ route }: Pick<RulePlace, 'route'>): 'HTTPRoute' | 'GRPCRoute' {
  return route.grpc === true ? 'GRPCRoute' : route.kind;
}

/** The objects that a rule's filters name, in their order. */
export function extensionFilters({
  route,
  ruleIndex,
}: RulePlace): readonly { readonly group: string; readonly kind: string; readonly name: string }[] {
  return (route.spec.rules[ruleIndex]?.filters ?? []).flatMap((filter) => (filter.type === 'ExtensionRef' ? [filter.extensionRef] : []));
}

/** `{}` for an object without one. */
export function specOf(object: OutputObject): JsonObject {
  const { spec } = object as { spec?: Json };
  return isObject(spec) ? spec : {};
}
