import type { Conversion } from '../convert.ts';
import type { Gateway, OutputObject } from '../gateway/types.ts';
import type { Difference, Finding } from '../ledger/finding.ts';
import type { WrittenField } from '../ledger/outcome.ts';
import type { Position } from '../model/position.ts';
import type { RoutingTable } from '../route/table.ts';
import { type GatewayEvaluator, gatewayEvaluator } from './after/evaluate.ts';
import { takingHostnames } from './after/hostnames.ts';
import { listenedHosts } from './after/listened-hosts.ts';
import type { Labels } from './after/namespaces.ts';
import { serviceCopies } from './after/service-copies.ts';
import { type RuleSettings, settingsReader } from './after/settings.ts';
import { type World, worldOf } from './after/world.ts';
import type { Answer, Evaluated } from './answer.ts';
import { type EvaluatedBefore, type TableEvaluator, tableEvaluator } from './before/evaluate.ts';
import { changedSettings, type ProtectionsWith } from './changed-settings.ts';
import { compareAnswers, isUpgrade } from './compare.ts';
import type { Compared } from './compared.ts';
import type { Circumstances } from './concerned.ts';
import { gravity } from './differences.ts';
import { explainer } from './explain.ts';
import { generateRequests } from './generate/requests.ts';
import { guardedBackends, opens, wasGuarded } from './guarded.ts';
import { type PortVerification, verifyPorts } from './ports.ts';
import { rememberLast } from './remember-last.ts';
import type { Request } from './request.ts';
import type { Unlike } from './unlike.ts';

/** One request that is answered differently. */
export interface Discrepancy extends Compared {
  readonly request: Request;
}

export interface Verification {
  readonly requests: readonly Request[];
  /** Combinations of conditions left out of the full product. */
  readonly reduced: number;
  readonly same: number;
  /** Requests of which the controller asked a password, an address, TLS, … before they came near a backend. */
  readonly guarded: number;
  /** Requests that several backends share by weight, before or after. */
  readonly split: ReadonlySet<Request>;
  /** By host and path, as the requests are. */
  readonly discrepancies: readonly Discrepancy[];
  /** TCP and UDP ports; absent where neither side has any. */
  readonly ports?: PortVerification;
}

export interface VerifyOptions {
  /** Labels of namespaces that the input does not have. */
  readonly namespaces?: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** Where a field of the objects stands in a file. */
  readonly positionOf?: (field: WrittenField) => Position | null;
}

/**
 * Compares, request by request, what the controllers serve with what the objects serve. `objects` are those of the
 * conversion, or what people made of them: what they changed was announced by nobody. A lost protection counts as
 * unexplained whatever the ledger says.
 */
