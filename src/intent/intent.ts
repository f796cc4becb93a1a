import type { Entry } from '../model/entry.ts';
import type { AwsIntentBody } from './aws.ts';
import type { GkeIntent } from './gke.ts';
import type { HeaderValue } from './values.ts';

export type { HeaderValue };

/**
 * A vendor-neutral statement about the requests of one routing rule (or, where said, its host, its backends or the
 * whole load balancer), with the entries it came from. The union is closed: a target does not compile until it
 * answers every kind. Durations are milliseconds, sizes are bytes, and 0 means "no limit" where a limit is meant.
 */
export type Intent = IntentBody & { readonly entries: readonly Entry[] };

export type IntentKind = IntentBody['kind'];

/** What only AWS load balancers have a place for. */
export type AwsIntent = AwsIntentBody & { readonly entries: readonly Entry[] };

/** What is no vendor's own: every implementation answers these by itself. */
export type CommonKind = Exclude<IntentKind, AwsIntentBody['kind'] | 'gke'>;

export type CommonIntent = IntentOf<CommonKind>;

export type IntentOf<K extends IntentKind> = Extract<IntentBody, { kind: K }> & { readonly entries: readonly Entry[] };

export interface SecretName {
  readonly namespace: string;
  readonly name: string;
}

export interface ServicePortName {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
}

