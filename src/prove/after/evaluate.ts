import type { Gateway, TLSRoute } from '../../gateway/types.ts';
import type { Answer, Evaluated, Share } from '../answer.ts';
import { rememberLast } from '../remember-last.ts';
import type { Request } from '../request.ts';
import { type Service, serviceFinder } from './candidates.ts';
import { conditionsTake, hasConditions } from './conditions.ts';
import type { Listening } from './listeners.ts';
import { normalise, pathTakes } from './paths.ts';
import type { Candidate } from './precedence.ts';
import { ruleAnswer } from './rule-answer.ts';
import { nameOf, namespaceOf, type World } from './world.ts';

/**
 * What a Gateway answers, by the specification alone: listeners, attachment, hostname intersection, precedence, filters,
 * weights, grants. Never empty; several where the specification leaves it open (whether listeners are isolated, where
 * regular expressions rank), the commonest first.
 */
export type GatewayEvaluator = (request: Request) => readonly Evaluated[];

export function gatewayEvaluator(world: World, gateway: Gateway): GatewayEvaluator {
  const findService = serviceFinder(world, gateway);
  const services = new Map<string, (request: Request) => readonly Evaluated[]>();
  return (request) => {
    const place = `${request.scheme} ${request.port} ${request.host}`;
    const known = services.get(place);
    if (known !== undefined) return known(request);
    const serve = serviceEvaluator(world, findService(request.scheme, request.port, request.host));
    services.set(place, serve);
    return serve(request);
  };
}

const without = (answer: Answer): Evaluated => ({ answer, source: '', field: null });

function serviceEvaluator(world: World, service: Service): (request: Request) => readonly Evaluated[] {
  switch (service.kind) {
    case 'none':
      return () => [without({ kind: 'unreachable' })];
    case 'passthrough':
      return (request) => [passedThrough(world, service.listening, service.route, request)];
    case 'http': {
      const choosers = service.orders.map(firstTaking);
      const compared = rememberLast(normalise);
      return (request) => {
        const path = compared(request.path);
        const chosen = new Set(choosers.map((choose) => choose(request, path)));
        return [...chosen].map((choice) => evaluated(world, choice, request, path));
      };
    }
    default:
      return service satisfies never;
  }
}

/** 'undecidable …' names the pattern; null: no rule takes it. */
type Choice = Candidate | string | null;

/** The first of an order that takes a request. */
function firstTaking(order: readonly Candidate[]): (request: Request, path: string) => Choice {
  const byPath = rememberLast((path: string) => {
    const taking: { readonly candidate: Candidate; readonly isCertain: boolean }[] = [];
    for (const candidate of order) {
      const taken = pathTakes(candidate.match.path, path);
      if (taken === false) continue;
      taking.push({ candidate, isCertain: taken === true });
      if (taken === true && !hasConditions(candidate.match)) break;
    }
    return taking;
  });
  return (request, path) => {
    for (const { candidate, isCertain } of byPath(path)) {
      const taken = conditionsTake(candidate.match, request);
      if (taken === false) continue;
      if (isCertain && taken === true) return candidate;
      return `a pattern of HTTPRoute ${nameOf(candidate.route)} rules[${candidate.ruleIndex}]`;
    }
    return null;
  };
}

function evaluated(world: World, choice: Choice, request: Request, path: string): Evaluated {
  if (choice === null) return without({ kind: 'error', status: 404 });
  if (typeof choice === 'string') return without({ kind: 'undecidable', because: choice });
  const { route, ruleIndex } = choice;
  return {
    answer: ruleAnswer(world, choice, request, path),
    source: `HTTPRoute ${nameOf(route)} rules[${ruleIndex}]`,
    field: { kind: 'HTTPRoute', namespace: namespaceOf(route), name: route.metadata.name, field: `spec.rules[${ruleIndex}]` },
  };
}

function passedThrough(world: World, { listener }: Listening, route: TLSRoute | null, request: Request): Evaluated {
  if (route === null) return without({ kind: 'unreachable' });
  const source = `TLSRoute ${nameOf(route)}`;
  const namespace = namespaceOf(route);
  const field = { kind: 'TLSRoute', namespace, name: route.metadata.name, field: 'spec.rules[0]' };
  if (listener.tls?.mode !== 'Passthrough')
    return { answer: { kind: 'undecidable', because: `${source} behind terminated TLS` }, source, field };
  const shares = route.spec.rules.flatMap(({ backendRefs }) =>
    backendRefs.flatMap((ref): Share[] => {
      const target = { group: ref.group ?? '', kind: ref.kind ?? 'Service', namespace: ref.namespace ?? namespace, name: ref.name };
      const weight = ref.weight ?? 1;
      if (weight === 0 || !world.isGranted({ kind: 'TLSRoute', namespace }, target)) return [];
      return [{ backend: `${target.namespace}/${target.name}:${ref.port ?? 0}`, weight, path: request.path, host: null }];
    }),
  );
  return { answer: shares.length === 0 ? { kind: 'unreachable' } : { kind: 'passthrough', shares }, source, field };
}