export function verify(conversion: Conversion, objects: readonly OutputObject[], options: VerifyOptions = {}): Verification {
  const labels = new Map([
    ...assumedLabels(conversion),
    ...conversion.estate.namespaces.map((namespace) => [namespace.ref.name, namespace.labels] as const),
    ...(options.namespaces ?? []),
  ]);
  const world = worldOf(objects, labels, conversion.implementation);
  const written = new Set(conversion.plan.objects.map(({ object }) => object));
  const isOwn = objects.length === written.size && objects.every((object) => written.has(object));
  // What the conversion itself would answer: only that can have been announced.
  const announced = isOwn ? world : worldOf([...written], labels, conversion.implementation);
  const copies = serviceCopies(objects, conversion.estate);
  const explain = explainer(conversion);
  const settingsChanged = settingsComparer({ world: announced, objects: [...written] }, { world, objects }, labels, conversion);
  const discrepancies: Discrepancy[] = [];
  const requests: Request[] = [];
  const split = new Set<Request>();
  let reduced = 0;
  let guarded = 0;
  for (const table of conversion.tables) {
    const before = tableEvaluator(table);
    const gateways = gatewaysOf(table, conversion, world);
    const led = (of: World, own: readonly Gateway[]) => asLed(of, own, before, evaluatorOf(of, own));
    const after = withoutCopies(led(world, gateways), copies);
    const own = gatewaysOf(table, conversion, announced);
    const isListened = listenedHosts([...written], own);
    const ownCopies = isOwn ? copies : serviceCopies([...written], conversion.estate);
    const asWritten = isOwn ? after : withoutCopies(led(announced, own), ownCopies);
    const inItsCase = announced.reading.anyCase === true ? withoutCopies(led(minding(announced), own), ownCopies) : null;
    const compare = comparer(table);
    const set = generateRequests(table, gateways, objects);
    reduced += set.reduced;
    const circumstances = (request: Request, was: EvaluatedBefore): Circumstances => {
      const plain = before.asCompared(request);
      const known = {
        vendor: table.vendor,
        isListened: was.host !== null && isListened(was.host.host),
        wasLed: isUpgrade(was.answer, request),
      };
      const isSameInItsCase = () => {
        const unequal = inItsCase === null ? null : unequalOf(was, inItsCase(request), request, compare);
        const other =
          unequal && explain(unlikeBy(request, unequal, was), { ...known, isSameDecoded: () => false, isSameInItsCase: () => false });
        return inItsCase !== null && (unequal === null || other !== null);
      };
      return { ...known, isSameDecoded: () => plain === null || isExpected(plain), isSameInItsCase };
    };
    /** What announced that the conversion itself answers so; null when nothing did. */
    const announcement = (request: Request, unequal: Unequal, was: EvaluatedBefore): Finding | null => {
      const { evaluated, differences } = unequal;
      const same = isOwn
        ? evaluated
        : asWritten(request)
            .map((each) => seenBy(was.answer, each))
            .find(({ answer }) => sameAnswer(answer, evaluated.answer));
      return same === undefined ? null : explain(unlikeBy(request, { evaluated: same, differences }, was), circumstances(request, was));
    };
    /** Answered as before, and not with all the settings that the conversion wrote. */
    const otherwiseSet = (was: Evaluated, answers: readonly Evaluated[], request: Request): Unequal | null => {
      if (isOwn) return null;
      const [evaluated] = answers.map((each) => seenBy(was.answer, each));
      const [own] = asWritten(request).map((each) => seenBy(was.answer, each));
      if (evaluated === undefined || evaluated.field === null || own === undefined || own.field === null) return null;
      const [fields, others] = [own, evaluated].map(({ field, beside = [] }) => [...(field === null ? [] : [field]), ...beside]);
      const differences = [...new Set((fields ?? []).flatMap((field, index) => settingsChanged(field, others?.[index] ?? null)))];
      return differences.length === 0 ? null : { evaluated, differences };
    };
    const isExpected = (request: Request): boolean => {
      const was = before.evaluate(request);
      const unequal = unequalOf(was, asWritten(request), request, compare);
      return unequal === null || announcement(request, unequal, was) !== null;
    };
    for (const request of set.requests) {
      requests.push(request);
      const was = before.evaluate(request);
      if (wasGuarded(was.answer, request)) guarded += 1;
      const answers = after(request);
      if (isSplit(was) || answers.some(isSplit)) split.add(request);
      const answered = unequalOf(was, answers, request, compare);
      const unequal = answered ?? otherwiseSet(was, answers, request);
      if (unequal === null) continue;
      const { evaluated, differences } = unequal;
      discrepancies.push({
        request,
        before: was.answer,
        after: evaluated.answer,
        beforeSource: was.source,
        afterSource: evaluated.source,
        at: was.rule?.entries[0]?.at ?? was.rule?.ingress.at ?? null,
        afterAt: evaluated.field === null ? null : (options.positionOf?.(evaluated.field) ?? null),
        differences,
        // What the conversion set otherwise, it cannot have announced.
        explained: answered === null ? null : announcement(request, answered, was),
      });
    }
  }
  const ports = verifyPorts(conversion, world, announced, options);
  return {
    ...(ports === null ? {} : { ports }),
    requests,
    reduced,
    same: requests.length - discrepancies.length,
    guarded,
    split,
    discrepancies,
  };
}

/** Of namespaces that the input does not have: the label that they were told to get. */
function assumedLabels({
  estate,
  options: { allowedRoutes },
}: Conversion): readonly (readonly [string, Readonly<Record<string, string>>])[] {
  if (allowedRoutes.kind !== 'label' || allowedRoutes.value === null) return [];
  const label = { [allowedRoutes.key]: allowedRoutes.value };
  return [...new Set(estate.ingresses.map(({ ref }) => ref.namespace))].map((namespace) => [namespace, label] as const);
}