type IntentBody =
  // --- access: see protection.ts ---
  | {
      readonly kind: 'basicAuth';
      /** null when the vendor's setting names none: the source answers 503. */
      readonly secret: SecretName | null;
      readonly form: 'htpasswd-file' | 'user-per-key';
      readonly scheme: 'basic' | 'digest';
      readonly realm: string;
    }
  | {
      readonly kind: 'externalAuth';
      readonly url: string;
      readonly method: string | null;
      /** Where a 401 sends a browser; null when the 401 is returned. */
      readonly signInUrl: string | null;
      readonly signInReturnParam: string;
      /** Headers of the auth response copied onto the request to the backend. */
      readonly responseHeaders: readonly string[];
      readonly requestHeaders: readonly HeaderValue[];
      readonly cache: { readonly key: string; readonly durations: string } | null;
    }
  | {
      readonly kind: 'oidc';
      readonly issuer: string;
      readonly secret: SecretName | null;
      readonly parameters: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'jwt'; readonly issuer: string; readonly jwksUri: string; readonly parameters: Readonly<Record<string, string>> }
  | {
      /** Host-wide. */
      readonly kind: 'clientCertificate';
      readonly secret: SecretName;
      readonly verify: 'required' | 'optional' | 'optional-any-ca' | 'off';
      readonly depth: number;
      readonly errorPage: string | null;
      readonly passToBackend: boolean;
      readonly matchCommonName: string | null;
    }
  | { readonly kind: 'allowList'; readonly ranges: readonly string[] }
  | { readonly kind: 'denyList'; readonly ranges: readonly string[] }
  /** Allow lists OR authentication, instead of AND. */
  | { readonly kind: 'satisfyAny' }
  | { readonly kind: 'waf'; readonly engine: string; readonly mode: string; readonly rules: string }
  /** Google's login. `secret` and `clientId` are those of an OAuth client of one's own; both null = Google's. `inline`: its secret stands in the manifest. */
  | { readonly kind: 'iap'; readonly secret: SecretName | null; readonly clientId: string | null; readonly inline: boolean }
  | { readonly kind: 'cloudArmor'; readonly policy: string }
  /** Access control written in a vendor's own configuration language. `restricts` says what it appears to do. */
  | { readonly kind: 'rawAccessControl'; readonly language: string; readonly restricts: string }
  // --- limits ---
  | {
      readonly kind: 'rateLimit';
      readonly requests: number;
      readonly per: 'second' | 'minute';
      /** How many times the rate a burst may reach. */
      readonly burst: number;
      readonly exempt: readonly string[];
      readonly status: number;
      readonly key: 'client-address';
      /** Each proxy replica counts for itself. */
      readonly scope: 'per-replica' | 'global';
    }
  | { readonly kind: 'connectionLimit'; readonly perClient: number; readonly status: number }
  | { readonly kind: 'bandwidthLimit'; readonly bytesPerSecond: number; readonly after: number }
  /** 0 = unlimited. */
  | { readonly kind: 'bodySize'; readonly bytes: number }
  // --- timing ---
  | { readonly kind: 'connectTimeout'; readonly ms: number }
  /** Longest silence between two reads from, or writes to, the backend. Not a total. */
  | { readonly kind: 'idleTimeout'; readonly direction: 'read' | 'send'; readonly ms: number }
  /** Longest whole request. 0 = none. */
  | { readonly kind: 'requestTimeout'; readonly ms: number }
  | {
      readonly kind: 'retry';
      readonly on: readonly string[];
      /** First try included; 1 = no retry; 0 = no limit. */
      readonly tries: number;
      readonly totalMs: number;
    }
  // --- backends (the setting belongs to the service in many targets) ---
  | {
      readonly kind: 'sessionAffinity';
      readonly by: 'cookie' | 'client-address' | 'header';
      readonly cookie: AffinityCookie | null;
      readonly mode: 'balanced' | 'persistent';
      readonly canary: 'sticky' | 'legacy';
    }
  | { readonly kind: 'loadBalancing'; readonly algorithm: 'round-robin' | 'ewma' | 'least-request' | 'random' | 'least-connection' }
  | { readonly kind: 'hashing'; readonly key: string; readonly subsetSize: number | null }
  | {
      readonly kind: 'backendProtocol';
      readonly protocol: 'HTTP' | 'HTTPS' | 'GRPC' | 'GRPCS' | 'HTTP2' | 'FCGI' | 'AUTO_HTTP';
    }
  | {
      readonly kind: 'backendTls';
      readonly verify: boolean;
      readonly secret: SecretName | null;
      readonly serverName: string | null;
      readonly sni: boolean;
      readonly protocols: string | null;
      readonly ciphers: string | null;
    }
  | { readonly kind: 'serviceUpstream' }
  | { readonly kind: 'healthCheck'; readonly parameters: Readonly<Record<string, string>> }
  | { readonly kind: 'fallbackBackend'; readonly service: string; readonly onlyWhenNoEndpoint: boolean }
  // --- requests and responses ---
  | {
      readonly kind: 'cors';
      readonly origins: readonly string[];
      readonly methods: readonly string[];
      readonly headers: readonly string[];
      readonly exposeHeaders: readonly string[];
      readonly credentials: boolean;
      readonly maxAgeSeconds: number;
    }
  | {
      readonly kind: 'requestHeaders';
      readonly set: readonly HeaderValue[];
      readonly add: readonly HeaderValue[];
      readonly remove: readonly string[];
    }
  | {
      readonly kind: 'responseHeaders';
      readonly set: readonly HeaderValue[];
      readonly add: readonly HeaderValue[];
      readonly remove: readonly string[];
    }
  /** Host header sent to the backend; literal. */
  | { readonly kind: 'upstreamHost'; readonly host: string }
  | {
      readonly kind: 'mirror';
      readonly url: string;
      readonly service: ServicePortName | null;
      readonly host: string | null;
      readonly requestBody: boolean;
    }
  | { readonly kind: 'customErrors'; readonly statuses: readonly number[]; readonly service: string | null }
  | { readonly kind: 'hsts'; readonly maxAgeSeconds: number; readonly includeSubDomains: boolean; readonly preload: boolean }
  | {
      readonly kind: 'buffering';
      readonly request: boolean | null;
      readonly response: boolean | null;
      readonly parameters: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'compression'; readonly enabled: boolean }
  | { readonly kind: 'accessLog'; readonly enabled: boolean }
  | { readonly kind: 'tracing'; readonly enabled: boolean; readonly parameters: Readonly<Record<string, string>> }
  // --- listener ---
  /** Host-wide. */
  | {
      readonly kind: 'tlsPolicy';
      readonly minVersion: string | null;
      readonly ciphers: string | null;
      readonly preferServerCiphers: boolean | null;
    }
  | { readonly kind: 'httpVersions'; readonly http2: boolean | null; readonly http3: boolean | null }
  // --- one cloud only: see aws.ts, gke.ts ---
  | AwsIntentBody
  | GkeIntent;

export interface AffinityCookie {
  readonly name: string;
  /** null = session cookie. */
  readonly maxAgeSeconds: number | null;
  readonly path: string | null;
  readonly domain: string | null;
  readonly sameSite: string | null;
  readonly conditionalSameSiteNone: boolean;
  readonly secure: boolean | null;
  readonly partitioned: boolean;
  readonly changeOnFailure: boolean;
}
