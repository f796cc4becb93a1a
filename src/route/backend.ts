import type { Entry } from '../model/entry.ts';
import type { Estate } from '../model/estate.ts';
import type { Service, ServicePort } from '../model/objects.ts';
import type { Backend, BackendProblem } from './table.ts';

/** A Service and the port as a manifest writes it: a number, a name, or null when it writes none. */
export interface WrittenBackend {
  readonly namespace: string;
  readonly service: string;
  readonly port: number | string | null;
  readonly entries: readonly Entry[];
}

export interface ResolvedPort {
  /** The Service's port number; null when it cannot be known. */
  readonly port: number | null;
  readonly problem: BackendProblem | null;
  /** What the written port was found as; null when it was not found in a Service. */
  readonly foundAs: 'port' | 'name' | 'target-port' | null;
}

export interface PortLookup {
  /** Some controllers also take the targetPort, by number or name, for the port. */
  readonly targetPorts: boolean;
}

/**
 * The port number of the Service that a backend means. A number needs no Service; a name does, and without it only
 * `http` and `https` are taken for the ports everybody gives these names.
 */
export function resolvePort(
  written: Omit<WrittenBackend, 'entries'>,
  estate: Pick<Estate, 'serviceByName'>,
  lookup: PortLookup,
): ResolvedPort {
  if (typeof written.port === 'number' && !isPort(written.port)) return { port: null, problem: 'no-such-port', foundAs: null };
  const service = estate.serviceByName.get(`${written.namespace}/${written.service}`);
  if (service === undefined) return withoutService(written.port);
  const found = portOf(service, written.port, lookup);
  if (service.type === 'ExternalName') {
    const port = found?.port ?? (typeof written.port === 'number' ? written.port : null);
    return { port, problem: 'external-name', foundAs: found?.foundAs ?? null };
  }
  return found === null ? { port: null, problem: 'no-such-port', foundAs: null } : { ...found, problem: null };
}

/** A backend of the routing table with its port looked up. */
export function resolveBackend(written: WrittenBackend, estate: Pick<Estate, 'serviceByName'>, lookup: PortLookup, weight = 1): Backend {
  const { port, problem } = resolvePort(written, estate, lookup);
  const { namespace, service, entries } = written;
  return { namespace, service, port, written: String(written.port ?? ''), weight, problem, entries };
}

/** No Service has any other. */
function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}

function withoutService(port: number | string | null): ResolvedPort {
  if (typeof port === 'number') return { port, problem: null, foundAs: null };
  const wellKnown = port === null ? undefined : WELL_KNOWN.get(port);
  if (wellKnown === undefined) return { port: null, problem: 'service-not-in-input', foundAs: null };
  return { port: wellKnown, problem: 'assumed-port', foundAs: null };
}

const WELL_KNOWN: ReadonlyMap<string, number> = new Map([
  ['http', 80],
  ['https', 443],
]);

function portOf(
  service: Service,
  written: number | string | null,
  lookup: PortLookup,
): { port: number; foundAs: 'port' | 'name' | 'target-port' } | null {
  const ports = [...service.ports].sort((a, b) => Number(a.protocol !== 'TCP') - Number(b.protocol !== 'TCP'));
  const first = (matches: (port: ServicePort) => boolean) => ports.find(matches)?.port ?? null;
  const own = typeof written === 'number' ? first((port) => port.port === written) : first((port) => port.name === written);
  if (written === null) return null;
  if (own !== null) return { port: own, foundAs: typeof written === 'number' ? 'port' : 'name' };
  const target = lookup.targetPorts ? first((port) => port.targetPort === written) : null;
  return target === null ? null : { port: target, foundAs: 'target-port' };
}
