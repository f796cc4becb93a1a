import type { Finding } from '../../src/ledger/finding.ts';
import type { Settlement } from '../../src/ledger/outcome.ts';
import type { Entry } from '../../src/model/entry.ts';
import type { Estate } from '../../src/model/estate.ts';
import type { Service, ServicePort } from '../../src/model/objects.ts';
import type { ConvertOptions } from '../../src/options.ts';
import type { Backend, RoutingTable, Stream } from '../../src/route/table.ts';
import { annotationAnswer } from './annotations.ts';
import { serviceFindings as find } from './findings.ts';
import { inFrontOf } from './in-front-of.ts';
import { privateAddressesTell } from './private-addresses.ts';
import { specSettlements } from './spec-fields.ts';

export interface ServicesAnswer {
  readonly tables: readonly RoutingTable[];
  readonly settled: readonly Settlement[];
  readonly findings: readonly Finding[];
  readonly satellites: readonly Entry[];
}

/** Services of type LoadBalancer as ports of one load balancer, which is that of Ingresses where there is one for all of them. */
export function withLoadBalancerServices(tables: readonly RoutingTable[], estate: Estate, options: ConvertOptions): ServicesAnswer {
  const parts = options.loadBalancerServices ? estate.services.filter(({ type }) => type === 'LoadBalancer') : [];
  const isPrivate = parts.length > 0 && privateAddressesTell(estate);
  const answers = parts.map((service) => answerFor(service, estate, options, isPrivate));
  return {
    tables: withStreams(
      tables,
      answers.flatMap(({ streams }) => streams),
    ),
    settled: answers.flatMap(({ settled }) => settled),
    findings: answers.flatMap(({ findings }) => findings),
    satellites: answers.flatMap(({ satellites }) => satellites),
  };
}

/** Whether the input has anything for them. */
export function hasLoadBalancerServices(estate: Estate): boolean {
  return estate.services.some((service) => service.type === 'LoadBalancer' && inFrontOf(service, estate) === null);
}

interface ServiceAnswer {
  readonly streams: readonly Stream[];
  readonly settled: readonly Settlement[];
  readonly findings: readonly Finding[];
  readonly satellites: readonly Entry[];
}

function answerFor(service: Service, estate: Estate, { onSecurityLoss }: ConvertOptions, isPrivate: boolean): ServiceAnswer {
  const name = `${service.ref.namespace}/${service.ref.name}`;
  const what = inFrontOf(service, estate);
  if (what !== null)
    return { streams: [], settled: [], satellites: [], findings: [find.controller({ service: name, what }, { at: service.at })] };
  const spec = specSettlements(service, name, isPrivate);
  const answers = service.annotations.map((entry) => annotationAnswer(entry, name, isPrivate));
  const own = answers.flatMap((answer) => (answer.kind === 'settled' ? [answer.settlement] : []));
  const listed = answers.flatMap((answer) => (answer.kind === 'sources' ? [answer] : []));
  // The field counts where both are there (`GetLoadBalancerSourceRanges`).
  const counted = spec.sources.ranges.length > 0 ? [spec.sources] : listed.map(({ entry, ranges }) => ({ entries: [entry], ranges }));
  const idle = spec.sources.ranges.length > 0 ? listed.map(({ entry }) => entry) : [];
  const ranges = counted.flatMap((each) => each.ranges);
  const sourceEntries = counted.flatMap((each) => each.entries);
  const isOpen = ranges.includes('0.0.0.0/0') || ranges.length === 0;
  const withheld = [
    ...answers.flatMap((answer) => (answer.kind === 'withholds' ? [answer] : [])),
    ...spec.internal,
    ...defaultScheme(service, name),
  ];
  const blocking = withheld.filter(({ protection }) => !protection || onSecurityLoss === 'withhold');
  const opened = withheld.filter((each) => !blocking.includes(each));
  const [first] = blocking;
  const end = (entries: readonly Entry[], outcome: Settlement['outcome'], finding: Finding) =>
    entries.map((entry): Settlement => ({ entry, outcome, finding, wrote: [] }));
  const satellites = [...service.annotations, ...spec.accounted];
  const settled = [
    ...own,
    ...spec.settled,
    ...blocking.flatMap(({ entry, finding }) => end([entry], 'manual', finding)),
    ...opened.flatMap(({ entry, because: lost }) =>
      end([entry], 'unmapped', find.opened({ service: name, because: lost }, { at: entry.at })),
    ),
    ...end(idle, 'inert', find.default({ name: 'the annotation' }, { at: service.at })),
    ...(isOpen ? end(sourceEntries, 'inert', find.everybody({}, { at: service.at })) : []),
  ];
  if (first !== undefined) {
    const left = [...spec.type, ...spec.ports.flatMap(({ entries }) => entries), ...(isOpen ? [] : sourceEntries)];
    const told = new Set(blocking.map(({ entry }) => entry));
    return {
      streams: [],
      findings: [],
      satellites,
      settled: [
        ...settled,
        ...end(
          left.filter((entry) => !told.has(entry)),
          'manual',
          first.finding,
        ),
      ],
    };
  }
  const streams: Stream[] = [];
  for (const { port, entries } of spec.ports) {
    const { protocol } = port;
    if (protocol !== 'TCP' && protocol !== 'UDP') {
      settled.push(...end(entries, 'unmapped', find.protocol({ protocol, port: port.port }, { at: entries[0]?.at ?? service.at })));
      continue;
    }
    const backend = backendOf(service, port, [...entries, ...spec.type]);
    const loadBalancer = isOpen ? { sourceRanges: [], entries: [] } : { sourceRanges: ranges, entries: sourceEntries };
    streams.push({ protocol, port: port.port, backend, loadBalancer });
  }
  if (streams.length === 0)
    settled.push(
      ...end([...spec.type, ...(isOpen ? [] : sourceEntries)], 'inert', find.elsewhere({ name: 'spec.type' }, { at: service.at })),
    );
  return { streams, settled, findings: [], satellites };
}

