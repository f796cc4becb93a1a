import type { Intent } from '../intent/intent.ts';
import type { Entry, IngressRef } from '../model/entry.ts';
import type { Service } from '../model/objects.ts';

/**
 * What a controller effectively serves, in its own order: the rules of a host are tried from first to last, on the
 * schemes each names, and the first whose match holds answers. Two readers: `plan` writes Gateway API objects from it,
 * `prove` evaluates requests against it.
 */
export interface RoutingTable {
  readonly vendor: Vendor;
  /** What shares one address today: an ingress class, an ALB group, one Ingress. Becomes one Gateway. */
  readonly loadBalancer: LoadBalancer;
  /** By host; '' (requests for hosts nobody named) last. A request reads the most specific host that covers it, and no other. */
  readonly hosts: readonly HostTable[];
  /** Ports whose connections go to a Service as they come; absent = none. */
  readonly streams?: readonly Stream[];
}

export interface Stream {
  readonly protocol: 'TCP' | 'UDP';
  readonly port: number;
  readonly backend: Backend;
  /** Set where it is a port of a Service of type LoadBalancer, which has its own load balancer as long as nothing takes its place. */
  readonly loadBalancer?: {
    /** CIDRs from which alone clients may connect; empty = any. */
    readonly sourceRanges: readonly string[];
    readonly entries: readonly Entry[];
  };
}

/** Whose controller serves. */
export const VENDORS = ['alb', 'gke', 'kubernetes', 'nginx', 'nginx-inc'] as const;
export type Vendor = (typeof VENDORS)[number];

export interface LoadBalancer {
  /** Unique among those of its namespace, and stable; the base of the Gateway's name. */
  readonly name: string;
  /** Set when it belongs to one namespace by nature (GKE: one per Ingress). */
  readonly namespace: string | null;
  /** The ingress class as the user knows it; null for Ingresses without one. */
  readonly className: string | null;
  readonly ingresses: readonly IngressRef[];
  /** Of the load balancer as a whole or of one of its listeners. */
  readonly intents?: readonly Intent[];
  /** It sends to Pods of several clusters: each of its backends has a `fleet`. */
  readonly fleet?: true;
}

export type Scheme = 'http' | 'https';

export interface HostTable {
  /** `a.example.com`, `*.example.com` or ''. */
  readonly host: string;
  /** How many labels the `*` covers on this controller. */
  readonly wildcard: 'one-label' | 'any-depth';
  /**
   * Set where ports of one protocol serve different things: hosts of a part have the same ports, and a request looks for its
   * host among those of the part that has its port. A host may stand in several parts.
   */
  readonly part?: string;
  /** Ports served in clear text and with TLS. */
  readonly ports: readonly { readonly scheme: Scheme; readonly port: number }[];
  readonly certificate: Certificate;
  readonly rules: readonly RouteRule[];
  /** The Ingress that created the host on the controller; null when undecidable or not a notion there. */
  readonly owner: IngressRef | null;
  /** Host-wide intents: client certificates, TLS policy. */
  readonly intents: readonly Intent[];
  /** TLS goes to a backend undecrypted. */
  readonly passthrough: Backend | null;
}

export type Certificate =
  | { readonly kind: 'secret'; readonly namespace: string; readonly name: string; readonly entries: readonly Entry[] }
  /** The controller's own default certificate. `asked`: a manifest asks for TLS here; else it is only what the controller does for any host. */
  | { readonly kind: 'default'; readonly asked: boolean; readonly entries: readonly Entry[] }
  /** Certificates that live outside the cluster; names as the cloud knows them. */
  | { readonly kind: 'external'; readonly names: readonly string[]; readonly entries: readonly Entry[] }
  | { readonly kind: 'none' };

export interface RouteRule {
  /** Unique in the table: `namespace/name rules[0].paths[1]`, with a suffix for rules the controller adds. */
  readonly id: string;
  readonly ingress: IngressRef;
  /** null = every scheme the host serves. */
  readonly scheme: Scheme | null;
  readonly match: Match;
  readonly action: Action;
  /** Set: over http this rule answers with a redirect to https instead of its action. */
  readonly httpsRedirect: HttpsRedirect | null;
  readonly intents: readonly Intent[];
  /** The entries this rule stands on: host, path, backend leaves and the annotations that shaped it. */
  readonly entries: readonly Entry[];
  /** The id of the same rule in the table of a broader host, where the controller tries broader hosts as well and so it stands here too. */
  readonly copyOf?: string;
  /**
   * The rule answers what the rule `first` takes of the requests of the rule `second`, which comes later and has the more
   * specific path: no news for a controller that goes by order, and what keeps the order for Gateway API, which goes by path.
   */
  readonly restates?: { readonly first: string; readonly second: string };
}

