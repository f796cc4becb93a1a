import { LIMITS } from '../gateway/limits.ts';
import type { Finding } from '../ledger/finding.ts';
import type { Settlement } from '../ledger/outcome.ts';
import type { Entry, IngressRef } from '../model/entry.ts';
import { groupBy } from '../model/group-by.ts';
import { compareText } from '../model/position.ts';
import type { ConvertOptions } from '../options.ts';
import type { RoutingTable } from '../route/table.ts';
import { withAdmission } from './admission.ts';
import { apartFindings, mainOf } from './apart.ts';
import { onExistingGateways } from './existing-gateways.ts';
import { planFindings } from './findings.ts';
import { withoutFleet } from './fleet.ts';
import { unfoldable } from './folding.ts';
import { GATEWAY_NAME } from './gateways.ts';
import { writeGrants } from './grants.ts';
import { infrastructure, namespacesNeeded } from './infrastructure.ts';
import { DEFAULT_GATEWAY_NAMESPACE, type GatewayName, type PlanInput } from './input.ts';
import { withoutInvalidHosts } from './invalid-hosts.ts';
import { withListenerSets } from './listener-sets.ts';
import { shortened, slug, uniquePerNamespace } from './names.ts';
import { byPosition } from './places.ts';
import type { Plan, PlannedObject } from './plan.ts';
import { planTable } from './plan-table.ts';
import { planSecrets } from './secret-copies.ts';
import { copyServices } from './service-copies.ts';
import { serviceExports } from './service-exports.ts';
import { writeServicePolicies } from './service-policies.ts';
import { settle } from './settle.ts';
import { withinLimits } from './within-limits.ts';

/** Routing tables → Gateway API objects: hosts to listeners, rules to routes, references to grants. */
export function makePlan(input: PlanInput): Plan {
  const told = [...input.tables].sort(byVendor).map((table) => withoutFleet(table, input));
  const valid = told.map(({ table }) => withoutInvalidHosts(table, input.target.dialect));
  const checked = valid.map(({ table, statements }, index) => ({ table, statements: [...statements, ...(told[index]?.statements ?? [])] }));
  const tables = checked.map(({ table }) => table).filter((table) => table.hosts.length > 0 || (table.streams ?? []).length > 0);
  const refusedOf = new Map(valid.map(({ table, refused }) => [table, refused]));
  const gateways = gatewayNames(tables, input.options);
  const nameOf = ingressNames(tables);
  const byNamespace = groupBy(gateways, ([, { namespace }]) => namespace);
  const taken = new Map([...byNamespace].map(([namespace, beside]) => [namespace, new Set(beside.map(([, { name }]) => name))]));
  const plans = gateways.map(([table, gateway]) =>
    planTable(table, gateway, { taken: taken.get(gateway.namespace) ?? new Set(), nameOf, refused: refusedOf.get(table) ?? [] }, input),
  );
  const names = uniquePerNamespace(new Map(plans.flatMap((plan) => [...plan.wantedNames])), LIMITS.name);
  const divided = input.target.dialect?.servicePerPort === true ? plans : [];
  const copies = copyServices(
    divided.flatMap((plan) => plan.drafts),
    input.estate,
  );
  const everyName = new Map([...names, ...copies.names]);
  const written = plans.map((plan) => plan.write(everyName));
  const grants = writeGrants(
    written.flatMap((result) => result.references),
    input.options.release,
  );
  const services = writeServicePolicies(
    written.flatMap((result) => result.users),
    copies.names,
  );
  const { objects, findings } = onceEach([
    ...written.flatMap((result) => result.objects),
    ...grants,
    ...copies.objects,
    ...serviceExports(
      plans.flatMap((plan) => plan.drafts),
      copies.names,
    ),
    ...services.objects,
  ]);
  const settled = written.flatMap((result) => result.settled);
  const refused = checked.flatMap(({ statements }) => statements.map((statement) => ({ statement, object: null, base: '' })));
  const all = [...settled, ...settle(refused, new Set(settled.map(({ entry }) => entry)))];
  const plan: Plan = {
    objects: [...infrastructure(objects, input), ...objects],
    settled: [...all, ...leftOver(input, new Set(all.map(({ entry }) => entry)))],
    findings: [
      ...told.flatMap((each) => each.findings),
      // An entry of several hosts ends with the finding of one.
      ...checked.flatMap(({ statements }) => statements.flatMap(({ finding }) => finding ?? [])),
      ...written.flatMap((result) => result.findings),
      ...findings,
      ...services.findings,
      ...apartFindings(gateways, input.options),
      ...unfoldable(tables, input.options),
      ...namespacesNeeded(objects, input),
    ],
    withheld: written.flatMap((result) => result.withheld),
    secrets: planSecrets(
      written.flatMap((result) => result.secrets),
      input.estate,
    ),
  };
  const { plan: used, theirs } = onExistingGateways(plan, input.estate);
  const { release, listeners, allowedRoutes } = input.options;
  const { dialect, title } = input.target;
  const placed = listeners === 'listenerset' ? withListenerSets(used, { release, dialect, target: title, theirs }) : used;
  const admitted = withAdmission(withinLimits(placed, theirs, input.estate), allowedRoutes, input.estate, theirs);
  return { ...admitted, objects: byRole(admitted.objects) };
}

