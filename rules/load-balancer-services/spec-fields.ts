import type { Finding } from '../../src/ledger/finding.ts';
import type { Settlement } from '../../src/ledger/outcome.ts';
import type { Entry } from '../../src/model/entry.ts';
import type { Service, ServicePort } from '../../src/model/objects.ts';
import { serviceFindings as find } from './findings.ts';

export interface SpecAnswer {
  /** Every entry that is about the load balancer; others are about the Service, which stays. */
  readonly accounted: readonly Entry[];
  readonly type: readonly Entry[];
  readonly ports: readonly { readonly port: ServicePort; readonly entries: readonly Entry[] }[];
  readonly sources: { readonly entries: readonly Entry[]; readonly ranges: readonly string[] };
  readonly internal: readonly {
    readonly entry: Entry;
    readonly finding: Finding;
    readonly protection: boolean;
    readonly because: string;
  }[];
  readonly settled: readonly Settlement[];
}

/** What the spec of a Service of type LoadBalancer says of its load balancer. */
export function specSettlements({ spec = [], ports }: Service, service: string): SpecAnswer {
  const named = (pattern: RegExp) => spec.filter((entry) => pattern.test(entry.name));
  const end = (entries: readonly Entry[], outcome: Settlement['outcome'], finding: (entry: Entry) => Finding) =>
    entries.map((entry): Settlement => ({ entry, outcome, finding: finding(entry), wrote: [] }));
  const type = named(/^spec\.type$/);
  const sources = named(/^spec\.loadBalancerSourceRanges\[\d+\]$/);
  const addresses = named(/^spec\.loadBalancerIP$/);
  const policies = named(/^spec\.externalTrafficPolicy$/);
  const affinity = named(/^spec\.sessionAffinity$/);
  const timeouts = named(/^spec\.sessionAffinityConfig\b/);
  const classes = named(/^spec\.loadBalancerClass$/);
  const tuning = named(/^spec\.(?:allocateLoadBalancerNodePorts|healthCheckNodePort)$/);
  const numbers = named(/^spec\.ports\[\d+\]\.port$/);
  const protocols = named(/^spec\.ports\[\d+\]\.protocol$/);
  const internal = classes.filter(({ value }) => /internal/i.test(value));
  const read = numbers.map((entry) => ({ entry, port: ports.find(({ port }) => String(port) === entry.value) }));
  const isSticky = affinity.some(({ value }) => value === 'ClientIP');
  // Several ports may have one number, told apart by protocol: by place in the list, where all of them could be read.
  const inOrder = numbers.length === ports.length;
  const known = read.flatMap(({ entry, port: found }, index) => {
    const port = inOrder ? ports[index] : found;
    const beside = protocols.filter(({ name }) => name === entry.name.replace(/port$/, 'protocol'));
    const isPort = port !== undefined && Number.isInteger(port.port) && port.port >= 1 && port.port <= 65_535;
    return isPort ? [{ port, entries: [entry, ...beside] }] : [];
  });
  const taken = new Set(known.flatMap(({ entries }) => entries));
  return {
    accounted: [...type, ...sources, ...addresses, ...policies, ...affinity, ...timeouts, ...classes, ...tuning, ...numbers, ...protocols],
    type,
    ports: known,
    sources: { entries: sources, ranges: sources.map(({ value }) => value.trim()).filter((value) => value !== '') },
    internal: internal.map((entry) => {
      const because = `spec.loadBalancerClass: ${entry.value}`;
      return { entry, finding: find.internal({ service, because }, { at: entry.at }), protection: true, because };
    }),
    settled: [
      ...end(addresses, 'manual', ({ name, at }) => find.address({ name }, { at })),
      ...policies.flatMap((entry) =>
        entry.value === 'Local'
          ? end([entry], 'manual', ({ at }) => find['client-address']({ service }, { at }))
          : end([entry], 'inert', ({ name, at }) => find.default({ name }, { at })),
      ),
      ...(isSticky
        ? end([...affinity, ...timeouts], 'unmapped', ({ at }) => find.affinity({ service }, { at }))
        : end([...affinity, ...timeouts], 'inert', ({ name, at }) => find.default({ name }, { at }))),
      ...end(
        classes.filter((entry) => !internal.includes(entry)),
        'inert',
        ({ name, at }) => find.elsewhere({ name }, { at }),
      ),
      ...end(tuning, 'inert', ({ name, at }) => find.elsewhere({ name }, { at })),
      ...end(
        [...numbers, ...protocols].filter((entry) => !taken.has(entry)),
        'manual',
        ({ name, at }) => find.refused({ field: name }, { at }),
      ),
    ],
  };
}
