/**
 * The Gateway API objects we write, in the narrow form we write them: `gateway.networking.k8s.io`, release 1.6 and
 * the fields of its experimental channel. Constraints are in `constraints/`, releases and channels in `fields.ts`.
 */
export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface GatewayClass {
  readonly apiVersion: 'gateway.networking.k8s.io/v1';
  readonly kind: 'GatewayClass';
  readonly metadata: Metadata;
  readonly spec: {
    readonly controllerName: string;
    readonly parametersRef?: ParametersRef & { readonly namespace?: string };
    readonly description?: string;
  };
}

export interface ParametersRef {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
}

export interface Gateway {
  readonly apiVersion: 'gateway.networking.k8s.io/v1';
  readonly kind: 'Gateway';
  readonly metadata: Metadata;
  readonly spec: {
    readonly gatewayClassName: string;
    readonly addresses?: readonly { readonly type?: string; readonly value?: string }[];
    readonly infrastructure?: {
      readonly labels?: Readonly<Record<string, string>>;
      readonly annotations?: Readonly<Record<string, string>>;
      readonly parametersRef?: ParametersRef;
    };
    readonly allowedListeners?: { readonly namespaces: RouteNamespaces };
    readonly tls?: {
      readonly backend?: { readonly clientCertificateRef: ObjectReference };
      readonly frontend?: {
        readonly default: { readonly validation?: FrontendValidation };
        readonly perPort?: readonly { readonly port: number; readonly tls: { readonly validation?: FrontendValidation } }[];
      };
    };
    readonly listeners: readonly Listener[];
  };
}

export interface FrontendValidation {
  readonly caCertificateRefs: readonly ObjectReference[];
  readonly mode?: 'AllowValidOnly' | 'AllowInsecureFallback';
}

export interface ObjectReference {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

export interface Listener {
  readonly name: string;
  readonly hostname?: string;
  readonly port: number;
  readonly protocol: string;
  readonly tls?: {
    readonly mode?: 'Terminate' | 'Passthrough';
    readonly certificateRefs?: readonly {
      readonly group?: string;
      readonly kind?: string;
      readonly name: string;
      readonly namespace?: string;
    }[];
    readonly options?: Readonly<Record<string, string>>;
  };
  readonly allowedRoutes?: {
    readonly namespaces?: RouteNamespaces;
    readonly kinds?: readonly { readonly group?: string; readonly kind: string }[];
  };
}

export type RouteNamespaces = { readonly from: 'Same' | 'All' | 'None' } | { readonly from: 'Selector'; readonly selector: LabelSelector };

export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: string; readonly values?: readonly string[] }[];
}

export interface ParentRef {
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
  readonly sectionName?: string;
  readonly port?: number;
}

export interface HTTPRoute {
  readonly apiVersion: 'gateway.networking.k8s.io/v1';
  readonly kind: 'HTTPRoute';
  readonly metadata: Metadata;
  readonly spec: {
    readonly parentRefs: readonly ParentRef[];
    readonly hostnames?: readonly string[];
    readonly rules: readonly HTTPRouteRule[];
  };
}

export interface HTTPRouteRule {
  readonly name?: string;
  readonly matches?: readonly HTTPRouteMatch[];
  readonly filters?: readonly HTTPRouteFilter[];
  readonly backendRefs?: readonly HTTPBackendRef[];
  readonly timeouts?: { readonly request?: string; readonly backendRequest?: string };
  readonly retry?: { readonly codes?: readonly number[]; readonly attempts?: number; readonly backoff?: string };
  readonly sessionPersistence?: {
    readonly sessionName?: string;
    readonly type?: 'Cookie' | 'Header';
    readonly absoluteTimeout?: string;
    readonly cookieConfig?: { readonly lifetimeType: 'Session' | 'Permanent' };
  };
}

export interface HTTPRouteMatch {
  readonly path?: { readonly type: 'Exact' | 'PathPrefix' | 'RegularExpression'; readonly value: string };
  readonly headers?: readonly GatewayValueMatch[];
  readonly queryParams?: readonly GatewayValueMatch[];
  readonly method?: string;
}

export interface GatewayValueMatch {
  readonly type?: 'Exact' | 'RegularExpression';
  readonly name: string;
  readonly value: string;
}

export type HTTPRouteFilter =
  | { readonly type: 'RequestHeaderModifier'; readonly requestHeaderModifier: HeaderModifier }
  | { readonly type: 'ResponseHeaderModifier'; readonly responseHeaderModifier: HeaderModifier }
  | { readonly type: 'RequestRedirect'; readonly requestRedirect: RequestRedirect }
  | { readonly type: 'URLRewrite'; readonly urlRewrite: { readonly hostname?: string; readonly path?: PathModifier } }
  | { readonly type: 'RequestMirror'; readonly requestMirror: { readonly backendRef: BackendObjectRef; readonly percent?: number } }
  | { readonly type: 'CORS'; readonly cors: CorsFilter }
  | { readonly type: 'ExternalAuth'; readonly externalAuth: ExternalAuthFilter }
  | { readonly type: 'ExtensionRef'; readonly extensionRef: { readonly group: string; readonly kind: string; readonly name: string } };

export interface HeaderModifier {
  readonly set?: readonly { readonly name: string; readonly value: string }[];
  readonly add?: readonly { readonly name: string; readonly value: string }[];
  readonly remove?: readonly string[];
}