const NOTHING_SET: RuleSettings = { own: new Map(), objects: new Map(), places: [] };

interface Manifests {
  readonly world: World;
  readonly objects: readonly OutputObject[];
}

/** Compares the settings of two rules, each of its own manifests: many requests are answered by the same. */
function settingsComparer(
  own: Manifests,
  edited: Manifests,
  labels: ReadonlyMap<string, Labels>,
  { implementation }: Conversion,
): (own: WrittenField, edited: WrittenField | null) => readonly Difference[] {
  const [readOwn, readEdited] = [settingsReader(own.world, own.objects), settingsReader(edited.world, edited.objects)];
  const protectionsWith: ProtectionsWith = (objects, places) => {
    const { effects } = worldOf(objects, labels, implementation);
    return new Set(places.flatMap((place) => effects(place).protections));
  };
  const known = new Map<string, readonly Difference[]>();
  return (before, after) => {
    const key = [before, after]
      .map((each) => (each === null ? '' : `${each.kind} ${each.namespace}/${each.name} ${each.field}`))
      .join('\n');
    const kept = known.get(key);
    if (kept !== undefined) return kept;
    const [was, is] = [readOwn(before), after === null ? NOTHING_SET : readEdited(after)];
    const found = was === null || is === null ? [] : changedSettings(was, is, own.objects, protectionsWith);
    known.set(key, found);
    return found;
  };
}

interface Unequal {
  readonly evaluated: Evaluated;
  readonly differences: readonly Difference[];
}

function unlikeBy(request: Request, { evaluated, differences }: Unequal, { host, rule }: EvaluatedBefore): Unlike {
  return { request, differences, host, rule, field: evaluated.field };
}

type Compare = (before: Answer, after: Answer, request: Request) => readonly Difference[];

/** Also tells what was refused and now reaches a backend that was closed to everybody without a password, an address or TLS. */
function comparer(table: RoutingTable): Compare {
  const backends = guardedBackends(table);
  return (before, after, request) => {
    const differences = compareAnswers(before, after, request);
    return !differences.includes('protection') && opens(before, after, request, backends) ? ['protection', ...differences] : differences;
  };
}

/** Of the answers that may be given, the gravest that differs; null when none does. */
function unequalOf(was: Evaluated, answers: readonly Evaluated[], request: Request, compare: Compare): Unequal | null {
  const unlike = answers
    .map((each) => seenBy(was.answer, each))
    .map((evaluated) => ({ evaluated, differences: compare(was.answer, evaluated.answer, request) }))
    .filter(({ differences }) => differences.length > 0);
  return unlike.toSorted((a, b) => gravity(a.differences) - gravity(b.differences))[0] ?? null;
}

/** The same objects, read by an implementation that tells upper case from lower. */
function minding(world: World): World {
  const { anyCase: _, ...reading } = world.reading;
  return { ...world, reading };
}

/**
 * Several Gateways have several addresses: a host's DNS record names the one with the most specific listener for it, and where their
 * listeners are for any host, the one with the most specific route.
 */
function evaluatorOf(world: World, gateways: readonly Gateway[]): GatewayEvaluator {
  const evaluators = gateways.map((gateway) => ({
    evaluate: gatewayEvaluator(world, gateway),
    hostnames: new Set([gateway, ...setsOf(world, gateway)].flatMap(({ spec }) => spec.listeners.map(({ hostname }) => hostname ?? ''))),
    routed: new Set([gateway, ...setsOf(world, gateway)].flatMap((parent) => routedHosts(world, parent))),
  }));
  const named = rememberLast((host: string): readonly GatewayEvaluator[] => {
    if (evaluators.length <= 1) return evaluators.map(({ evaluate }) => evaluate);
    const best = takingHostnames(host).find((hostname) => evaluators.some(({ hostnames }) => hostnames.has(hostname)));
    const listening = evaluators.filter(({ hostnames }) => best !== undefined && hostnames.has(best));
    const nearest = takingHostnames(host).find((hostname) => listening.some(({ routed }) => routed.has(hostname)));
    const routing = listening.filter(({ routed }) => nearest !== undefined && routed.has(nearest));
    return (routing.length > 0 ? routing : listening).map(({ evaluate }) => evaluate);
  });
  return (request) => {
    const answers = named(request.host).flatMap((evaluate) => evaluate(request));
    const listening = answers.filter(({ answer }) => answer.kind !== 'unreachable');
    return listening.length > 0 ? listening : [{ answer: { kind: 'unreachable' }, source: '', field: null }];
  };
}

