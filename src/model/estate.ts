import type { Finding } from '../ledger/finding.ts';
import type { ObjectRef } from './entry.ts';
import type { Ingress } from './ingress.ts';
import type { ConfigMap, IngressClass, Namespace, OtherObject, Secret, Service } from './objects.ts';
import type { Position } from './position.ts';

/** Everything that was read, in one order that does not depend on the order of the input. */
export interface Estate {
  readonly files: number;
  /** Objects read from a cluster. */
  readonly liveObjects: number;
  readonly documents: number;
  /** By namespace, name, file, line. */
  readonly ingresses: readonly Ingress[];
  readonly classes: readonly IngressClass[];
  readonly services: readonly Service[];
  readonly secrets: readonly Secret[];
  readonly configMaps: readonly ConfigMap[];
  readonly namespaces: readonly Namespace[];
  readonly others: readonly OtherObject[];
  /** Kinds named Ingress of other API groups (OpenShift config, Knative): seen, never converted. */
  readonly foreign: readonly { readonly ref: ObjectRef; readonly apiVersion: string; readonly at: Position }[];
  /** What was wrong with the input. */
  readonly findings: readonly Finding[];
  /** `namespace/name` → Service; the first by file order when a name is defined twice. */
  readonly serviceByName: ReadonlyMap<string, Service>;
  readonly secretByName: ReadonlyMap<string, Secret>;
}