export interface RequestRedirect {
  readonly scheme?: 'http' | 'https';
  readonly hostname?: string;
  readonly port?: number;
  readonly path?: PathModifier;
  readonly statusCode?: number;
}

export type PathModifier =
  | { readonly type: 'ReplaceFullPath'; readonly replaceFullPath: string }
  | { readonly type: 'ReplacePrefixMatch'; readonly replacePrefixMatch: string };

export interface CorsFilter {
  readonly allowOrigins?: readonly string[];
  readonly allowMethods?: readonly string[];
  readonly allowHeaders?: readonly string[];
  readonly exposeHeaders?: readonly string[];
  readonly allowCredentials?: boolean;
  readonly maxAge?: number;
}

export interface ExternalAuthFilter {
  readonly protocol: 'HTTP' | 'GRPC';
  readonly backendRef: BackendObjectRef;
  readonly http?: {
    readonly path?: string;
    readonly allowedHeaders?: readonly string[];
    readonly allowedResponseHeaders?: readonly string[];
  };
  readonly grpc?: { readonly allowedHeaders?: readonly string[] };
  readonly forwardBody?: { readonly maxSize?: number };
}

export interface BackendObjectRef {
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
  readonly port?: number;
}

export interface HTTPBackendRef extends BackendObjectRef {
  readonly weight?: number;
  readonly filters?: readonly HTTPRouteFilter[];
}

export interface GRPCRoute {
  readonly apiVersion: 'gateway.networking.k8s.io/v1';
  readonly kind: 'GRPCRoute';
  readonly metadata: Metadata;
  readonly spec: {
    readonly parentRefs: readonly ParentRef[];
    readonly hostnames?: readonly string[];
    readonly rules: readonly {
      readonly name?: string;
      readonly matches?: readonly GRPCRouteMatch[];
      readonly filters?: readonly HTTPRouteFilter[];
      readonly backendRefs?: readonly HTTPBackendRef[];
    }[];
  };
}

export interface GRPCRouteMatch {
  readonly method?: { readonly type?: 'Exact' | 'RegularExpression'; readonly service?: string; readonly method?: string };
  readonly headers?: readonly GatewayValueMatch[];
}

export interface L4Route<V extends string, K extends string> {
  readonly apiVersion: V;
  readonly kind: K;
  readonly metadata: Metadata;
  readonly spec: {
    readonly parentRefs: readonly ParentRef[];
    readonly hostnames?: readonly string[];
    readonly rules: readonly { readonly backendRefs: readonly (BackendObjectRef & { readonly weight?: number })[] }[];
  };
}

export type TLSRoute = L4Route<'gateway.networking.k8s.io/v1' | 'gateway.networking.k8s.io/v1alpha2', 'TLSRoute'>;
export type TCPRoute = L4Route<'gateway.networking.k8s.io/v1' | 'gateway.networking.k8s.io/v1alpha2', 'TCPRoute'>;
export type UDPRoute = L4Route<'gateway.networking.k8s.io/v1' | 'gateway.networking.k8s.io/v1alpha2', 'UDPRoute'>;

export interface ReferenceGrant {
  readonly apiVersion: 'gateway.networking.k8s.io/v1' | 'gateway.networking.k8s.io/v1beta1';
  readonly kind: 'ReferenceGrant';
  readonly metadata: Metadata;
  readonly spec: {
    readonly from: readonly { readonly group: string; readonly kind: string; readonly namespace: string }[];
    readonly to: readonly { readonly group: string; readonly kind: string; readonly name?: string }[];
  };
}

export interface BackendTLSPolicy {
  readonly apiVersion: 'gateway.networking.k8s.io/v1';
  readonly kind: 'BackendTLSPolicy';
  readonly metadata: Metadata;
  readonly spec: {
    readonly targetRefs: readonly { readonly group: string; readonly kind: string; readonly name: string; readonly sectionName?: string }[];
    readonly validation: {
      readonly hostname: string;
      readonly caCertificateRefs?: readonly { readonly group: string; readonly kind: string; readonly name: string }[];
      readonly wellKnownCACertificates?: 'System';
      readonly subjectAltNames?: readonly { readonly type: 'Hostname' | 'URI'; readonly hostname?: string; readonly uri?: string }[];
    };
    readonly options?: Readonly<Record<string, string>>;
  };
}

export interface ListenerSet {
  readonly apiVersion: 'gateway.networking.k8s.io/v1';
  readonly kind: 'ListenerSet';
  readonly metadata: Metadata;
  readonly spec: { readonly parentRef: ParentRef; readonly listeners: readonly Listener[] };
}

/** Written only when the Gateway's namespace is not in the input. */
export interface NamespaceObject {
  readonly apiVersion: 'v1';
  readonly kind: 'Namespace';
  readonly metadata: Metadata;
}

/** An object of an implementation's own API: its kind is known to its target alone. */
export interface ExtensionObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly spec?: Readonly<Record<string, unknown>>;
}

export type GatewayApiObject =
  | GatewayClass
  | Gateway
  | HTTPRoute
  | GRPCRoute
  | TLSRoute
  | TCPRoute
  | UDPRoute
  | ReferenceGrant
  | BackendTLSPolicy
  | ListenerSet;

export type OutputObject = GatewayApiObject | NamespaceObject | ExtensionObject;
