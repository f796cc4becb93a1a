import type { AwsBackend } from '../../../src/intent/aws.ts';
import type { Intent } from '../../../src/intent/intent.ts';
import type { Entry } from '../../../src/model/entry.ts';
import type { IngressBackend } from '../../../src/model/ingress.ts';
import type { Service } from '../../../src/model/objects.ts';
import { resolveBackend } from '../../../src/route/backend.ts';
import type { Action, Backend } from '../../../src/route/table.ts';
import { type AlbAction, actionNamed } from '../actions.ts';
import { placeOf } from '../annotation.ts';
import { authenticationIntents } from '../authentication.ts';
import { protocolIntents } from '../backend-protocol.ts';
import { type Books, settle } from '../books.ts';
import type { Group, Member } from '../group.ts';
import { healthCheckIntent } from '../health-check.ts';
import { jwtIntents } from '../jwt-validation.ts';
import { malformed } from '../setting.ts';
import type { TargetGroup } from '../target-group.ts';
import { attributesIntents } from '../target-group-attributes.ts';
import { targetTypeIntent } from '../target-type.ts';
import { targetsIntents } from '../targets.ts';
import type { Act, ActPlace } from './act.ts';
import { backendFindings } from './findings.ts';
import { keepsPort, leadsToItself, redirectOf } from './redirects.ts';

/** What a backend of an Ingress makes a rule do. */
export interface ReadAction {
  readonly act: (place: ActPlace) => Act | null;
  /** Leaves and annotations the rule stands on because of it. */
  readonly entries: readonly Entry[];
  /** The backend's leaves stand in the rule's backends already. */
  readonly shared: boolean;
}

export const USE_ANNOTATION = 'use-annotation';

/** null = a backend that the controller takes for an error. */
export function readAction(backend: IngressBackend, member: Member, group: Group, books: Books): ReadAction | null {
  if (backend.kind === 'resource') return null;
  if (backend.port === USE_ANNOTATION) return annotatedAction(backend.name, backend.entries, member, group, books);
  const service = { name: backend.name, port: backend.port };
  const { namespace } = member.ingress.ref;
  const written = { namespace, service: service.name, port: service.port, entries: backend.entries };
  const only = resolveBackend(written, group.estate, { targetPorts: false });
  return { ...forwarding([only], [], member, group, books), entries: [], shared: true };
}

function annotatedAction(name: string, leaves: readonly Entry[], member: Member, group: Group, books: Books): ReadAction {
  const named = actionNamed(name, member.annotations);
  const closed: Act = { action: { kind: 'respond', status: 503, contentType: null, body: null }, intents: [] };
  if (named === null) {
    const place = { at: leaves[0]?.at ?? member.ingress.ref.at, ingress: member.ingress.ref };
    books.findings.push(backendFindings['no-action']({ name }, place));
    return { act: () => closed, entries: leaves, shared: false };
  }
  const { entry, value } = named;
  const entries = [...leaves, entry];
  if (value.kind === 'broken') {
    settle(books, [entry], 'manual', malformed(entry, value));
    return { act: () => closed, entries, shared: false };
  }
  return { ...acting(value.value, entry, member, group, books), entries, shared: false };
}

function acting(action: AlbAction, entry: Entry, member: Member, group: Group, books: Books): Pick<ReadAction, 'act'> {
  switch (action.kind) {
    case 'fixed-response': {
      const { status, contentType, body } = action;
      return guarded({ kind: 'respond', status, contentType, body }, null, member, books);
    }
    case 'redirect': {
      const signIn = authenticationIntents(member, null, books);
      const tokens = jwtIntents(member, books);
      return {
        act({ listener, host, path }) {
          if (leadsToItself(action, listener)) return null;
          if (keepsPort(action, listener)) {
            const location = `${action.protocol.toLowerCase()}://${action.host}:${listener.port}`;
            books.findings.push(backendFindings['redirect-keeps-port']({ location, port: listener.port }, placeOf(entry)));
          }
          const redirect = redirectOf(action, { listener, host, path }, [entry]);
          return { action: { kind: 'redirect', redirect }, intents: listener.protocol === 'HTTPS' ? [...signIn, ...tokens] : [] };
        },
      };
    }
    case 'forward': {
      const { namespace } = member.ingress.ref;
      const backends = action.groups.map((each): Backend => {
        const { service, weight } = each;
        if (service !== null)
          return resolveBackend(
            { namespace, service: service.name, port: service.port, entries: [entry] },
            group.estate,
            { targetPorts: false },
            weight,
          );
        return {
          namespace,
          service: groupName(each),
          port: null,
          written: each.arn ?? groupName(each),
          weight,
          problem: 'outside-cluster',
          entries: [entry],
        };
      });
      const outside = action.groups.filter(({ service }) => service === null);
      const { stickiness } = action;
      const more: readonly Intent[] = [
        ...(outside.length === 0
          ? []
          : [
              {
                kind: 'awsExternalTargetGroups',
                groups: outside.map((each) => ({ arn: each.arn, name: groupName(each), weight: each.weight })),
                entries: [entry],
              } as const,
            ]),
        ...(stickiness?.enabled === true
          ? [{ kind: 'awsGroupStickiness', durationSeconds: stickiness.durationSeconds, entries: [entry] } as const]
          : []),
      ];
      return forwarding(backends, more, member, group, books);
    }
    default:
      return action satisfies never;
  }
}

/** `arn:aws:elasticloadbalancing:REGION:ACCOUNT:targetgroup/NAME/ID` */
function groupName({ arn, name }: { readonly arn: string | null; readonly name: string | null }): string {
  return name ?? /:targetgroup\/([^/]+)\//.exec(arn ?? '')?.[1] ?? arn ?? '';
}

/** Settings of Services count for their target groups, and for signing in where the rule has one Service only. */
function forwarding(
  backends: readonly Backend[],
  more: readonly Intent[],
  member: Member,
  { estate }: Group,
  books: Books,
): Pick<ReadAction, 'act'> {
  const targets = backends
    .filter(({ problem }) => problem !== 'outside-cluster')
    .map((backend): TargetGroup => ({ member, backend: awsBackend(backend), service: serviceOf(backend, estate.serviceByName) }));
  const intents = targets.flatMap((target): readonly Intent[] => [
    targetTypeIntent(target, books),
    ...protocolIntents(target),
    healthCheckIntent(target, books),
    ...attributesIntents(target),
    ...targetsIntents(target),
  ]);
  const [only, ...others] = targets;
  const service = others.length === 0 && backends.length === 1 ? (only?.service ?? null) : null;
  const guard = guarded({ kind: 'forward', backends, rewrite: null }, service, member, books);
  return {
    act(place) {
      const act = guard.act(place);
      if (act === null || act.action.kind !== 'forward') return act;
      return { action: { ...act.action, rewrite: place.rewrite }, intents: [...intents, ...more, ...act.intents] };
    },
  };
}

/** Signing in and tokens come before any action, on HTTPS listeners only. */
function guarded(action: Action, service: Service | null, member: Member, books: Books): { readonly act: (place: ActPlace) => Act | null } {
  const guards: readonly Intent[] = [...authenticationIntents(member, service, books), ...jwtIntents(member, books)];
  return { act: ({ listener }) => ({ action, intents: listener.protocol === 'HTTPS' ? guards : [] }) };
}

function awsBackend({ namespace, service, port, written }: Backend): AwsBackend {
  return { namespace, service, port, written };
}

function serviceOf({ namespace, service }: Backend, services: ReadonlyMap<string, Service>): Service | null {
  return services.get(`${namespace}/${service}`) ?? null;
}
