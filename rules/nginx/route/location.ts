import type { Entry } from '../../../src/model/entry.ts';
import { byAge, type Facts } from './facts.ts';
import type { Upstream } from './upstreams.ts';

/** One path of a host, with the Ingress whose annotations hold for it. */
export interface Location {
  /** `namespace/name rules[0].paths[1]` and the like. */
  readonly id: string;
  readonly path: string;
  readonly type: 'exact' | 'prefix';
  readonly facts: Facts;
  /** null: the controller's own default backend, which answers 404. */
  readonly upstream: Upstream | null;
  readonly backendEntries: readonly Entry[];
  /** Host, path and path type, as far as written. */
  readonly entries: readonly Entry[];
  /** The `/` that every host has until somebody declares one. */
  readonly implicit: boolean;
  /** False where the controller leaves redirects and rewrites out. */
  readonly rewriting: boolean;
}

/** A host of the controller. '' is the server for hosts nobody names. */
export interface Server {
  readonly host: string;
  readonly creator: Facts | null;
  readonly locations: readonly Location[];
  /** Ingresses with a rule for the host, in the controller's order, without canaries. */
  readonly members: readonly Facts[];
}

/** Of two locations the one of the older Ingress; the first written where both are of one. */
export function older(a: Location, b: Location): readonly [Location, Location] {
  return a.facts !== b.facts && byAge(a.facts, b.facts) > 0 ? [b, a] : [a, b];
}
