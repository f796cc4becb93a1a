import type { Finding } from '../../src/ledger/finding.ts';
import type { Settlement } from '../../src/ledger/outcome.ts';
import type { Entry } from '../../src/model/entry.ts';
import type { Service, ServicePort } from '../../src/model/objects.ts';
import { serviceFindings as find } from './findings.ts';
import { privateAddresses } from './private-addresses.ts';

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

/** Of load balancers that are reached from inside a network. */
const INSIDE = /internal|private|tailscale/i;

/** Of load balancers of which annotations and addresses say where they are reached from. */
const KNOWN_CLASSES =
  /^(?:service\.k8s\.aws\/nlb|eks\.amazonaws\.com\/nlb|networking\.gke\.io\/l4-regional-external.*|io\.cilium\/(?:bgp-control-plane|l2-announcer)|kube-vip\.io\/kube-vip-class|metallb(?:[./-].*)?)$/;

/** What the spec of a Service of type LoadBalancer says of its load balancer; `isPrivate`: private addresses tell what is internal. */
export function specSettlements({ spec = [], ports, balancers = [] }: Service, service: string, isPrivate: boolean): SpecAnswer {
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
  const families = named(/^spec\.(?:ipFamilyPolicy|ipFamilies\[\d+\])$/);
  const isBoth = families.some(({ value }) => value === 'IPv6' || /DualStack$/.test(value) === true);
  const internal = classes.filter(({ value }) => INSIDE.test(value));
  const strange = classes.filter(({ value }) => !INSIDE.test(value) && !KNOWN_CLASSES.test(value));
  const chosen = isPrivate ? addresses.filter(({ value }) => privateAddresses(value).length > 0) : [];
  // A live Service has its addresses; what it is called stands in for them.
  const given = isPrivate ? balancers.flatMap((text) => privateAddresses(text)) : [];
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
  const inside = (entry: Entry, because: string) => ({
    entry,
    finding: find.internal({ service, because }, { at: entry.at }),
    protection: true,
    because,
  });
  return {
    accounted: [
      ...type,
      ...sources,
      ...addresses,
      ...policies,
      ...affinity,
      ...timeouts,
      ...classes,
      ...families,
      ...tuning,
      ...numbers,
      ...protocols,
    ],
    type,
    ports: known,
    sources: { entries: sources, ranges: sources.map(({ value }) => value.trim()).filter((value) => value !== '') },
    internal: [
      ...[...internal, ...chosen].map((entry) => inside(entry, `${entry.name}: ${entry.value}`)),
      ...strange.map((entry) => {
        const finding = find.class({ service, class: entry.value }, { at: entry.at });
        return { entry, finding, protection: true, because: `${entry.name}: ${entry.value}` };
      }),
      ...(given.length > 0 ? type.map((entry) => inside(entry, `its address is ${given.join(', ')}`)) : []),
    ],
    settled: [
      ...end(
        addresses.filter((entry) => !chosen.includes(entry)),
        'manual',
        ({ name, at }) => find.address({ name }, { at }),
      ),
      ...(isBoth
        ? end(families, 'manual', ({ at }) => find.families({ service, families: 'IPv6' }, { at }))
        : end(families, 'inert', ({ name, at }) => find.default({ name }, { at }))),
      ...policies.flatMap((entry) =>
        entry.value === 'Local'
          ? end([entry], 'manual', ({ at }) => find['client-address']({ service }, { at }))
          : end([entry], 'inert', ({ name, at }) => find.default({ name }, { at })),
      ),
      ...(isSticky
        ? end([...affinity, ...timeouts], 'unmapped', ({ at }) => find.affinity({ service }, { at }))
        : end([...affinity, ...timeouts], 'inert', ({ name, at }) => find.default({ name }, { at }))),
      ...end(
        classes.filter((entry) => !internal.includes(entry) && !strange.includes(entry)),
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
