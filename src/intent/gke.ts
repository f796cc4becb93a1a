import type { HeaderValue } from './values.ts';

/**
 * Settings that only the load balancers of Google Cloud have. One kind for all of them: a target of another cloud answers
 * them in one place. `iap`, `cloudArmor`, timeouts, affinity and headers have kinds of their own.
 */
export type GkeIntent =
  /** Of a backend: its endpoints are Pods (network endpoint groups), not nodes. */
  | { readonly kind: 'gke'; readonly feature: 'containerNative' }
  /** Of a backend: what of its health check is set; null = taken from a readiness probe or from the controller's defaults. */
  | ({ readonly kind: 'gke'; readonly feature: 'healthCheck' } & GkeHealthCheck)
  /** Of a backend: a node agent answers instead of the Pods. */
  | { readonly kind: 'gke'; readonly feature: 'transparentHealthChecker' }
  /** Of a backend. 0..3600 seconds. */
  | { readonly kind: 'gke'; readonly feature: 'connectionDraining'; readonly seconds: number }
  /** Of a backend. `sampleRate` in millionths; 0 when off. */
  | { readonly kind: 'gke'; readonly feature: 'logging'; readonly enabled: boolean; readonly sampleRate: number }
  /** Of a backend: Cloud CDN, with what the controller fills in where nothing is said. */
  | ({ readonly kind: 'gke'; readonly feature: 'cdn' } & GkeCdn)
  /** Of a backend: TLS with HTTP/2 inside; its certificate is not verified. Comes with `backendProtocol` HTTPS. */
  | { readonly kind: 'gke'; readonly feature: 'http2OverTls' }
  /** Of a backend: headers whose value the load balancer fills in, such as `{client_region}`. */
  | {
      readonly kind: 'gke';
      readonly feature: 'headerVariables';
      readonly direction: 'request' | 'response';
      readonly headers: readonly HeaderValue[];
    }
  /** Of a backend: how much it takes before others are preferred. Not a rate limit. */
  | {
      readonly kind: 'gke';
      readonly feature: 'capacity';
      /** Requests a second for each endpoint. */
      readonly maxRatePerEndpoint: number | null;
      /** 0..100. */
      readonly scalerPercent: number | null;
    }
  /** Of the load balancer. */
  | { readonly kind: 'gke'; readonly feature: 'sslPolicy'; readonly policy: string }
  /** Of the load balancer: the name of a reserved address. */
  | { readonly kind: 'gke'; readonly feature: 'staticAddress'; readonly name: string; readonly scope: 'global' | 'regional' }
  /** Of the load balancer: all its certificates, in the order of the proxy, where some of them are outside the cluster. */
  | { readonly kind: 'gke'; readonly feature: 'certificates'; readonly certificates: readonly GkeCertificate[] }
  /** Of the load balancer: its Secrets in the order of the proxy, the first for clients that ask for no name. */
  | {
      readonly kind: 'gke';
      readonly feature: 'proxySecrets';
      readonly namespace: string;
      readonly secrets: readonly string[];
      /** Those that no host is listed with. Their certificates are shown to whoever asks for a name in them. */
      readonly spare: readonly string[];
    }
  /** Of the load balancer: who can reach it. */
  | { readonly kind: 'gke'; readonly feature: 'network'; readonly scheme: 'internal' | 'regional-external' };

export interface GkeHealthCheck {
  readonly type: 'HTTP' | 'HTTPS' | 'HTTP2' | null;
  readonly checkIntervalSec: number | null;
  readonly timeoutSec: number | null;
  readonly healthyThreshold: number | null;
  readonly unhealthyThreshold: number | null;
  /** Of the Pods; null = the port that serves. */
  readonly port: number | null;
  readonly requestPath: string | null;
}

/** Times are seconds; null where the cache mode has none. */
export interface GkeCdn {
  readonly cacheMode: 'CACHE_ALL_STATIC' | 'USE_ORIGIN_HEADERS' | 'FORCE_CACHE_ALL';
  readonly clientTtl: number | null;
  readonly defaultTtl: number | null;
  readonly maxTtl: number | null;
  readonly serveWhileStale: number;
  readonly requestCoalescing: boolean;
  readonly negativeCaching: boolean;
  readonly negativeCachingPolicy: readonly { readonly code: number; readonly ttl: number }[];
  readonly bypassHeaders: readonly string[];
  readonly cacheKey: {
    readonly includeHost: boolean;
    readonly includeProtocol: boolean;
    readonly includeQueryString: boolean;
    readonly includedParameters: readonly string[];
    readonly excludedParameters: readonly string[];
  };
}

export type GkeCertificate =
  | { readonly source: 'secret'; readonly name: string }
  /** An SslCertificate of Compute Engine that somebody made. */
  | { readonly source: 'pre-shared'; readonly name: string }
  | {
      readonly source: 'managed';
      readonly name: string;
      /** null when the ManagedCertificate is not in the input. */
      readonly domains: readonly string[] | null;
      /** The SslCertificate behind it, as its status says. */
      readonly certificateName: string | null;
    };
