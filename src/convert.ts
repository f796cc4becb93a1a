import { hasLoadBalancerServices, packFor, packs, toolRuleFor, withLoadBalancerServices } from '../rules/index.ts';
import { lackingFeatures } from './gateway/features.ts';
import type { GRPCRoute, HTTPRoute, HTTPRouteFilter, HTTPRouteRule, OutputObject } from './gateway/types.ts';
import type { ObjectMetadata } from './intent/metadata.ts';
import type { Finding } from './ledger/finding.ts';
import { balance, type IngressStatus, type Ledger, type LedgerEntry } from './ledger/ledger.ts';
import type { Settlement } from './ledger/outcome.ts';
import type { Entry, IngressRef } from './model/entry.ts';
import type { Estate } from './model/estate.ts';
import type { Ingress } from './model/ingress.ts';
import { comparePositions, compareText } from './model/position.ts';
import type { ConvertOptions } from './options.ts';
import { findingsOfDefaults } from './plan/default-findings.ts';
import { planFindings } from './plan/findings.ts';
import { makePlan } from './plan/make-plan.ts';
import type { Plan, WithheldRule } from './plan/plan.ts';
import { laidOut } from './route/layout.ts';
import type { RoutingTable, Vendor } from './route/table.ts';
import { CLASS_ANNOTATION, claim, claimFindings } from './rule/claim.ts';
import { runRules } from './rule/engine.ts';
import type { IngressView } from './rule/pack.ts';
import type { Division } from './rule/rule.ts';
import type { Target } from './targets/contract.ts';
import type { Implementation } from './targets/effects.ts';
import { asServed, releaseFor } from './targets/in-version.ts';
import { targetNamed } from './targets/index.ts';
import { featureFindings, withFeatures } from './targets/with-features.ts';

/** Everything one run made of an estate. */
export interface Conversion {
  /** `release` may be older than what was asked for: a version of the target knows no newer one. */
  readonly options: ConvertOptions;
  readonly estate: Estate;
  /** What the controllers serve today, one for what shares an address from now on. */
  readonly tables: readonly RoutingTable[];
  /** Settings of objects beside the Ingresses that the ledger accounts for. */
  readonly satellites: readonly Entry[];
  readonly plan: Plan;
  readonly ledger: Ledger;
  /** The target's part in what the objects do. */
  readonly implementation: Implementation;
}

/** What an estate means, whatever it is written for. */
export interface Interpretation {
  readonly estate: Estate;
  readonly tables: readonly RoutingTable[];
  readonly satellites: readonly Entry[];
  readonly metadata: readonly ObjectMetadata[];
  readonly settled: readonly Settlement[];
  readonly findings: readonly Finding[];
  readonly divided: readonly Division[];
  readonly statuses: ReadonlyMap<IngressRef, { readonly vendor: string; readonly skipped: Finding | null }>;
}

/** The pipeline: claim → rules → routing tables → plan → ledger. Pure; bad input has become findings before. */
export function convert(input: Estate, options: ConvertOptions): Conversion {
  return convertFor(interpret(input, options), options);
}

/** The part of the pipeline before the target: `options.target` and `options.release` make no difference to it. */
export function interpret(input: Estate, options: ConvertOptions): Interpretation {
  const estate = packs.reduce((read, pack) => pack.normalise?.(read, options) ?? read, input);
  const inheriting = new Map(packs.map((pack) => [pack, pack.inherit?.(estate, options) ?? ((ingress: Ingress) => ingress)]));
  const settled: Settlement[] = [];
  const findings: Finding[] = [];
  const metadata: ObjectMetadata[] = [];
  const divided: Division[] = [];
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
    const governed = inheriting.get(pack)?.(ingress) ?? ingress;
    const run = runRules(governed, owner.className, pack, toolRuleFor, estate, options);
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
    divided.push(...run.divided);
    statuses.set(ingress.ref, { vendor: owner.vendor, skipped: null });
    const beside = views.get(owner.vendor);
    if (beside === undefined) views.set(owner.vendor, [run.view]);
    else beside.push(run.view);
  }
  const routed: RoutingTable[] = [];
  const satellites = new Set<Entry>();
  // Packs without an Ingress too: some controllers serve other kinds as well.
  for (const pack of packs.toSorted((a, b) => compareText(a.vendor, b.vendor))) {
    const answer = pack.route({ estate, options, ingresses: views.get(pack.vendor) ?? [] });
    routed.push(...answer.tables);
    settled.push(...answer.settled);
    findings.push(...answer.findings);
    for (const entry of answer.satellites ?? []) satellites.add(entry);
  }
  const services = withLoadBalancerServices(routed, estate, options);
  settled.push(...services.settled);
  findings.push(...services.findings);
  for (const entry of services.satellites) satellites.add(entry);
  return { estate, tables: services.tables, satellites: [...satellites], metadata, settled, findings, divided, statuses };
}