/**
 * Where each route has a name and an address of its own, names lead to the routes that were written for them: what serves any host is
 * reached by those alone that had no host of their own.
 */
function asLed(world: World, gateways: readonly Gateway[], before: TableEvaluator, evaluate: GatewayEvaluator): GatewayEvaluator {
  if (world.reading.isolatedHosts !== true) return evaluate;
  const routed = new Set(gateways.flatMap((gateway) => routedHosts(world, gateway)));
  return (request) => {
    const named = before.hostFor(request.host, request.port)?.host ?? '';
    const isLed = named === '' || takingHostnames(request.host).some((hostname) => hostname !== '' && routed.has(hostname));
    return isLed ? evaluate(request) : [{ answer: { kind: 'unreachable' }, source: '', field: null }];
  };
}

/** Hostnames of the routes that name a parent; '' for any. */
function routedHosts({ httpRoutes, tlsRoutes }: World, { kind, metadata }: Gateway | World['listenerSets'][number]): readonly string[] {
  const routes = [...new Set([...httpRoutes.values(), ...tlsRoutes.values()].flat())].filter((route) =>
    route.spec.parentRefs.some(
      ({ kind: named = 'Gateway', name, namespace }) =>
        named === kind && name === metadata.name && (namespace ?? route.metadata.namespace) === metadata.namespace,
    ),
  );
  return routes.flatMap(({ spec: { hostnames } }) => hostnames ?? ['']);
}

/** Whether the Gateway takes them in is for the evaluator to say: here it is about whose address a name leads to. */
function setsOf({ listenerSets }: World, { metadata }: Gateway): World['listenerSets'] {
  return listenerSets.filter(({ metadata: own, spec: { parentRef } }) => {
    const namespace = parentRef.namespace ?? own.namespace;
    return parentRef.name === metadata.name && namespace === metadata.namespace;
  });
}

/** A copy of a Service is the Service: it has the same Pods. */
function withoutCopies(evaluate: GatewayEvaluator, copies: ReadonlyMap<string, string>): GatewayEvaluator {
  if (copies.size === 0) return evaluate;
  return (request) =>
    evaluate(request).map((evaluated) => {
      const { answer } = evaluated;
      if (answer.kind !== 'backends') return evaluated;
      const shares = answer.shares.map((share) => ({ ...share, backend: copies.get(share.backend) ?? share.backend }));
      return { ...evaluated, answer: { ...answer, shares } };
    });
}

/**
 * The Gateways that a table became, by the Ingresses they came from; where people renamed them all, whichever there are. Where the
 * conversion wrote none, as for a table that is withheld whole, those that it did not write: people may have opened it by hand.
 */
function gatewaysOf(table: RoutingTable, conversion: Conversion, { gateways }: World): readonly Gateway[] {
  const ingresses = new Set(table.loadBalancer.ingresses);
  const written = conversion.plan.objects.filter(({ object }) => object.kind === 'Gateway');
  const names = new Set(written.filter(({ origin }) => origin.some((ref) => ingresses.has(ref))).map(({ object }) => nameOf(object)));
  if (names.size === 0) {
    const all = new Set(written.map(({ object }) => nameOf(object)));
    return gateways.filter((gateway) => !all.has(nameOf(gateway)));
  }
  const own = gateways.filter((gateway) => names.has(nameOf(gateway)));
  return own.length > 0 ? own : gateways;
}

function nameOf({ metadata }: OutputObject): string {
  return `${metadata.namespace}/${metadata.name}`;
}

/** What passed an allow list came from an address that it names. */
function seenBy(before: Answer, { inside, ...outside }: Evaluated): Evaluated {
  return inside !== undefined && before.kind === 'backends' && before.protections.includes('allowList') ? inside : outside;
}

function isSplit({ answer }: Evaluated): boolean {
  return answer.kind === 'backends' && answer.shares.length > 1;
}

function sameAnswer(a: Answer, b: Answer): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
