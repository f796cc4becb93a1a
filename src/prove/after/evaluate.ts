import type { Gateway, TLSRoute } from '../../gateway/types.ts';
import type { Answer, Evaluated, Share } from '../answer.ts';
import { rememberLast } from '../remember-last.ts';
import type { Request } from '../request.ts';
import { type Service, serviceFinder } from './candidates.ts';
import { conditionsTake, hasConditions } from './conditions.ts';
import type { Listening } from './listeners.ts';
import { normalise, pathTakes } from './paths.ts';
import type { Candidate } from './precedence.ts';
import { kindOf } from './read-route.ts';
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
      const choosers = service.orders.map((order) => firstTaking(world, order));
      const compared = rememberLast(normalise);
      return (request) => {
        const path = compared(request.path);
        const chosen = new Map(choosers.map((choose) => choose(request, path)).map((taken) => [taken.choice, taken]));
        return [...chosen.values()].map((taken) => withAddresses(world, taken, request, path));
      };
    }
    default:
      return service satisfies never;
  }
}

/** 'undecidable …' names the pattern; null: no rule takes it. */
type Choice = Candidate | string | null;

interface Taken {
  /** For a client of no address that any rule asks for. */
  readonly choice: Choice;
  /** Rules before it that take requests of some addresses, in their order. */
  readonly asking: readonly Candidate[];
}

/** The first of an order that takes a request. */
function firstTaking(world: World, order: readonly Candidate[]): (request: Request, path: string) => Taken {
  const byPath = rememberLast((path: string) => {
    const taking: { readonly candidate: Candidate; readonly isCertain: boolean; readonly asks: boolean }[] = [];
    for (const candidate of order) {
      const taken = pathTakes(candidate.match.path, path, world.reading);
      if (taken === false) continue;
      const asks = asksForAddresses(world, candidate);
      taking.push({ candidate, isCertain: taken === true, asks });
      if (taken === true && !asks && !hasConditions(candidate.match)) break;
    }
    return taking;
  });
  return (request, path) => {
    const asking: Candidate[] = [];
    for (const { candidate, isCertain, asks } of byPath(path)) {
      const taken = conditionsTake(candidate.match, request, world.reading);
      if (taken === false) continue;
      if (!isCertain || taken !== true)
        return { choice: `a pattern of ${kindOf(candidate.route)} ${nameOf(candidate.route)} rules[${candidate.ruleIndex}]`, asking };
      if (!asks) return { choice: candidate, asking };
      asking.push(candidate);
    }
    return { choice: null, asking };
  };
}

function asksForAddresses(world: World, { route, ruleIndex, rule, listening }: Candidate): boolean {
  return (
    (rule.filters ?? []).some(({ type }) => type === 'ExtensionRef') && world.effects({ route, ruleIndex, ...listening }).addresses === true
  );
}

/**
 * Rules for some addresses close the way where what stands behind them answers otherwise: with backends for the others the
 * refused addresses are denied, with an error for the others the admitted ones are the only ones let in.
 */
function withAddresses(world: World, { choice, asking }: Taken, request: Request, path: string): Evaluated {
  const rest = evaluated(world, choice, request, path);
  if (asking.length === 0) return rest;
  const asked = asking.map((candidate) => evaluated(world, candidate, request, path));
  const admitted = asked.findIndex(({ answer }) => answer.kind === 'backends');
  const refuses = (some: readonly Evaluated[]) => some.some(({ answer }) => answer.kind === 'error');
  const besides = (answering: Evaluated) =>
    [rest, ...asked].flatMap((each) => (each === answering || each.field === null ? [] : [each.field]));
  const outside = { ...guarded(rest, refuses(asked) ? ['denyList'] : []), beside: besides(rest) };
  const inside = asked[admitted];
  if (inside === undefined) return outside;
  const guards = [
    ...(rest.answer.kind === 'backends' || rest.answer.kind === 'undecidable' ? [] : ['allowList']),
    ...(refuses(asked.slice(0, admitted)) ? ['denyList'] : []),
  ];
  return { ...outside, inside: { ...guarded(inside, guards), beside: besides(inside) } };
}

function guarded(reached: Evaluated, guards: readonly string[]): Evaluated {
  const { answer } = reached;
  return answer.kind === 'backends'
    ? { ...reached, answer: { ...answer, protections: [...new Set([...answer.protections, ...guards])] } }
    : reached;
}

function evaluated(world: World, choice: Choice, request: Request, path: string): Evaluated {
  if (choice === null) return without({ kind: 'error', status: 404 });
  if (typeof choice === 'string') return without({ kind: 'undecidable', because: choice });
  const { route, ruleIndex } = choice;
  return {
    answer: ruleAnswer(world, choice, request, path),
    source: `${kindOf(route)} ${nameOf(route)} rules[${ruleIndex}]`,
    field: { kind: kindOf(route), namespace: namespaceOf(route), name: route.metadata.name, field: `spec.rules[${ruleIndex}]` },
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
