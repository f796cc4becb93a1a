import type { ObjectMetadata } from '../intent/metadata.ts';
import type { Entry, IngressRef } from '../model/entry.ts';
import type { Estate } from '../model/estate.ts';
import type { ConvertOptions } from '../options.ts';
import type { RoutingTable } from '../route/table.ts';
import type { Target } from '../targets/contract.ts';

export interface PlanInput {
  readonly tables: readonly RoutingTable[];
  readonly metadata: readonly ObjectMetadata[];
  /** The class settings of each Ingress. */
  readonly classEntries: ReadonlyMap<IngressRef, readonly Entry[]>;
  readonly estate: Estate;
  readonly target: Target;
  readonly options: ConvertOptions;
}

export interface GatewayName {
  readonly name: string;
  readonly namespace: string;
}

/** Where a Gateway stands whose Ingresses share no namespace, unless the user says otherwise. */
export const DEFAULT_GATEWAY_NAMESPACE = 'gateway-system';
