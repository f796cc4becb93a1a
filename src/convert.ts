import { packFor, toolRuleFor } from '../rules/index.ts';
import type { HTTPRoute, HTTPRouteFilter, HTTPRouteRule, OutputObject } from './gateway/types.ts';
import type { ObjectMetadata } from './intent/metadata.ts';
import type { Finding } from './ledger/finding.ts';
import { balance, type IngressStatus, type Ledger, type LedgerEntry } from './ledger/ledger.ts';
import type { Settlement } from './ledger/outcome.ts';
import type { Entry, IngressRef } from './model/entry.ts';
import type { Estate } from './model/estate.ts';
import type { Ingress } from './model/ingress.ts';
import { comparePositions, compareText } from './model/position.ts';
import type { ConvertOptions } from './options.ts';
import { planFindings } from './plan/findings.ts';
import { makePlan } from './plan/make-plan.ts';
import type { Plan } from './plan/plan.ts';
import type { RoutingTable, Vendor } from './route/table.ts';
import { CLASS_ANNOTATION, claim, claimFindings } from './rule/claim.ts';
import { runRules } from './rule/engine.ts';
import type { IngressView } from './rule/pack.ts';
import type { Target } from './targets/contract.ts';
import type { ReadEffects } from './targets/effects.ts';
import { targetNamed } from './targets/index.ts';

/** Everything one run made of an estate. */
export interface Conversion {
  readonly options: ConvertOptions;
  readonly estate: Estate;
  /** What the controllers serve today, one per load balancer. */
  readonly tables: readonly RoutingTable[];
  readonly plan: Plan;
  readonly ledger: Ledger;
  /** How the target's own objects are read back. */
  readonly effects: ReadEffects;
  /** Where the target's implementation ranks patterns among paths. */
  readonly regexPaths: Target['regexPaths'];
}

/** The pipeline: claim → rules → routing tables → plan → ledger. Pure; bad input has become findings before. */
export function convert(estate: Estate, options: ConvertOptions): Conversion {
  const settled: Settlement[] = [];
  const findings: Finding[] = [];
  const metadata: ObjectMetadata[] = [];
  const statuses = new Map<IngressRef, { vendor: string; skipped: Finding | null }>();
  const views = new Map<Vendor, IngressView[]>();
  const skip = (ingress: Ingress, vendor: string, finding: Finding) => {
    statuses.set(ingress.ref, { vendor, skipped: finding });
    for (const entry of entriesOf(ingress)) settled.push({ entry, outcome: 'manual', finding, wrote: [] });
  };
  for (const ingress of estate.ingresses) {
    const owner = claim(ingress, estate, options);
    if (owner.kind === 'unowned') {
      skip(ingress, owner.controller, owner.finding);
      continue;
    }
    const pack = packFor(owner.vendor);
    if (pack === null) {
      skip(ingress, owner.vendor, claimFindings['no-pack']({ vendor: owner.vendor }, { at: ingress.ref.at, ingress: ingress.ref }));
      continue;
    }
    const run = runRules(ingress, owner.className, pack, toolRuleFor, estate, options);
    if (run.refused !== null) {
      skip(ingress, owner.vendor, run.refused);
      continue;
    }
    findings.push(...owner.findings, ...run.findings);
    settled.push(
      ...run.settled,
      ...owner.ignored.map(({ entry, finding }): Settlement => ({ entry, outcome: 'inert', finding, wrote: [] })),
    );
    metadata.push(...run.metadata);
    statuses.set(ingress.ref, { vendor: owner.vendor, skipped: null });
    views.set(owner.vendor, [...(views.get(owner.vendor) ?? []), run.view]);
  }
  const tables: RoutingTable[] = [];
  for (const [vendor, ingresses] of [...views].sort(([a], [b]) => compareText(a, b))) {
    const routed = packFor(vendor)?.route({ estate, options, ingresses });
    tables.push(...(routed?.tables ?? []));
    settled.push(...(routed?.settled ?? []));
    findings.push(...(routed?.findings ?? []));
  }
  const target = targetNamed(options.target);
  const plan = makePlan({ tables, metadata, classEntries: classEntries(estate), estate, target, options });
  const entries = balance(estate.ingresses.flatMap(entriesOf), [...settled, ...plan.settled]);
  const [attention, served] = [needingAttention(entries), servedBy(plan)];
  const ingresses = estate.ingresses.map((ingress) => status(ingress, statuses, plan, attention, served));
  return {
    options,
    estate,
    tables,
    effects: target.effects,
    regexPaths: target.regexPaths,
    plan,
    ledger: { entries, findings: collect([...estate.findings, ...findings, ...plan.findings], entries), ingresses },
  };
}

