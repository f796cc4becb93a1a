import type { Admission } from './gateway/admission.ts';
import type { SupportedFeatures } from './gateway/features.ts';
import type { Release } from './gateway/release.ts';
import type { GatewayLayout } from './route/layout.ts';
import type { Vendor } from './route/table.ts';

/** What the user decided. Everything the conversion depends on besides the input. */
export interface ConvertOptions {
  /** Target by name, or `NAME@VERSION`: see `src/targets/index.ts`. */
  readonly target: string;
  readonly release: Release;
  /** What the implementation says that it supports; null = what is known of the target. */
  readonly features: SupportedFeatures | null;
  /** GatewayClass for every Gateway; null = the target's own, else the ingress class's name. */
  readonly gatewayClass: string | null;
  /** Namespace of shared Gateways; null = the one namespace of their Ingresses, else `gateway-system`. */
  readonly gatewayNamespace: string | null;
  readonly gateway: GatewayLayout | null;
  /** Where listeners stand: on the Gateway, or in a ListenerSet of each namespace. */
  readonly listeners: 'gateway' | 'listenerset';
  /** `*.example.com`: hosts directly below share its listeners where that changes nothing. */
  readonly foldWildcards: readonly string[];
  /** They do so as well where their listeners admit different namespaces. */
  readonly foldAcrossNamespaces: boolean;
  /** How listeners say whose routes they take. */
  readonly allowedRoutes: Admission;
  /** `--class NAME=VENDOR`. */
  readonly classes: Readonly<Record<string, Vendor>>;
  /** The controller's default certificate. */
  readonly defaultCertificate: { readonly namespace: string; readonly name: string } | null;
  /** Of ingress-nginx: `namespace/name`; null = found by its name or by the controller's flags. */
  readonly nginxConfigMap: { readonly namespace: string; readonly name: string } | null;
  /** Of ingress-nginx, by name without dashes; they count over those of a controller in the input. */
  readonly nginxFlags: Readonly<Record<string, string>>;
  readonly onSecurityLoss: 'withhold' | 'emit';
  /** Ingresses that the controller does not serve because of a value that it refuses. */
  readonly notServed: 'skip' | 'convert';
  /** Services of type LoadBalancer become routes of a Gateway as well. */
  readonly loadBalancerServices: boolean;
  /** Settings of the target's own, by name: see the target's `options`. */
  readonly targetOptions: Readonly<Record<string, string>>;
  /** For objects that name none. */
  readonly defaultNamespace: string;
}

export const DEFAULT_OPTIONS: ConvertOptions = {
  target: 'standard',
  release: { version: '1.6', channel: 'standard' },
  features: null,
  gatewayClass: null,
  gatewayNamespace: null,
  gateway: null,
  listeners: 'gateway',
  foldWildcards: [],
  foldAcrossNamespaces: false,
  allowedRoutes: { kind: 'listed' },
  classes: {},
  defaultCertificate: null,
  nginxConfigMap: null,
  nginxFlags: {},
  onSecurityLoss: 'withhold',
  notServed: 'skip',
  loadBalancerServices: false,
  targetOptions: {},
  defaultNamespace: 'default',
};