export interface HttpsRedirect {
  readonly status: number;
  /** 443 is left out of the Location. */
  readonly port: number;
  readonly entries: readonly Entry[];
}

export interface Match {
  readonly path: PathMatch;
  readonly headers: readonly ValueMatch[];
  readonly queryParams: readonly ValueMatch[];
  readonly cookies: readonly ValueMatch[];
  readonly methods: readonly string[];
  /** CIDRs; empty = any. */
  readonly sourceRanges: readonly string[];
}

export type PathMatch =
  | { readonly kind: 'exact'; readonly value: string }
  /** By path elements, as `pathType: Prefix` and Gateway API's PathPrefix: `/foo` takes `/foo` and `/foo/x`, not `/foobar`. A trailing slash counts: `/foo/` takes `/foo/x` and not `/foo`. */
  | { readonly kind: 'prefix'; readonly value: string }
  /** Plain start of the text: `/foo` takes `/foobar`. */
  | { readonly kind: 'text-prefix'; readonly value: string }
  /** Anchored at the start, open at the end. `pattern` in the controller's dialect, without `^`. */
  | { readonly kind: 'regex'; readonly pattern: string; readonly caseInsensitive: boolean }
  /** `*` any text, `?` one character, whole path. */
  | { readonly kind: 'glob'; readonly value: string };

export type ValueMatch = { readonly name: string; readonly value: string; readonly kind: 'exact' | 'regex' };

export type Action =
  | { readonly kind: 'forward'; readonly backends: readonly Backend[]; readonly rewrite: Rewrite | null }
  | { readonly kind: 'redirect'; readonly redirect: Redirect }
  | { readonly kind: 'respond'; readonly status: number; readonly contentType: string | null; readonly body: string | null };

export interface Backend {
  readonly namespace: string;
  readonly service: string;
  /** The Service's port number; null when it cannot be known from the input (`problem` says why). */
  readonly port: number | null;
  /** Port as written in the manifest. */
  readonly written: string;
  readonly weight: number;
  readonly problem: BackendProblem | null;
  readonly entries: readonly Entry[];
  /** Set where the Pods are those of several clusters. */
  readonly fleet?: FleetService;
}

/** What stands for Pods of several clusters under one name. */
export interface FleetService {
  /** Their Service in each of the clusters; null when the input does not say. */
  readonly service: Service | null;
}

/** `outside-cluster`: no Service at all; `written` names what it is. */
export type BackendProblem = 'service-not-in-input' | 'no-such-port' | 'external-name' | 'assumed-port' | 'outside-cluster';

/** The path sent to the backend. The query is kept. */
export type Rewrite =
  | { readonly kind: 'full'; readonly path: string; readonly entries: readonly Entry[] }
  | { readonly kind: 'prefix'; readonly path: string; readonly entries: readonly Entry[] }
  /** The whole path is replaced by `replacement` (`$1`… filled in) when `pattern` is found at its start. */
  | {
      readonly kind: 'regex';
      readonly pattern: string;
      readonly replacement: string;
      readonly caseInsensitive: boolean;
      readonly entries: readonly Entry[];
    };

export interface Redirect {
  readonly status: number;
  /** null = as in the request. */
  readonly scheme: Scheme | null;
  readonly host: string | null;
  readonly port: number | null;
  readonly path: RedirectPath;
  readonly query: { readonly kind: 'keep' } | { readonly kind: 'drop' } | { readonly kind: 'set'; readonly value: string };
  readonly entries: readonly Entry[];
}

export type RedirectPath =
  | { readonly kind: 'keep' }
  | { readonly kind: 'full'; readonly path: string }
  | { readonly kind: 'prefix'; readonly path: string }
  | { readonly kind: 'regex'; readonly pattern: string; readonly replacement: string; readonly caseInsensitive: boolean };
