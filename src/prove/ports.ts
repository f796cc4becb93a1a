import type { Conversion } from '../convert.ts';
import type { Difference, Finding } from '../ledger/finding.ts';
import type { WrittenField } from '../ledger/outcome.ts';
import { comparePositions, compareText, type Position } from '../model/position.ts';
import type { Stream } from '../route/table.ts';
import { type ReachedPort, reachedPorts } from './after/ports.ts';
import type { World } from './after/world.ts';
import type { Answer } from './answer.ts';
import { differencesOfPorts, type PortAnswer } from './compare-ports.ts';
import type { Compared } from './compared.ts';

/** One TCP or UDP port that leads elsewhere, or that other addresses may connect to. */
export interface PortDiscrepancy extends Compared {
  readonly protocol: 'TCP' | 'UDP';
  readonly port: number;
}

export interface PortVerification {
  readonly compared: number;
  readonly same: number;
  /** Ports that a list of addresses alone could connect to. */
  readonly guarded: number;
  /** By port. */
  readonly discrepancies: readonly PortDiscrepancy[];
}

interface PortOptions {
  readonly positionOf?: (field: WrittenField) => Position | null;
}

/**
 * Compares ports below HTTP: those of the controllers and of Services of type LoadBalancer with the TCP and UDP listeners of the Gateways.
 * `announced`: what the conversion itself wrote, where the objects are others. null where neither side has such a port.
 */
export function verifyPorts(conversion: Conversion, world: World, announced: World | null, options: PortOptions): PortVerification | null {
  const streams = conversion.tables.flatMap((table) => table.streams ?? []);
  const effects = conversion.implementation.streamEffects;
  const after = reachedPorts(world, effects);
  const written = announced === null ? after : reachedPorts(announced, effects);
  const taken = new Set<ReachedPort>();
  const pairs = streams.map((stream) => {
    const found = nearest(stream, streams, after);
    if (found !== null) taken.add(found);
    return { stream, before: beforeOf(stream), found };
  });
  const extra = after.filter((reached) => !taken.has(reached));
  if (pairs.length === 0 && extra.length === 0) return null;
  const changed = pairs.flatMap(({ stream, before, found }): readonly PortDiscrepancy[] => {
    const now = found?.answer ?? NOBODY;
    const differences = differencesOfPorts(before, now);
    if (differences.length === 0) return [];
    const asWritten = nearest(stream, streams, written)?.answer ?? NOBODY;
    const isOwn = JSON.stringify(asWritten) === JSON.stringify(now);
    return [discrepancy(stream, before, found, differences, isOwn ? announcedBy(conversion, stream, differences) : null, options)];
  });
  const opened = extra.map((reached) => discrepancy(reached, NOBODY, reached, differencesOfPorts(NOBODY, reached.answer), null, options));
  return {
    compared: pairs.length + extra.length,
    same: pairs.length - changed.length,
    guarded: pairs.filter(({ before }) => before.ranges !== null).length,
    discrepancies: [...changed, ...opened.filter(({ differences }) => differences.length > 0)].sort(
      (a, b) => a.port - b.port || compareText(a.protocol, b.protocol) || compareText(a.beforeSource, b.beforeSource),
    ),
  };
}

const NOBODY: PortAnswer = { backends: [], ranges: null };

function beforeOf({ backend, loadBalancer }: Stream): PortAnswer {
  if (backend.problem !== null || backend.port === null) return NOBODY;
  const ranges = loadBalancer?.sourceRanges ?? [];
  return { backends: [{ name: nameOf(backend), weight: 1 }], ranges: ranges.length === 0 ? null : ranges };
}

function nameOf({ namespace, service, port }: Stream['backend']): string {
  return `${namespace}/${service}:${port ?? '?'}`;
}

/** The port that leads to the backend of the stream; else, as edited manifests may have it, one that leads to nobody else's. */
function nearest(stream: Stream, streams: readonly Stream[], reached: readonly ReachedPort[]): ReachedPort | null {
  const own = reached.find((each) => isOf(each, stream));
  const free = (each: ReachedPort) =>
    each.protocol === stream.protocol && each.port === stream.port && !streams.some((other) => isOf(each, other));
  return own ?? reached.find(free) ?? null;
}

function isOf({ protocol, port, answer }: ReachedPort, stream: Stream): boolean {
  return protocol === stream.protocol && port === stream.port && answer.backends.some(({ name }) => name === nameOf(stream.backend));
}

/** A lost list of addresses is never explained away. */
function announcedBy({ ledger }: Conversion, { backend, loadBalancer }: Stream, differences: readonly Difference[]): Finding | null {
  if (differences.includes('protection')) return null;
  const entries = new Set([...backend.entries, ...(loadBalancer?.entries ?? [])]);
  const found = ledger.entries.flatMap(({ entry, finding }) => (finding !== null && entries.has(entry) ? [finding] : []));
  return found.find((finding) => differences.every((difference) => finding.differs.includes(difference))) ?? null;
}

function discrepancy(
  { protocol, port, ...rest }: Stream | ReachedPort,
  before: PortAnswer,
  found: ReachedPort | null,
  differences: readonly Difference[],
  explained: Finding | null,
  { positionOf }: PortOptions,
): PortDiscrepancy {
  const [entry] = 'backend' in rest ? [...rest.backend.entries].sort((a, b) => comparePositions(a.at, b.at)) : [];
  return {
    protocol,
    port,
    before: answerOf(before),
    after: answerOf(found?.answer ?? NOBODY),
    beforeSource: entry === undefined ? '' : `${entry.object.kind} ${entry.object.namespace}/${entry.object.name} ${entry.name}`,
    afterSource: found === null ? '' : `${found.field.kind} ${found.field.namespace}/${found.field.name}`,
    at: entry?.at ?? null,
    afterAt: found === null ? null : (positionOf?.(found.field) ?? null),
    differences,
    explained,
  };
}

function answerOf({ backends, ranges }: PortAnswer): Answer {
  if (backends.length === 0) return { kind: 'unreachable' };
  const shares = backends.map(({ name, weight }) => ({ backend: name, weight, path: '', host: null }));
  return { kind: 'backends', shares, protections: ranges === null ? [] : [`allowList (${ranges.join(', ')})`] };
}
