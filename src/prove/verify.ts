import type { Conversion } from '../convert.ts';
import type { Gateway, OutputObject } from '../gateway/types.ts';
import type { Difference, Finding } from '../ledger/finding.ts';
import type { WrittenField } from '../ledger/outcome.ts';
import type { Position } from '../model/position.ts';
import type { RoutingTable } from '../route/table.ts';
import { type GatewayEvaluator, gatewayEvaluator } from './after/evaluate.ts';
import { takingHostnames } from './after/hostnames.ts';
import { serviceCopies } from './after/service-copies.ts';
import { type World, worldOf } from './after/world.ts';
import type { Answer, Evaluated } from './answer.ts';
import { tableEvaluator } from './before/evaluate.ts';
import { compareAnswers } from './compare.ts';
import { explainer } from './explain.ts';
import { generateRequests } from './generate/requests.ts';
import { guardedBackends, opens, wasGuarded } from './guarded.ts';
import { rememberLast } from './remember-last.ts';
import type { Request } from './request.ts';

/** One request that is answered differently. */
export interface Discrepancy {
  readonly request: Request;
  readonly before: Answer;
  readonly after: Answer;
  readonly beforeSource: string;
  readonly afterSource: string;
  /** Where the rule that answered before stands in the input. */
  readonly at: Position | null;
  /** Where the rule that answers after stands in the manifests; null for those that were never in a file. */
  readonly afterAt: Position | null;
  readonly differences: readonly Difference[];
  /** The ledger's finding that announced it; null = nobody said so. */
  readonly explained: Finding | null;
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
  const announced = isOwn ? null : worldOf([...written], labels, conversion.implementation);
  const copies = serviceCopies(objects, conversion.estate);
  const explain = explainer(conversion);
  const discrepancies: Discrepancy[] = [];
  const requests: Request[] = [];
  const split = new Set<Request>();
  let reduced = 0;
  let guarded = 0;
  for (const table of conversion.tables) {
    const before = tableEvaluator(table);
    const gateways = gatewaysOf(table, conversion, world);
    const after = withoutCopies(evaluatorOf(world, gateways), copies);
    const asWritten =
      announced === null
        ? null
        : withoutCopies(evaluatorOf(announced, gatewaysOf(table, conversion, announced)), serviceCopies([...written], conversion.estate));
    const backends = guardedBackends(table);
    const set = generateRequests(table, gateways, objects);
    reduced += set.reduced;
    for (const request of set.requests) {
      requests.push(request);
      const was = before.evaluate(request);
      if (wasGuarded(was.answer, request)) guarded += 1;
      const differencesOf = ({ answer }: Evaluated): readonly Difference[] => {
        const differences = compareAnswers(was.answer, answer, request);
        return !differences.includes('protection') && opens(was.answer, answer, request, backends)
          ? ['protection', ...differences]
          : differences;
      };
      const answers = after(request).map((each) => seenBy(was.answer, each));
      if (isSplit(was) || answers.some(isSplit)) split.add(request);
      const unlike = firstUnlike(answers, differencesOf);
      if (unlike === null) continue;
      const { evaluated, differences } = unlike;
      const isAnnounced =
        asWritten === null || asWritten(request).some((each) => sameAnswer(seenBy(was.answer, each).answer, evaluated.answer));
      discrepancies.push({
        request,
        before: was.answer,
        after: evaluated.answer,
        beforeSource: was.source,
        afterSource: evaluated.source,
        at: was.rule?.entries[0]?.at ?? was.rule?.ingress.at ?? null,
        afterAt: evaluated.field === null ? null : (options.positionOf?.(evaluated.field) ?? null),
        differences,
        explained: isAnnounced ? explain({ request, differences, host: was.host, rule: was.rule, field: evaluated.field }) : null,
      });
    }
  }
  return { requests, reduced, same: requests.length - discrepancies.length, guarded, split, discrepancies };
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

/** Of the answers that may be given, the first that differs, lost protections before others. */
function firstUnlike(
  answers: readonly Evaluated[],
  differencesOf: (evaluated: Evaluated) => readonly Difference[],
): { readonly evaluated: Evaluated; readonly differences: readonly Difference[] } | null {
  const unlike = answers
    .map((evaluated) => ({ evaluated, differences: differencesOf(evaluated) }))
    .filter(({ differences }) => differences.length > 0);
  return unlike.find(({ differences }) => differences.includes('protection')) ?? unlike[0] ?? null;
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
