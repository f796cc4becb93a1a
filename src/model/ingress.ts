import type { Entry, IngressRef } from './entry.ts';

/** `null` where the manifest says nothing or an empty string; controllers treat both as ImplementationSpecific. */
export type PathType = 'Exact' | 'Prefix' | 'ImplementationSpecific';

/** An Ingress of any of its three API versions, in the shape of `networking.k8s.io/v1`. */
export interface Ingress {
  readonly ref: IngressRef;
  readonly apiVersion: 'networking.k8s.io/v1' | 'networking.k8s.io/v1beta1' | 'extensions/v1beta1';
  /** RFC 3339 creationTimestamp; null in manifests that never were in a cluster. */
  readonly createdAt: string | null;
  /** Neither rules nor a default backend nor TLS sections: no cluster holds it. A patch, or a file that is not whole. */
  readonly isEmpty: boolean;
  readonly labels: Readonly<Record<string, string>>;
  /** IP addresses and names of its load balancer, from the status; none in manifests that never were in a cluster. */
  readonly addresses: readonly string[];
  readonly annotations: readonly Entry[];
  /** Every leaf under `spec`, in document order. The parts below name the same objects. */
  readonly spec: readonly Entry[];
  readonly className: Setting | null;
  readonly defaultBackend: IngressBackend | null;
  readonly rules: readonly IngressRule[];
  readonly tls: readonly IngressTls[];
}

/** A text value and the entry it came from. */
export interface Setting {
  readonly value: string;
  readonly entry: Entry;
}

export interface IngressRule {
  /** '' when the rule names no host. Lower case. */
  readonly host: string;
  /** null when the rule has a host and no `http`. */
  readonly paths: readonly IngressPath[] | null;
  /** The host leaf (and an empty `http`), when written. */
  readonly entries: readonly Entry[];
}

export interface IngressPath {
  /** '' when absent. */
  readonly path: string;
  readonly pathType: PathType | null;
  readonly backend: IngressBackend | null;
  /** path and pathType leaves, when written. The backend has its own. */
  readonly entries: readonly Entry[];
}

export type IngressBackend =
  | {
      readonly kind: 'service';
      readonly name: string;
      /** As written: a number, a name, or null when absent. */
      readonly port: number | string | null;
      readonly entries: readonly Entry[];
    }
  | {
      readonly kind: 'resource';
      readonly apiGroup: string;
      readonly resource: string;
      readonly name: string;
      readonly entries: readonly Entry[];
    };

export interface IngressTls {
  /** Lower case; empty when the section lists none. */
  readonly hosts: readonly string[];
  readonly secretName: string | null;
  readonly entries: readonly Entry[];
}
