import type { GatewayPart } from '../targets/contract.ts';
import type { HostPlan } from './host-plan.ts';

/** What the rules of a load balancer bring for its Gateway. */
export function gatewayPart(hosts: readonly HostPlan[]): GatewayPart {
  const parts = hosts.flatMap(({ http, https }) =>
    [...http, ...https].flatMap((draft) => draft.parts.flatMap(({ gateway }) => gateway ?? [])),
  );
  const addresses = parts.find((part) => part.addresses !== undefined)?.addresses;
  const certificates = new Map(
    parts.flatMap((part) => (part.certificates ?? []).map((each) => [`${each.namespace}/${each.name}`, each] as const)),
  );
  return {
    ...(addresses === undefined ? {} : { addresses }),
    annotations: Object.assign({}, ...parts.map((part) => part.annotations)),
    certificates: [...certificates.values()],
  };
}