/** The part from the target on. */
export function convertFor(interpretation: Interpretation, asked: ConvertOptions): Conversion {
  const { estate, satellites, metadata, settled, findings, divided, statuses } = interpretation;
  const tables = laidOut(interpretation.tables, asked.gateway);
  const known = targetNamed(asked.target);
  const { release, findings: ofVersion } = releaseFor(known, asked.release);
  const lacking = asked.features === null ? null : lackingFeatures(asked.features, release);
  const source = asked.features?.source ?? '';
  const target = lacking === null ? known : withFeatures(known, lacking, source);
  const noSets = asked.listeners === 'listenerset' && lacking?.has('ListenerSet') === true;
  const ofFeatures = noSets ? [featureFindings['listener-set']({ source, feature: 'ListenerSet' })] : [];
  const options: ConvertOptions = { ...asked, release, listeners: noSets ? 'gateway' : asked.listeners };
  const plan = inVersion(makePlan({ tables, metadata, classEntries: classEntries(estate), estate, target, options }), target);
  const entries = balance([...estate.ingresses.flatMap(entriesOf), ...satellites], [...settled, ...plan.settled], divided);
  const [attention, served] = [needingAttention(entries), servedBy(plan)];
  const withheldOf = new Map(plan.withheld.toReversed().map((rule) => [rule.ingress, rule]));
  const ingresses = estate.ingresses.map((ingress) => status(ingress, statuses, attention, served, withheldOf));
  return {
    options,
    estate,
    tables,
    satellites,
    implementation: target,
    plan,
    ledger: {
      entries,
      findings: collect(
        [...estate.findings, ...findings, ...ofVersion, ...ofFeatures, ...plan.findings, ...differing(plan), ...defaultsOf(tables, target)],
        entries,
      ),
      ingresses,
    },
  };
}

function inVersion(plan: Plan, target: Target): Plan {
  return { ...plan, objects: plan.objects.map((planned) => ({ ...planned, object: asServed(planned.object, target) })) };
}

/** Whether there is anything to convert. */
export function servesNothing(estate: Estate, { loadBalancerServices }: Pick<ConvertOptions, 'loadBalancerServices'>): boolean {
  const kinds = new Set(packs.flatMap(({ otherKinds = [] }) => otherKinds));
  if (estate.ingresses.length > 0 || estate.others.some(({ ref }) => kinds.has(ref.kind))) return false;
  return !(loadBalancerServices && hasLoadBalancerServices(estate));
}

/** What the absence of settings meant, vendor by vendor. */
function defaultsOf(tables: readonly RoutingTable[], target: Target): readonly Finding[] {
  return packs.flatMap(({ vendor, title, defaults }) =>
    defaults === undefined
      ? []
      : findingsOfDefaults(
          { title, defaults },
          tables.filter((table) => table.vendor === vendor),
          target,
        ),
  );
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
  statuses: Interpretation['statuses'],
  attention: ReadonlyMap<IngressRef, LedgerEntry>,
  served: ReadonlySet<IngressRef>,
  withheldOf: ReadonlyMap<IngressRef, WithheldRule>,
): IngressStatus {
  const { vendor, skipped } = statuses.get(ingress.ref) ?? { vendor: 'unknown', skipped: null };
  if (skipped !== null) return { ref: ingress.ref, vendor, status: 'skipped', reason: skipped.message };
  const withheld = withheldOf.get(ingress.ref);
  if (withheld !== undefined)
    return { ref: ingress.ref, vendor, status: served.has(ingress.ref) ? 'partial' : 'withheld', reason: withheld.reason.message };
  const left = attention.get(ingress.ref);
  if (left !== undefined) return { ref: ingress.ref, vendor, status: 'partial', reason: left.finding?.message ?? '' };
  return { ref: ingress.ref, vendor, status: 'converted', reason: '' };
}

/** The first entry of each Ingress that somebody has to look at. Naming the GatewayClass is a matter of the whole run. */
export function needingAttention(entries: readonly LedgerEntry[]): ReadonlyMap<IngressRef, LedgerEntry> {
  const first = new Map<IngressRef, LedgerEntry>();
  for (const line of entries) {
    const { outcome, finding } = line;
    // Settings of other objects are put down to the Ingress that they were told for.
    const ingress = line.entry.ingress ?? finding?.ingress ?? null;
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
function answers(rule: Pick<HTTPRouteRule, 'filters' | 'backendRefs'>): boolean {
  const isToHttps = (filter: HTTPRouteFilter) =>
    filter.type === 'RequestRedirect' && filter.requestRedirect.scheme === 'https' && filter.requestRedirect.hostname === undefined;
  return rule.backendRefs !== undefined || (rule.filters ?? []).some((filter) => !isToHttps(filter));
}

function isRoute(object: OutputObject): object is HTTPRoute | GRPCRoute {
  return object.kind === 'HTTPRoute' || object.kind === 'GRPCRoute';
}

/** How traffic differs is said of every rule, though an entry that several stand on ends with one statement. */
function differing({ settled }: Plan): readonly Finding[] {
  return settled.flatMap(({ outcome, finding }) =>
    outcome === 'approximated' && finding !== null && finding.differs.length > 0 ? [finding] : [],
  );
}

/** Findings that stand for themselves and those that entries ended with, each once. */
function collect(findings: readonly Finding[], entries: readonly LedgerEntry[]): readonly Finding[] {
  const fromEntries = entries.flatMap(({ outcome, finding }) => (finding === null || outcome === 'inert' ? [] : [finding]));
  const all = [...new Set([...findings, ...fromEntries])];
  return onceForAll(all).sort(
    (a, b) =>
      (a.at === null ? -1 : b.at === null ? 1 : comparePositions(a.at, b.at)) ||
      compareText(a.code, b.code) ||
      compareText(a.message, b.message),
  );
}

/**
 * What a setting of the whole controller means is found again with every Ingress that inherits it, and what is withheld with its canary
 * as well.
 */
function onceForAll(findings: readonly Finding[]): Finding[] {
  const known = new Set<string>();
  return findings.filter((finding) => {
    const { code, message, at, ingress, host } = finding;
    const key = JSON.stringify([code, message, at, ingress?.namespace, ingress?.name, host]);
    return known.has(key) ? false : known.add(key);
  });
}