function backendOf({ ref }: Service, { port }: ServicePort, entries: readonly Entry[]): Backend {
  return { namespace: ref.namespace, service: ref.name, port, written: String(port), weight: 1, problem: null, entries };
}

/**
 * The AWS Load Balancer Controller and EKS in auto mode make internal load balancers of Services that do not say otherwise; the in-tree
 * provider public ones. The controller's webhook takes new Services over, which files do not show: what only it reads shows it.
 */
function defaultScheme(service: Service, name: string) {
  const prefix = 'service.beta.kubernetes.io/aws-load-balancer-';
  const annotation = (key: string) => service.annotations.find((entry) => entry.name === prefix + key);
  const kind = annotation('type');
  const balancerClass = (service.spec ?? []).find((entry) => entry.name === 'spec.loadBalancerClass');
  const only = kind === undefined ? ONLY_CONTROLLER.flatMap((key) => annotation(key) ?? [])[0] : undefined;
  const sign =
    kind !== undefined && ['external', 'nlb-ip'].includes(kind.value)
      ? kind
      : balancerClass !== undefined && ['service.k8s.aws/nlb', 'eks.amazonaws.com/nlb'].includes(balancerClass.value)
        ? balancerClass
        : (only ?? null);
  const said = annotation('scheme') ?? annotation('internal');
  if (sign === null || said !== undefined) return [];
  const because = 'the AWS Load Balancer Controller makes it so without aws-load-balancer-scheme: internet-facing';
  return [{ entry: sign, finding: find.internal({ service: name, because }, { at: sign.at }), protection: true, because }];
}

const ONLY_CONTROLLER: readonly string[] = [
  'nlb-target-type',
  'name',
  'ip-address-type',
  'attributes',
  'listener-attributes',
  'ipv6-addresses',
  'healthcheck-success-codes',
  'manage-backend-security-group-rules',
];

/** The load balancer of ingress-nginx with its own ports, else the first that belongs to no namespace by nature, else one of their own. */
function withStreams(tables: readonly RoutingTable[], streams: readonly Stream[]): readonly RoutingTable[] {
  if (streams.length === 0) return tables;
  const shared = tables.filter(
    ({ loadBalancer }) => loadBalancer.namespace === null && loadBalancer.fleet === undefined && (loadBalancer.intents ?? []).length === 0,
  );
  const own =
    shared.find((table) => (table.streams ?? []).length > 0) ??
    shared.find(({ vendor, loadBalancer }) => vendor === 'nginx' && loadBalancer.className === 'nginx') ??
    shared[0];
  if (own !== undefined)
    return tables.map((table) => (table === own ? { ...table, streams: [...(table.streams ?? []), ...streams] } : table));
  const loadBalancer = { name: 'load-balancer-services', namespace: null, className: null, ingresses: [] };
  return [...tables, { vendor: 'kubernetes', loadBalancer, hosts: [], streams }];
}
