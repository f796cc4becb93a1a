import type { ObjectMetadata } from '../intent/metadata.ts';
import type { ObjectRef } from '../model/entry.ts';
import { writeBackendObjects } from './backend-objects.ts';
import type { Statement } from './draft.ts';
import { type GatewayPlan, parentRefs } from './gateways.ts';
import { type CrossReference, routeReferences } from './grants.ts';
import { grpcRoute } from './grpc-match.ts';
import type { PlannedObject } from './plan.ts';
import { filterObjects, policyParts, policyReferences, routePolicies } from './policies.ts';
import { policyPlaces } from './policy-places.ts';
import { originOf, type RouteGroup } from './route-group.ts';
import { writeRoute } from './routes.ts';
import type { ServiceUser } from './service-policies.ts';
import type { Placed } from './settle.ts';

export interface WrittenGroup {
  readonly objects: readonly PlannedObject[];
  readonly references: readonly CrossReference[];
  readonly placed: readonly Placed[];
  /** Its rules, for the policies of the Services they send to. */
  readonly users: readonly ServiceUser[];
}

/** The route of a group with the objects that its rules bring along. */
export function writeGroup(
  group: RouteGroup,
  {
    metadata,
    annotations,
  }: {
    /** What the Ingress asks for on its routes. */
    readonly metadata: readonly ObjectMetadata[];
    readonly annotations: Readonly<Record<string, string>>;
  },
  names: ReadonlyMap<string, string>,
  plan: GatewayPlan,
): WrittenGroup {
  const name = names.get(group.identity) ?? group.wanted;
  const { namespace } = group.ingress;
  const written = writeRoute(group.rules, {
    name,
    namespace,
    host: group.host.table.host,
    parentRefs: parentRefs(plan, group),
    annotations: { ...Object.fromEntries(metadata.map((item) => [item.name, item.value])), ...annotations },
    names,
  });
  const route = group.rules.some(({ answer }) => answer.route === 'GRPCRoute') ? grpcRoute(written) : written;
  const object: ObjectRef = { kind: route.kind, namespace, name };
  const origin = originOf(group);
  const drafts = group.rules.flatMap((rule) => rule.drafts);
  const parts = drafts.flatMap((draft) => [
    ...policyParts(draft, 'route'),
    ...policyParts(draft, 'filter'),
    ...policyParts(draft, 'service'),
  ]);
  const places = policyPlaces(group, object, names, plan);
  const notes = group.rules.flatMap(({ answer }, index) => [...new Set(answer.notes)].map((note) => `rules[${index}]: ${note}`));
  return {
    users: group.rules.map(({ answer }) => ({ draft: answer, route: { kind: route.kind, namespace, name } })),
    objects: [
      { object: route, role: 'routes', origin, notes },
      ...broughtAlong(group),
      ...routePolicies(route, drafts, origin),
      ...group.rules.flatMap(({ answer }) => [...filterObjects(answer, names), ...writeBackendObjects(answer, names)]),
    ],
    references: [...routeReferences(route, origin), ...policyReferences(parts, namespace, origin)],
    placed: [
      ...group.rules.flatMap(({ drafts }, index) =>
        drafts.flatMap((draft) =>
          draft.statements.map(
            (statement): Placed => ({
              statement,
              ...(places(draft, statement) ?? { object, base: `spec.rules[${index}]` }),
            }),
          ),
        ),
      ),
      ...metadata.map((item): Placed => {
        const statement: Statement = { entries: [item.entry], outcome: item.outcome, finding: item.finding, field: '' };
        return { statement, object, base: `metadata.annotations["${item.name}"]` };
      }),
    ],
  };
}

function broughtAlong(group: RouteGroup): readonly PlannedObject[] {
  return group.rules
    .flatMap(({ drafts }) => drafts.flatMap((draft) => draft.parts))
    .flatMap((part) => [...(part.backendTls ?? []), ...(part.objects ?? [])])
    .map((object) => ({ object, role: 'routes', origin: [group.ingress], notes: [] }));
}
