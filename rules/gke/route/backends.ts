import type { Intent } from '../../../src/intent/intent.ts';
import type { Entry } from '../../../src/model/entry.ts';
import type { IngressBackend } from '../../../src/model/ingress.ts';
import { resolveBackend } from '../../../src/route/backend.ts';
import type { Action } from '../../../src/route/table.ts';
import { protocolPart } from '../app-protocols.ts';
import { type BackendUse, together } from '../backend-config/rule.ts';
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

/** Reads the Service behind a backend; of each Service port what is to be said is said once. */
export class Backends {
  readonly #known = new Map<string, readonly Intent[]>();
  readonly #use: BackendUse;
  readonly #sheet: Sheet;

  constructor(use: BackendUse, sheet: Sheet) {
    this.#use = use;
    this.#sheet = sheet;
  }

  routed(backend: Extract<IngressBackend, { kind: 'service' }>): RoutedBackend {
    const { estate, ingress } = this.#use;
    const written = { namespace: ingress.namespace, service: backend.name, port: backend.port, entries: backend.entries };
    const resolved = resolveBackend(written, estate, { targetPorts: false });
    if (resolved.problem === 'no-such-port') this.#noPort(backend);
    const key = `${backend.name}:${resolved.port ?? backend.port}`;
    const intents = this.#known.get(key) ?? this.#read(backend.name, resolved.port, backend.entries);
    this.#known.set(key, intents);
    return { action: { kind: 'forward', backends: [resolved], rewrite: null }, intents };
  }

  #noPort({ name, port, entries }: Extract<IngressBackend, { kind: 'service' }>): void {
    const { ingress } = this.#use;
    const place = { at: entries.at(-1)?.at ?? ingress.at, ingress };
    this.#sheet.mistakes.push(backendFindings['no-such-port']({ service: `${ingress.namespace}/${name}`, port: String(port) }, place));
  }

  #read(name: string, number: number | null, entries: readonly Entry[]): readonly Intent[] {
    const { estate, ingress } = this.#use;
    const service = estate.serviceByName.get(`${ingress.namespace}/${name}`);
    if (service === undefined) {
      const place = { at: entries[0]?.at ?? ingress.at, ingress };
      this.#sheet.findings.push(backendFindings['not-in-input']({ service: `${ingress.namespace}/${name}` }, place));
      return [];
    }
    const port = service.ports.find((each) => each.port === number) ?? null;
    const made = together([
      negPart(service, this.#use),
      protocolPart(service, port, this.#use),
      backendConfigPart(service, port, this.#use),
      capacityPart(service, this.#use),
    ]);
    this.#sheet.settled.push(...made.settled);
    this.#sheet.findings.push(...made.findings);
    this.#sheet.mistakes.push(...made.mistakes);
    return made.intents;
  }
}
