import type { WrittenField } from '../../ledger/outcome.ts';
import type { ReadStreamEffects } from '../../targets/effects.ts';
import type { PortAnswer } from '../compare-ports.ts';
import { boundRoutes } from './attachment.ts';
import { type Listening, listeningOn } from './listeners.ts';
import { namespaceOf, type StreamRoute, type World } from './world.ts';

/** A TCP or UDP port of a Gateway and where it leads. */
export interface ReachedPort {
  readonly protocol: 'TCP' | 'UDP';
  readonly port: number;
  readonly answer: PortAnswer;
  /** The rule of the route that answers. */
  readonly field: WrittenField;
}

/**
 * The TCP and UDP listeners that have a route. Of several routes on one the oldest counts, which manifests do not show: the first by name.
 * What leads to another Gateway is reached through that.
 */
export function reachedPorts(world: World, effects: ReadStreamEffects = () => () => null): readonly ReachedPort[] {
  const admitted = effects(world.objects);
  return world.gateways.flatMap((gateway) =>
    (['TCP', 'UDP'] as const).flatMap((protocol) =>
      listeningOn(world, gateway, protocol)
        .filter(({ listener }) => listener.protocol === protocol)
        .flatMap((listening): readonly ReachedPort[] => {
          const routes = [...boundRoutes(world, listening, world.streamRoutes).values()]
            .flat()
            .filter(({ kind }) => kind === `${protocol}Route`);
          const [route] = routes.toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
          if (route === undefined || leadsToGateways(route)) return [];
          const { listener, owner } = listening;
          const answer = { backends: backendsOf(route, world), ranges: admitted({ route, listener, owner }) };
          const { name } = route.metadata;
          return [
            {
              protocol,
              port: portOf(listening),
              answer,
              field: { kind: route.kind, namespace: namespaceOf(route), name, field: 'spec.rules[0]' },
            },
          ];
        }),
    ),
  );
}

function portOf({ listener }: Listening): number {
  return listener.port;
}

function idOf(route: StreamRoute): string {
  return `${namespaceOf(route)}/${route.metadata.name}`;
}

function leadsToGateways({ spec }: StreamRoute): boolean {
  return spec.rules.some(({ backendRefs }) => backendRefs.some(({ kind }) => kind === 'Gateway'));
}

/** A Service of another namespace needs a grant. */
function backendsOf(route: StreamRoute, { isGranted }: World): PortAnswer['backends'] {
  const from = { kind: route.kind, namespace: namespaceOf(route) };
  const [rule] = route.spec.rules;
  return (rule?.backendRefs ?? []).flatMap(({ group = '', kind = 'Service', name, namespace = from.namespace, port, weight = 1 }) =>
    isGranted(from, { group, kind, namespace, name }) ? [{ name: `${namespace}/${name}:${port ?? '?'}`, weight }] : [],
  );
}
