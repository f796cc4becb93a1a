import type { Gateway, OutputObject } from '../gateway/types.ts';
import type { Finding } from '../ledger/finding.ts';
import { compareText } from '../model/position.ts';
import { planFindings } from './findings.ts';
import { DEFAULT_GATEWAY_NAMESPACE, type PlanInput } from './input.ts';
import type { PlannedObject } from './plan.ts';

/** What has to be there before the Gateways: their namespace, and their class where nobody else makes it. */
export function infrastructure(objects: readonly PlannedObject[], input: PlanInput): readonly PlannedObject[] {
  return [...namespaces(objects, input), ...classes(objects, input)];
}

/** Some implementations come without a GatewayClass. One that is in the input, or called otherwise, is the user's own. */
function classes(objects: readonly PlannedObject[], { target, estate }: PlanInput): readonly PlannedObject[] {
  const { controllerName, gatewayClassName } = target;
  if (controllerName === null || gatewayClassName === null) return [];
  const known = new Set(estate.others.flatMap(({ ref }) => (ref.kind === 'GatewayClass' ? [ref.name] : [])));
  const wanted = new Set(objects.flatMap(({ object }) => (isGateway(object) ? [object.spec.gatewayClassName] : [])));
  return [...wanted]
    .filter((name) => name === gatewayClassName && !known.has(name))
    .sort(compareText)
    .map((name) => ({
      object: { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'GatewayClass', metadata: { name }, spec: { controllerName } },
      role: 'infrastructure',
      origin: [],
      notes: [`${target.title} does not create it`],
    }));
}

/** Namespaces that the user named for Gateways, as far as nothing in the input shows that they are there. */
export function namespacesNeeded(objects: readonly PlannedObject[], { estate, options }: PlanInput): readonly Finding[] {
  const named = options.gateway?.kind === 'named' ? options.gateway.namespace : options.gatewayNamespace;
  const isKnown = [...estate.namespaces, ...estate.ingresses, ...estate.services, ...estate.others].some(
    ({ ref }) => ref.namespace === named || (ref.kind === 'Namespace' && ref.name === named),
  );
  // The usual one is written.
  if (named === null || named === DEFAULT_GATEWAY_NAMESPACE || isKnown) return [];
  const gateways = objects.flatMap(({ object }) =>
    isGateway(object) && object.metadata.namespace === named ? [object.metadata.name] : [],
  );
  return gateways.length === 0
    ? []
    : [planFindings['namespace-needed']({ namespace: named, gateways: gateways.sort(compareText).join(', ') })];
}

function isGateway(object: OutputObject): object is Gateway {
  return object.kind === 'Gateway';
}

/** The Gateways' own namespace, when nothing in the input has it: applying into a namespace that is not there fails. */
function namespaces(objects: readonly PlannedObject[], { estate }: PlanInput): readonly PlannedObject[] {
  const known =
    estate.namespaces.some(({ ref }) => ref.name === DEFAULT_GATEWAY_NAMESPACE) ||
    estate.ingresses.some(({ ref }) => ref.namespace === DEFAULT_GATEWAY_NAMESPACE);
  const needed = objects.some(({ object }) => object.kind === 'Gateway' && object.metadata.namespace === DEFAULT_GATEWAY_NAMESPACE);
  if (known || !needed) return [];
  return [
    {
      object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: DEFAULT_GATEWAY_NAMESPACE } },
      role: 'infrastructure',
      origin: [],
      notes: ['home of the Gateways that serve several namespaces; --gateway-namespace chooses another'],
    },
  ];
}
