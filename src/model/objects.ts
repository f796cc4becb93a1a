import type { Entry, ObjectRef } from './entry.ts';
import type { JsonObject } from './json.ts';
import type { Position } from './position.ts';

export interface Service {
  readonly ref: ObjectRef;
  readonly at: Position;
  readonly annotations: readonly Entry[];
  /** `spec.type`, default ClusterIP. */
  readonly type: string;
  readonly externalName: string | null;
  readonly ports: readonly ServicePort[];
  readonly labels: Readonly<Record<string, string>>;
  /** Labels of its Pods; empty for one without. */
  readonly selector: Readonly<Record<string, string>>;
  /** The leaves under `spec` of one of type LoadBalancer. */
  readonly spec?: readonly Entry[];
  /** Addresses and names of its load balancer, where it has one (`status`). */
  readonly balancers?: readonly string[];
}

export interface ServicePort {
  readonly name: string | null;
  readonly port: number;
  readonly targetPort: number | string | null;
  readonly protocol: string;
  readonly appProtocol: string | null;
  readonly nodePort: number | null;
}

export interface IngressClass {
  readonly ref: ObjectRef;
  readonly at: Position;
  readonly controller: string;
  readonly isDefault: boolean;
  readonly parameters: JsonObject | null;
  readonly annotations: readonly Entry[];
}

/** Of a Secret only its type, its key names and a public OAuth client id are kept: other values never enter the program's state. */
export interface Secret {
  readonly ref: ObjectRef;
  readonly at: Position;
  readonly type: string;
  readonly keys: readonly string[];
  /** Of the key `client_id`, which every browser gets to see. */
  readonly clientId: string | null;
}

export interface ConfigMap {
  readonly ref: ObjectRef;
  readonly at: Position;
  /** One entry per key of `data`, named `data.<key>`. */
  readonly data: readonly Entry[];
}

export interface Namespace {
  readonly ref: ObjectRef;
  readonly at: Position;
  readonly labels: Readonly<Record<string, string>>;
}

/** Any other object a pack may need (BackendConfig, IngressClassParams, Gateway API objects), as it was written. */
export interface OtherObject {
  readonly ref: ObjectRef;
  readonly apiVersion: string;
  readonly at: Position;
  readonly value: JsonObject;
  /** Annotations and the leaves under `spec`. */
  readonly entries: readonly Entry[];
}
