import type { Finding } from '../ledger/finding.ts';
import type { Settlement } from '../ledger/outcome.ts';
import type { Entry } from '../model/entry.ts';
import { compareText } from '../model/position.ts';
import type { ConvertOptions } from '../options.ts';
import type { RoutingTable } from '../route/table.ts';
import { DEFAULT_GATEWAY_NAMESPACE, type GatewayName, type PlanInput } from './input.ts';
import { withoutInvalidHosts } from './invalid-hosts.ts';
import { fit, slug, uniqueNames } from './names.ts';
import type { Plan, PlannedObject } from './plan.ts';
import { planTable, type TablePlan } from './plan-table.ts';
import { settle } from './settle.ts';

/** Routing tables → Gateway API objects: hosts to listeners, rules to routes, references to grants. */
export function makePlan(input: PlanInput): Plan {
  const checked = input.tables.map(withoutInvalidHosts);
  const tables = checked.map(({ table }) => table).filter((table) => table.hosts.length > 0);
  const names = gatewayNames(tables, input.options);
  const routeNames = new Map<string, string>();
  const plans = tables.map((table) => planTable(table, names.get(table) ?? { name: 'gateway', namespace: 'default' }, input));
  for (const plan of plans) for (const [identity, name] of plan.wantedNames) routeNames.set(identity, name);
  const unique = uniquePerNamespace(routeNames);
  const written = plans.map((plan) => plan.write(unique));
  const objects = onceEach([...namespaces(plans, input), ...written.flatMap((result) => result.objects)]);
  const writtenSettled = written.flatMap((result) => result.settled);
  const refused = checked.flatMap(({ statements }) => statements.map((statement) => ({ statement, object: null, base: '' })));
  const settled: Settlement[] = [...writtenSettled, ...settle(refused, new Set(writtenSettled.map((settlement) => settlement.entry)))];
  const findings: Finding[] = written.flatMap((result) => result.findings);
  return {
    objects: [...objects].sort(byRole),
    settled: [...settled, ...leftOver(input, new Set(settled.map((settlement) => settlement.entry)))],
    findings,
    withheld: written.flatMap((result) => result.withheld),
  };
}

/** Metadata and classes of Ingresses of which nothing was written still end somewhere. */
function leftOver(input: PlanInput, done: ReadonlySet<Entry>): readonly Settlement[] {
  const inTables = new Set(input.tables.flatMap((table) => table.loadBalancer.ingresses));
  const metadata = input.metadata
    .filter((item) => !done.has(item.entry))
    .map((item): Settlement => ({ entry: item.entry, outcome: item.outcome, finding: item.finding, wrote: [] }));
  const classes = [...input.classEntries].flatMap(([ref, entries]) =>
    inTables.has(ref)
      ? entries.filter((entry) => !done.has(entry)).map((entry): Settlement => ({ entry, outcome: 'converted', finding: null, wrote: [] }))
      : [],
  );
  return [...metadata, ...classes];
}

/** One Gateway per load balancer. Names are kept short: implementations derive Service names from them. */
function gatewayNames(tables: readonly RoutingTable[], options: ConvertOptions): ReadonlyMap<RoutingTable, GatewayName> {
  const place = (table: RoutingTable) => {
    const namespaces = [...new Set(table.loadBalancer.ingresses.map((ingress) => ingress.namespace))];
    const [only] = namespaces;
    const shared = namespaces.length === 1 && only !== undefined ? only : DEFAULT_GATEWAY_NAMESPACE;
    return table.loadBalancer.namespace ?? options.gatewayNamespace ?? shared;
  };
  const identity = (table: RoutingTable) => `${place(table)}/${table.vendor}/${table.loadBalancer.name}`;
  const wanted = new Map(
    tables.map((table) => [identity(table), `${place(table)}/${fit(startWithLetter(slug(table.loadBalancer.name)), 40)}`]),
  );
  const unique = uniquePerNamespace(wanted);
  return new Map(tables.map((table) => [table, { name: unique.get(identity(table)) ?? 'gateway', namespace: place(table) }]));
}

/** Gateway names become label values and Service names: RFC 1035 labels. */
function startWithLetter(name: string): string {
  return /^[a-z]/.test(name) ? name : `gw-${name}`;
}

/** `wanted` values are `namespace/name`; the result has the bare names. */
function uniquePerNamespace(wanted: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const byNamespace = new Map<string, Map<string, string>>();
  for (const [identity, full] of wanted) {
    const namespace = full.slice(0, full.indexOf('/'));
    const names = byNamespace.get(namespace) ?? new Map<string, string>();
    names.set(identity, full.slice(full.indexOf('/') + 1));
    byNamespace.set(namespace, names);
  }
  return new Map([...byNamespace.values()].flatMap((names) => [...uniqueNames(names, 253)]));
}

/** The Gateways' own namespace, when nothing in the input has it: applying into a namespace that is not there fails. */
function namespaces(plans: readonly TablePlan[], input: PlanInput): readonly PlannedObject[] {
  const known = new Set([
    ...input.estate.namespaces.map((namespace) => namespace.ref.name),
    ...input.estate.ingresses.map((ingress) => ingress.ref.namespace),
  ]);
  const needed = plans.filter((plan) => plan.gateway.namespace === DEFAULT_GATEWAY_NAMESPACE && !known.has(DEFAULT_GATEWAY_NAMESPACE));
  if (needed.length === 0) return [];
  return [
    {
      object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: DEFAULT_GATEWAY_NAMESPACE } },
      role: 'infrastructure',
      origin: [],
      notes: ['home of the Gateways that serve several namespaces; --gateway-namespace chooses another'],
    },
  ];
}

/** Objects that belong to a Service come from every rule that uses it: written once, with all their origins. */
function onceEach(objects: readonly PlannedObject[]): readonly PlannedObject[] {
  const byName = new Map<string, PlannedObject>();
  for (const planned of objects) {
    const { kind, metadata } = planned.object;
    const key = `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
    const known = byName.get(key);
    byName.set(key, known === undefined ? planned : { ...known, origin: [...new Set([...known.origin, ...planned.origin])] });
  }
  return [...byName.values()];
}

const ROLES = ['infrastructure', 'gateways', 'routes'] as const;

function byRole(a: PlannedObject, b: PlannedObject): number {
  const key = ({ object, role }: PlannedObject) =>
    [String(ROLES.indexOf(role)), object.metadata.namespace ?? '', object.kind, object.metadata.name].join('\u0000');
  return compareText(key(a), key(b));
}
