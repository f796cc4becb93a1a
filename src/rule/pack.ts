import type { Defaults } from '../intent/defaults.ts';
import type { Intent } from '../intent/intent.ts';
import type { ObjectMetadata } from '../intent/metadata.ts';
import type { Finding } from '../ledger/finding.ts';
import type { Settlement } from '../ledger/outcome.ts';
import type { Entry } from '../model/entry.ts';
import type { Estate } from '../model/estate.ts';
import type { Ingress } from '../model/ingress.ts';
import type { ConvertOptions } from '../options.ts';
import type { RoutingTable, Vendor } from '../route/table.ts';
import type { AnyRule, Reads, Rule } from './rule.ts';

/** All that is known of one vendor. */
export interface Pack {
  readonly vendor: Vendor;
  readonly title: string;
  /** `spec.controller` of its IngressClasses. */
  readonly controllers: readonly string[];
  /** Class names it uses by default, for classes without an IngressClass in the input. */
  readonly classNames: readonly string[];
  /** Annotation prefixes (`nginx.ingress.kubernetes.io/`) that belong to it: others of that prefix are unknown. */
  readonly prefixes: readonly string[];
  readonly rules: readonly AnyRule[];
  /** Kinds beside Ingress by which its controllers are told what to serve. */
  readonly otherKinds?: readonly string[];
  /** What its controller does where nobody says anything; absent: not looked at. */
  readonly defaults?: Defaults;
  /** Brings the names that this installation of the controller reads to the usual ones. */
  readonly normalise?: (estate: Estate, options: ConvertOptions) => Estate;
  /** Gives an Ingress the settings that hold for it because the controller says so for all. Called once for a run. */
  readonly inherit?: (estate: Estate, options: ConvertOptions) => (ingress: Ingress) => Ingress;
  /** Computes what the controller serves from the Ingresses that are its own. */
  readonly route: (view: PackView) => Routed;
}

export interface PackView {
  readonly estate: Estate;
  readonly options: ConvertOptions;
  /** Only Ingresses of this pack, in estate order. Those a rule refused are not among them. */
  readonly ingresses: readonly IngressView[];
}

export interface IngressView {
  readonly ingress: Ingress;
  /** The class it belongs to; null for class-less Ingresses. */
  readonly className: string | null;
  readonly intents: readonly Intent[];
  readonly hostIntents: readonly Intent[];
  /** The setting a rule of the pack made of this Ingress; null when it made none. */
  readonly setting: <R extends Reads, S>(rule: Rule<R, S>) => S | null;
}

/**
 * Every spec entry of every Ingress handed in, and every entry that a rule `routed`, must be in a routing rule, a
 * backend, a redirect, a rewrite, a certificate of a table, or in `settled`.
 */
export interface Routed {
  readonly tables: readonly RoutingTable[];
  readonly settled: readonly Settlement[];
  readonly findings: readonly Finding[];
  /** Settings of other objects that govern these Ingresses (class parameters, Services, ConfigMaps): the ledger has them as well. */
  readonly satellites?: readonly Entry[];
}

/** Annotations of tools around the controller (cert-manager, external-dns, Argo CD, kubectl), whatever the vendor. */
export interface ToolRule {
  readonly id: string;
  readonly title: string;
  readonly docs: string;
  /** Full names, or prefixes that end in `/`. */
  readonly annotations: readonly string[];
  readonly convert: (entry: Entry, ingress: Ingress) => ToolOutput;
}

export interface ToolOutput {
  /** Annotations to put on a written object. The entry then ends as `outcome` says, where it was written. */
  readonly metadata: readonly ObjectMetadata[];
  readonly outcome: Settlement['outcome'];
  readonly finding: Finding | null;
}
