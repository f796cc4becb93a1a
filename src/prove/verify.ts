import type { Conversion } from '../convert.ts';
import type { Gateway, OutputObject } from '../gateway/types.ts';
import type { Difference, Finding } from '../ledger/finding.ts';
import type { Position } from '../model/position.ts';
import type { RoutingTable } from '../route/table.ts';
import { worldOf } from './after/attachment.ts';
import { evaluateAfter } from './after/evaluate.ts';
import type { Answer } from './answer.ts';
import { evaluateBefore, hostFor } from './before/evaluate.ts';
import { compareAnswers } from './compare.ts';
import { generateRequests } from './generate.ts';
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
  readonly differences: readonly Difference[];
  /** The ledger's finding that announced it; null = nobody said so. */
  readonly explained: Finding | null;
}

export interface Verification {
  readonly requests: number;
  /** Left out of the full product. */
  readonly reduced: number;
  readonly same: number;
  readonly discrepancies: readonly Discrepancy[];
}

/**
 * Compares, request by request, what the controllers serve with what the objects serve. `objects` are those of the
 * conversion, or what people made of them. A lost protection counts as unexplained whatever the ledger says.
 */
export function verify(conversion: Conversion, objects: readonly OutputObject[]): Verification {
  const labels = new Map(conversion.estate.namespaces.map((namespace) => [namespace.ref.name, namespace.labels]));
  const world = worldOf(objects, labels);
  const discrepancies: Discrepancy[] = [];
  let requests = 0;
  let reduced = 0;
  for (const table of conversion.tables) {
    const gateways = gatewaysOf(table, conversion, world.gateways);
    const set = generateRequests(table, gateways, objects);
    requests += set.requests.length;
    reduced += set.reduced;
    for (const request of set.requests) {
      const before = evaluateBefore(table, request);
      const answers = gateways.map((gateway) => evaluateAfter(world, gateway, request, true));
      const loose = gateways.map((gateway) => evaluateAfter(world, gateway, request, false));
      // Several Gateways have several addresses: the one that listens for the host is the one its DNS record names.
      const after = [...answers, ...loose].find(
        (evaluated) => compareAnswers(before.answer, evaluated.answer, request).length > 0 && evaluated.answer.kind !== 'unreachable',
      ) ??
        answers.find((evaluated) => evaluated.answer.kind !== 'unreachable') ?? { answer: { kind: 'unreachable' as const }, source: '' };
      const differences = compareAnswers(before.answer, after.answer, request);
      if (differences.length === 0) continue;
      const ingress = before.rule?.ingress ?? null;
      discrepancies.push({
        request,
        before: before.answer,
        after: after.answer,
        beforeSource: before.source,
        afterSource: after.source,
        at: before.rule?.entries[0]?.at ?? ingress?.at ?? null,
        differences,
        explained: explanation(differences, conversion, table, request),
      });
    }
  }
  return { requests, reduced, same: requests - discrepancies.length, discrepancies };
}

/** The Gateways that a table became, by the Ingresses they came from. */
function gatewaysOf(table: RoutingTable, conversion: Conversion, gateways: readonly Gateway[]): readonly Gateway[] {
  const names = conversion.plan.objects
    .filter(({ object, origin }) => object.kind === 'Gateway' && origin.some((ref) => table.loadBalancer.ingresses.includes(ref)))
    .map(({ object }) => `${object.metadata.namespace}/${object.metadata.name}`);
  return gateways.filter((gateway) => names.includes(`${gateway.metadata.namespace}/${gateway.metadata.name}`));
}

/** A lost protection is never explained away; a finding about encoded paths explains only requests that have some. */
function explanation(differences: readonly Difference[], conversion: Conversion, table: RoutingTable, request: Request): Finding | null {
  if (differences.includes('protection')) return null;
  const host = hostFor(table, request.host)?.host ?? null;
  const refs = new Set(
    table.hosts.filter((candidate) => candidate.host === host).flatMap((candidate) => candidate.rules.map((rule) => rule.ingress)),
  );
  const relevant = conversion.ledger.findings.filter((finding) => {
    if (APPLIES[finding.code]?.(request) === false) return false;
    return (
      (finding.ingress !== null && refs.has(finding.ingress)) ||
      (finding.host !== null && (finding.host === host || isWithin(finding.host, request.host))) ||
      isGlobal(finding)
    );
  });
  const covering = differences.map((difference) => relevant.find((finding) => finding.differs.includes(difference)) ?? null);
  return covering.includes(null) ? null : (covering[0] ?? null);
}

/** Findings about the whole run that concern some requests only. */
const APPLIES: Readonly<Record<string, (request: Request) => boolean>> = {
  'plan/path-encoding': (request) => /%[0-9A-Fa-f]{2}|\/\//.test(request.path),
  'plan/certificate-default': (request) => request.scheme === 'https',
  'plan/certificate-missing': (request) => request.scheme === 'https',
};

/** A finding about `*.a.test` is also about names below it that no host of the controller takes. */
function isWithin(wildcard: string, host: string): boolean {
  return wildcard.startsWith('*.') && host.endsWith(wildcard.slice(1));
}

function isGlobal(finding: Finding): boolean {
  return finding.ingress === null && finding.host === null;
}