function entriesOf(ingress: Ingress): readonly Entry[] {
  return [...ingress.annotations, ...ingress.spec];
}

/** The class settings of each Ingress: they end in the Gateway's class. */
function classEntries(estate: Estate): ReadonlyMap<IngressRef, readonly Entry[]> {
  return new Map(
    estate.ingresses.map((ingress) => [
      ingress.ref,
      [
        ...ingress.annotations.filter((entry) => entry.name === CLASS_ANNOTATION),
        ...(ingress.className === null ? [] : [ingress.className.entry]),
      ],
    ]),
  );
}

function status(
  ingress: Ingress,
  statuses: ReadonlyMap<IngressRef, { vendor: string; skipped: Finding | null }>,
  plan: Plan,
  attention: ReadonlyMap<IngressRef, LedgerEntry>,
  served: ReadonlySet<IngressRef>,
): IngressStatus {
  const { vendor, skipped } = statuses.get(ingress.ref) ?? { vendor: 'unknown', skipped: null };
  if (skipped !== null) return { ref: ingress.ref, vendor, status: 'skipped', reason: skipped.message };
  const withheld = plan.withheld.find((rule) => rule.ingress === ingress.ref);
  if (withheld !== undefined)
    return { ref: ingress.ref, vendor, status: served.has(ingress.ref) ? 'partial' : 'withheld', reason: withheld.reason.message };
  const left = attention.get(ingress.ref);
  if (left !== undefined) return { ref: ingress.ref, vendor, status: 'partial', reason: left.finding?.message ?? '' };
  return { ref: ingress.ref, vendor, status: 'converted', reason: '' };
}

/** The first entry of each Ingress that somebody has to look at. Naming the GatewayClass is a matter of the whole run. */
function needingAttention(entries: readonly LedgerEntry[]): ReadonlyMap<IngressRef, LedgerEntry> {
  const first = new Map<IngressRef, LedgerEntry>();
  for (const line of entries) {
    const { outcome, finding } = line;
    const ingress = line.entry.ingress;
    if (ingress === null || first.has(ingress) || finding?.code === planFindings['gateway-class-assumed'].code) continue;
    if (outcome === 'unmapped' || outcome === 'manual' || outcome === 'unknown') first.set(ingress, line);
  }
  return first;
}

/** Ingresses of which some request is still answered by other than an error. */
function servedBy(plan: Plan): ReadonlySet<IngressRef> {
  const answering = plan.objects.filter(({ object }) => object.kind === 'TLSRoute' || (isRoute(object) && object.spec.rules.some(answers)));
  return new Set(answering.flatMap(({ origin }) => origin));
}

/** A redirect to https answers nothing by itself. */
function answers(rule: HTTPRouteRule): boolean {
  const isToHttps = (filter: HTTPRouteFilter) =>
    filter.type === 'RequestRedirect' && filter.requestRedirect.scheme === 'https' && filter.requestRedirect.hostname === undefined;
  return rule.backendRefs !== undefined || (rule.filters ?? []).some((filter) => !isToHttps(filter));
}

function isRoute(object: OutputObject): object is HTTPRoute {
  return object.kind === 'HTTPRoute';
}

/** Findings that stand for themselves and those that entries ended with, each once. */
function collect(findings: readonly Finding[], entries: readonly LedgerEntry[]): readonly Finding[] {
  const fromEntries = entries.flatMap(({ outcome, finding }) => (finding === null || outcome === 'inert' ? [] : [finding]));
  return [...new Set([...findings, ...fromEntries])].sort(
    (a, b) =>
      (a.at === null ? -1 : b.at === null ? 1 : comparePositions(a.at, b.at)) ||
      compareText(a.code, b.code) ||
      compareText(a.message, b.message),
  );
}
