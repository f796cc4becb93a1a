import type { Intent } from '../../../src/intent/intent.ts';
import { isProtection, protectionText } from '../../../src/intent/protection.ts';
import type { Estate } from '../../../src/model/estate.ts';
import { groupBy } from '../../../src/model/group-by.ts';
import type { IngressBackend } from '../../../src/model/ingress.ts';
import type { Service } from '../../../src/model/objects.ts';
import { resolveBackend } from '../../../src/route/backend.ts';
import type { Action } from '../../../src/route/table.ts';
import { protocolPart } from '../app-protocols.ts';
import { type BackendPart, type BackendUse, together } from '../backend-config/rule.ts';
import { backendConfigPart } from '../backend-config-reference.ts';
import { capacityPart } from '../capacity.ts';
import { negPart } from '../neg.ts';
import type { Sheet } from './books.ts';
import { backendFindings } from './findings.ts';

/** A backend of the manifest with everything that governs it. */
export interface RoutedBackend {
  readonly action: Action;
  readonly intents: readonly Intent[];
}

const BY_NAME = new WeakMap<Estate, ReadonlyMap<string, readonly Service[]>>();

function servicesByName(estate: Estate): ReadonlyMap<string, readonly Service[]> {
  const known = BY_NAME.get(estate) ?? groupBy(estate.services, ({ ref }) => `${ref.namespace}/${ref.name}`);
  BY_NAME.set(estate, known);
  return known;
}

/** Reads the Service behind a backend; of each Service port what is to be said is said once. */
export class Backends {
  readonly #known = new Map<string, readonly Intent[]>();
  readonly #use: BackendUse;
  readonly #sheet: Sheet;
  readonly #isFleet: boolean;

  /** `isFleet`: the Services are those of several clusters. */
  constructor(use: BackendUse, sheet: Sheet, isFleet: boolean) {
    this.#isFleet = isFleet;
    this.#use = use;
    this.#sheet = sheet;
  }

  routed(backend: Extract<IngressBackend, { kind: 'service' }>): RoutedBackend {
    const { ingress } = this.#use;
    const [service, ...others] = this.#definitions(backend);
    const written = { namespace: ingress.namespace, service: backend.name, port: backend.port, entries: backend.entries };
    const serviceByName = new Map(service === undefined ? [] : [[`${ingress.namespace}/${backend.name}`, service]]);
    const resolved = resolveBackend(written, { serviceByName }, { targetPorts: false });
    if (resolved.problem === 'no-such-port') this.#noPort(backend);
    const key = `${backend.name}:${resolved.port ?? backend.port}`;
    const intents = this.#known.get(key) ?? this.#read(backend, resolved.port, service, others);
    this.#known.set(key, intents);
    const routed = this.#isFleet ? { ...resolved, fleet: { service: service ?? null } } : resolved;
    return { action: { kind: 'forward', backends: [routed], rewrite: null }, intents };
  }

  /** Several files may define a Service: that of the Ingress's own file is meant, else any, first those that have the port. */
  #definitions({ name, port }: Extract<IngressBackend, { kind: 'service' }>): readonly Service[] {
    const { estate, ingress } = this.#use;
    const rank = (service: Service) =>
      Number(service.at.file !== ingress.at.file) * 2 + Number(!service.ports.some((each) => each.port === port || each.name === port));
    const all = (servicesByName(estate).get(`${ingress.namespace}/${name}`) ?? []).toSorted((a, b) => rank(a) - rank(b));
    return all[0]?.at.file === ingress.at.file ? all.slice(0, 1) : all;
  }

  #noPort({ name, port, entries }: Extract<IngressBackend, { kind: 'service' }>): void {
    const { ingress } = this.#use;
    const place = { at: entries.at(-1)?.at ?? ingress.at, ingress };
    this.#sheet.mistakes.push(backendFindings['no-such-port']({ service: `${ingress.namespace}/${name}`, port: String(port) }, place));
  }

  #read(
    { name, entries }: Extract<IngressBackend, { kind: 'service' }>,
    number: number | null,
    service: Service | undefined,
    others: readonly Service[],
  ): readonly Intent[] {
    const { ingress } = this.#use;
    const place = { at: entries[0]?.at ?? ingress.at, ingress };
    const args = { kind: this.#isFleet ? 'MultiClusterService' : 'Service', service: `${ingress.namespace}/${name}` };
    if (service === undefined) {
      this.#sheet.findings.push(backendFindings['not-in-input'](args, place));
      return [];
    }
    const made = this.#parts(service, number);
    this.#sheet.settled.push(...made.settled);
    this.#sheet.findings.push(...made.findings);
    this.#sheet.mistakes.push(...made.mistakes);
    const own = new Set(made.intents.filter(isProtection).map(protectionText));
    const more = others
      .flatMap((other) => this.#parts(other, number).intents)
      .filter((intent) => isProtection(intent) && !own.has(protectionText(intent)));
    if (more.length > 0) this.#sheet.findings.push(backendFindings['defined-twice'](args, place));
    return [...made.intents, ...more];
  }

  #parts(service: Service, number: number | null): Required<BackendPart> {
    const port = service.ports.find((each) => each.port === number) ?? null;
    return together([
      negPart(service, this.#use),
      protocolPart(service, port, this.#use),
      backendConfigPart(service, port, this.#use),
      capacityPart(service, this.#use),
    ]);
  }
}
