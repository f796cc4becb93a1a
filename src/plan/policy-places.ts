import type { ObjectRef } from '../model/entry.ts';
import { backendObjects } from './backend-objects.ts';
import type { DraftRule, Statement } from './draft.ts';
import type { GatewayPlan } from './gateways.ts';
import { extensionFilters } from './policies.ts';
import type { RouteGroup } from './route-group.ts';
import { copyKey } from './service-copies.ts';
import { servicePolicyName } from './service-policies.ts';
import type { Placed } from './settle.ts';

/** Where a statement about an object of the implementation was written; null when it is about the route itself. */
export function policyPlaces(
  group: RouteGroup,
  route: ObjectRef,
  names: ReadonlyMap<string, string>,
  plan: GatewayPlan,
): (draft: DraftRule, statement: Statement) => Omit<Placed, 'statement'> | null {
  const gateway = plan.gatewayOf(group.host.table.host);
  return (draft, { policy, onGateway }) => {
    if (onGateway === true) return { object: { kind: 'Gateway', namespace: plan.namespace, name: gateway }, base: 'spec' };
    if (policy === undefined) return null;
    const { kind } = policy.policy;
    const place = (namespace: string, name: string): Omit<Placed, 'statement'> => ({ object: { kind, namespace, name }, base: 'spec' });
    const { on } = policy;
    switch (on.to) {
      case 'route':
        return place(route.namespace ?? '', route.name);
      case 'filter': {
        const filter = extensionFilters(draft).find(({ part }) => part.policy === policy.policy && part.on.name === on.name);
        return filter === undefined ? null : place(draft.ingress.namespace, names.get(filter.identity) ?? filter.wanted);
      }
      case 'backend': {
        const [objects] = backendObjects(draft);
        return objects === undefined ? null : place(objects.backend.namespace, names.get(objects.identity) ?? objects.wanted);
      }
      case 'listener': {
        const port = group.host.table.ports.find(({ scheme }) => on.schemes.includes(scheme));
        return port === undefined ? null : place(plan.namespace, `${gateway}-${plan.nameOf({ host: group.host.table.host, ...port })}`);
      }
      case 'gateway':
        return place(plan.namespace, gateway);
      case 'service': {
        const { namespace, service: name, port } = on;
        const service = (port === undefined ? undefined : names.get(copyKey({ namespace, name, port }))) ?? name;
        const imported = draft.backends.find((backend) => backend.namespace === namespace && backend.name === name)?.imported;
        return place(namespace, servicePolicyName(service, imported));
      }
      default:
        return on satisfies never;
    }
  };
}
