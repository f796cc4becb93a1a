import type { Estate } from '../model/estate.ts';
import type { Service } from '../model/objects.ts';
import { compareText } from '../model/position.ts';
import type { DraftBackend, DraftRule } from './draft.ts';
import { shortHash } from './names.ts';
import { byPosition } from './places.ts';
import type { PlannedObject } from './plan.ts';
import { policyParts } from './policies.ts';

/** Copies of Services with one port each, where policies of a Service would have to differ by port. */
export interface ServiceCopies {
  /** `copyKey` of the Service and port → the name of the copy. */
  readonly names: ReadonlyMap<string, string>;
  readonly objects: readonly PlannedObject[];
}

export function copyKey({ namespace, name, port }: Pick<DraftBackend, 'namespace' | 'name' | 'port'>): string {
  return `service ${namespace}/${name}:${port}`;
}

/** A policy holds for all of a Service. Where the rules ask for different ones by port, each port that asks for any gets a copy. */
export function copyServices(drafts: readonly DraftRule[], estate: Estate): ServiceCopies {
  const ports = new Map<string, { readonly backend: DraftBackend; readonly rules: DraftRule[] }>();
  for (const rule of drafts) {
    for (const backend of rule.backends) {
      const known = ports.get(copyKey(backend));
      if (known === undefined) ports.set(copyKey(backend), { backend, rules: [rule] });
      else known.rules.push(rule);
    }
  }
  const names = new Map<string, string>();
  const objects: PlannedObject[] = [];
  for (const [key, { backend, rules }] of [...ports].sort(([a], [b]) => compareText(a, b))) {
    const wanted = wishes(backend, rules);
    const beside = [...ports.values()].filter(({ backend: other }) => other.namespace === backend.namespace && other.name === backend.name);
    const differs = beside.some((other) => wishes(other.backend, other.rules) !== wanted);
    const service = estate.serviceByName.get(`${backend.namespace}/${backend.name}`);
    // Pods of other clusters are behind no copy of a Service of this one.
    const isElsewhere = backend.imported !== undefined && backend.exportedBy === undefined;
    // Without a selector somebody keeps the endpoints by hand, and a copy would have none.
    const isCopied = service !== undefined && Object.keys(service.selector).length > 0 && !isElsewhere;
    if (!differs || wanted === '[]' || !isCopied) continue;
    const name = freeName(backend, service, estate);
    names.set(key, name);
    objects.push({
      object: copyOf(service, backend, name, rules),
      role: 'routes',
      origin: byPosition(rules.map(({ ingress }) => ingress)),
      notes: [`port ${backend.port} of Service ${backend.name}, for policies of its own`],
    });
  }
  return { names, objects };
}

/** What is asked for one port, as text. */
function wishes({ namespace, name, port }: DraftBackend, rules: readonly DraftRule[]): string {
  const parts = rules
    .flatMap((rule) => policyParts(rule, 'service'))
    .filter(({ on }) => on.namespace === namespace && on.service === name && (on.port ?? port) === port);
  return JSON.stringify([...new Set(parts.map(({ policy, spec }) => `${policy.kind} ${JSON.stringify(spec)}`))].sort(compareText));
}

function freeName({ namespace, name, port }: DraftBackend, service: Service, { serviceByName }: Estate): string {
  const wanted = `${name.slice(0, 57)}-${port}`;
  const found = serviceByName.get(`${namespace}/${wanted}`);
  return found === undefined || (port !== null && isCopy(found, service, port)) ? wanted : `${name.slice(0, 54)}-${shortHash(wanted)}`;
}

/** What an earlier run wrote may be in the cluster that is read. */
function isCopy({ selector, ports }: Service, of: Service, port: number): boolean {
  const [own, ...others] = ports;
  const source = of.ports.find((each) => each.port === port);
  const labels = (each: Service['selector']) => JSON.stringify(Object.entries(each).sort(([a], [b]) => compareText(a, b)));
  return (
    own?.port === port &&
    others.length === 0 &&
    (own.targetPort ?? port) === (source?.targetPort ?? port) &&
    labels(selector) === labels(of.selector)
  );
}

function copyOf(
  service: Service,
  { namespace, name, port }: DraftBackend,
  copy: string,
  rules: readonly DraftRule[],
): PlannedObject['object'] {
  const own = service.ports.find((each) => each.port === port);
  const told = rules
    .flatMap((rule) => rule.parts.flatMap(({ appProtocols = [] }) => appProtocols))
    .find((each) => each.namespace === namespace && each.service === name && each.port === port);
  const protocol = told?.protocol ?? own?.appProtocol ?? null;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: copy, namespace },
    spec: {
      selector: { ...service.selector },
      ports: [
        {
          ...(own?.name == null ? {} : { name: own.name }),
          port,
          targetPort: own?.targetPort ?? port,
          ...(protocol === null ? {} : { appProtocol: protocol }),
        },
      ],
    },
  };
}
