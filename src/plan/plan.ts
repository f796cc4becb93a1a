import type { OutputObject } from '../gateway/types.ts';
import type { Finding } from '../ledger/finding.ts';
import type { Settlement } from '../ledger/outcome.ts';
import type { IngressRef } from '../model/entry.ts';
import type { SecretCopy } from '../model/secret-copy.ts';

/** What is to be written, and what became of the entries on the way. */
export interface Plan {
  /** By role, kind, namespace, name. */
  readonly objects: readonly PlannedObject[];
  readonly settled: readonly Settlement[];
  readonly findings: readonly Finding[];
  /** Rules that were not written because a protection could not be. */
  readonly withheld: readonly WithheldRule[];
  /** What can be made of Secrets of today, by kind, namespace and name. No value is in it. */
  readonly secrets: readonly PlannedSecret[];
}

export interface PlannedSecret {
  readonly copy: SecretCopy;
  /** The Ingresses it came from, by position. */
  readonly origin: readonly IngressRef[];
  /** `conflicts`: two rules want different things in it; `there`: the input has an object of that name, which is the user's own. */
  readonly state: 'wanted' | 'conflicts' | 'there';
}

export interface PlannedObject {
  readonly object: OutputObject;
  /** Who owns it: infrastructure provider, cluster operator, application developer. Names the output folder. */
  readonly role: 'infrastructure' | 'gateways' | 'routes';
  /** The Ingresses it came from, by position. */
  readonly origin: readonly IngressRef[];
  /** Comment lines for the reader of the YAML, e.g. why a rule has no backend. */
  readonly notes: readonly string[];
}

export interface WithheldRule {
  readonly ingress: IngressRef;
  readonly host: string;
  readonly path: string;
  readonly reason: Finding;
}