function byVendor(a: RoutingTable, b: RoutingTable): number {
  return compareText(a.vendor, b.vendor) || compareText(a.loadBalancer.name, b.loadBalancer.name);
}

/** Metadata and classes of Ingresses of which nothing was written still end somewhere. */
function leftOver(input: PlanInput, done: ReadonlySet<Entry>): readonly Settlement[] {
  const inTables = new Set(input.tables.flatMap((table) => table.loadBalancer.ingresses));
  const serving = new Set(input.tables.flatMap((table) => table.hosts.flatMap((host) => host.rules.map((rule) => rule.ingress))));
  const classes = [...input.classEntries].flatMap(([ref, entries]) => (inTables.has(ref) ? entries.map((entry) => ({ entry, ref })) : []));
  const left = [...input.metadata.map(({ entry, ingress: ref }) => ({ entry, ref })), ...classes].filter(({ entry }) => !done.has(entry));
  return left.map(({ entry, ref }): Settlement => {
    const place = { at: entry.at, ingress: ref };
    // An Ingress that the controller took nothing from loses nothing.
    return serving.has(ref)
      ? { entry, outcome: 'manual', finding: planFindings['nothing-written']({ name: entry.name }, place), wrote: [] }
      : { entry, outcome: 'inert', finding: planFindings.unused({}, place), wrote: [] };
  });
}

/** Names an Ingress the same wherever it stands in its file, unless two share a name. */
function ingressNames(tables: readonly RoutingTable[]): (ref: IngressRef) => string {
  const refs = new Set(tables.flatMap((table) => table.hosts.flatMap((host) => host.rules.map((rule) => rule.ingress))));
  const count = new Map<string, number>();
  for (const { namespace, name } of refs) count.set(`${namespace}/${name}`, (count.get(`${namespace}/${name}`) ?? 0) + 1);
  return ({ namespace, name, at }) => `${namespace}/${name}${(count.get(`${namespace}/${name}`) ?? 0) > 1 ? `@${at.file}:${at.line}` : ''}`;
}

/** One Gateway per load balancer. Names are kept short: implementations derive Service names from them. */
function gatewayNames(tables: readonly RoutingTable[], options: ConvertOptions): readonly (readonly [RoutingTable, GatewayName])[] {
  const identity = ({ vendor, loadBalancer }: RoutingTable) => `${vendor}/${loadBalancer.namespace ?? ''}/${loadBalancer.name}`;
  const { gateway } = options;
  const main = mainOf(tables);
  const nameOf = (table: RoutingTable): string => {
    const { name } = table.loadBalancer;
    if (gateway?.kind !== 'named') return shortened(startWithLetter(slug(name)), GATEWAY_NAME);
    // What cannot share it is called after it.
    return table === main ? gateway.name : shortened(startWithLetter(slug(`${gateway.name}-${name}`)), GATEWAY_NAME);
  };
  const names = uniquePerNamespace(
    new Map(tables.map((table) => [identity(table), `${gatewayNamespace(table, options)}/${nameOf(table)}`])),
    GATEWAY_NAME,
  );
  return tables.map((table) => [table, { name: names.get(identity(table)) ?? 'gateway', namespace: gatewayNamespace(table, options) }]);
}

function gatewayNamespace({ loadBalancer }: RoutingTable, options: ConvertOptions): string {
  const [only, ...others] = new Set(loadBalancer.ingresses.map((ingress) => ingress.namespace));
  const shared = only !== undefined && others.length === 0 ? only : DEFAULT_GATEWAY_NAMESPACE;
  if (options.gateway?.kind === 'named') return options.gateway.namespace;
  return loadBalancer.namespace ?? options.gatewayNamespace ?? shared;
}

/** Gateway names become label values and Service names: RFC 1035 labels. */
function startWithLetter(name: string): string {
  return /^[a-z]/.test(name) ? name : `gw-${name}`;
}

/** Objects that belong to a Service come from every rule that uses it: written once, with all their origins. */
function onceEach(objects: readonly PlannedObject[]): {
  readonly objects: readonly PlannedObject[];
  readonly findings: readonly Finding[];
} {
  const byName = new Map<string, PlannedObject>();
  const findings = new Map<string, Finding>();
  for (const planned of objects) {
    const { kind, metadata } = planned.object;
    const key = `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
    const known = byName.get(key);
    byName.set(key, known === undefined ? planned : { ...known, origin: byPosition([...known.origin, ...planned.origin]) });
    if (known === undefined || JSON.stringify(known.object) === JSON.stringify(planned.object)) continue;
    const [ingress = null] = planned.origin;
    const args = { kind, name: `${metadata.namespace ?? ''}/${metadata.name}` };
    findings.set(key, planFindings['policy-conflict'](args, { at: ingress?.at ?? null, ingress }));
  }
  return { objects: [...byName.values()], findings: [...findings.values()] };
}

const ROLES = ['infrastructure', 'gateways', 'routes'] as const;

function byRole(objects: readonly PlannedObject[]): readonly PlannedObject[] {
  const key = ({ object, role }: PlannedObject) =>
    [String(ROLES.indexOf(role)), object.metadata.namespace ?? '', object.kind, object.metadata.name].join('\u0000');
  return objects
    .map((planned) => ({ planned, key: key(planned) }))
    .sort((a, b) => compareText(a.key, b.key))
    .map(({ planned }) => planned);
}
