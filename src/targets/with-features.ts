import { type Feature, type SupportedFeatures, untestedFeatures } from '../gateway/features.ts';
import type { Release } from '../gateway/release.ts';
import type { Listener } from '../gateway/types.ts';
import type { Intent } from '../intent/intent.ts';
import { isProtection } from '../intent/protection.ts';
import { defineFindings, type Finding } from '../ledger/finding.ts';
import { compareText } from '../model/position.ts';
import type { RoutingTable } from '../route/table.ts';
import type { Lowering, LoweringContext, RuleParts, Target, WrittenTable } from './contract.ts';
import type { Dialect } from './dialect.ts';
import { LOST_PROTECTION, placeOf } from './lowering.ts';
import { featuresOfIntent, featuresOfMatch, featuresOfParts, featuresOfRedirect } from './needed-features.ts';

type Lack = { source: string; feature: string };

const message = (a: Lack) => `${a.source} does not name ${a.feature} among what is supported, and it would be needed`;
const help = () =>
  'Use an implementation or a version that supports it; if yours does all the same, convert without --conformance and test.';

export const featureFindings = defineFindings('target/feature', {
  setting: {
    level: 'warning',
    message,
    help,
    differs: ['status', 'headers'],
  },
  protection: { ...LOST_PROTECTION, message, help },
  'clear-text': {
    level: 'error',
    message: (a: Lack) => `${message(a)}: the backend speaks TLS and would be spoken to in clear text`,
    help: () =>
      'Do not apply the route before its backend takes clear text or the implementation supports the feature. If it does all the same, convert without --conformance and test.',
    security: true,
    differs: ['status', 'unreachable'],
  },
  'left-out': {
    level: 'warning',
    message: (a: Lack) => `${message(a)}, so it was left out`,
    help,
    differs: ['status', 'headers'],
  },
  'listener-set': {
    level: 'warning',
    message: (a: Lack) => `${message(a)}: all listeners stand on the Gateway`,
    help,
  },
  port: {
    level: 'warning',
    message: (a: { source: string; gateway: string }) =>
      `${a.source} does not name GatewayPort8080 among what is supported, and Gateway ${a.gateway} has a listener on port 8080`,
    help: () => 'Look whether the listener is programmed (kubectl get gateway -o yaml) before clients are sent there.',
    differs: ['unreachable'],
  },
  untested: {
    level: 'note',
    message: (a: { source: string; tested: string; asked: string; features: string }) =>
      `${a.source} is of Gateway API ${a.tested} and says nothing of what came until ${a.asked}, which is taken to be supported: ${a.features}`,
    help: (a) =>
      `Take a newer report, or write for the release of the report: --gateway-api ${a.tested.replace(/^v?(\d+\.\d+).*$/, '$1')}.`,
  },
  'other-implementation': {
    level: 'warning',
    message: (a: { source: string; target: string }) => `${a.source} is not about ${a.target}, for which the manifests are written`,
    help: () => 'Choose the target that the report is of (--target), or a report of the implementation that will read the manifests.',
  },
  'core-tests': {
    level: 'warning',
    message: (a: { source: string; tests: string }) =>
      `${a.source} left out or failed tests of what every implementation should support: ${a.tests}`,
    help: () => 'What they test is written all the same, as far as the target is not known to lack it: test what depends on it.',
  },
});

/** What there is to say of a report whatever the input. */
export function reportFindings(features: SupportedFeatures, target: Target, release: Release): readonly Finding[] {
  const { source, gatewayApi, project = null, leftOut = [] } = features;
  const untested = untestedFeatures(features, release);
  const isOther = project !== null && target.install !== undefined && project !== (target.project ?? target.name);
  return [
    ...(isOther ? [featureFindings['other-implementation']({ source, target: target.title })] : []),
    ...(leftOut.length > 0 ? [featureFindings['core-tests']({ source, tests: leftOut.join(', ') })] : []),
    ...(untested.length > 0
      ? [featureFindings.untested({ source, tested: gatewayApi ?? '', asked: release.version, features: untested.join(', ') })]
      : []),
  ];
}

/** A target as the installed implementation is: what needs a feature that it lacks is not written but reported, like in an older version. */
export function withFeatures(target: Target, lacking: ReadonlySet<Feature>, source: string): Target {
  const { forward, gateway } = target;
  const dialect = target.dialect ?? {};
  const firstLacking = (needs: readonly Feature[]) => needs.find((feature) => lacking.has(feature)) ?? null;
  const unlessMissing = (parts: RuleParts | null) => (parts === null || firstLacking(featuresOfParts(parts)) !== null ? null : parts);
  const { rewritePattern, respond } = target;
  return {
    ...target,
    lower: (intent, context): Lowering => {
      const lowering = target.lower(intent, context);
      const ofParts = lowering.as === 'written' ? featuresOfParts(lowering.parts) : [];
      const feature = firstLacking([...ofParts, ...featuresOfIntent(intent, lowering, dialect)]);
      if (feature === null) return lowering;
      return { as: 'absent', outcome: 'unmapped', finding: findingFor(intent, feature)({ source, feature }, placeOf(intent, context)) };
    },
    forward: forward === null ? null : (context) => reduced(forward(context), lacking).parts,
    rewritePattern: rewritePattern === null ? null : (rewrite) => unlessMissing(rewritePattern(rewrite)),
    respond: respond === null ? null : (response) => unlessMissing(respond(response)),
    dialect: dialectWith(dialect, lacking, source),
    ...(gateway === undefined ? {} : { gateway: (context) => gateway({ ...context, table: withoutFrontend(context.table, lacking) }) }),
    review: (written) => [...(target.review?.(written) ?? []), ...leftOut(written), ...onPort8080(written)],
  };

  /** What every rule would have needed, said once for a load balancer. */
  function leftOut({ table, release, estate, gatewayClass, place }: WrittenTable): readonly Finding[] {
    if (forward === null) return [];
    const lost = table.hosts.flatMap(({ host, ports, rules }) =>
      rules.flatMap((rule) => {
        const context: LoweringContext = { release, estate, rule, host, ports, table, gatewayClass };
        return reduced(forward(context), lacking).lost;
      }),
    );
    return [...new Set(lost)].sort(compareText).map((feature) => featureFindings['left-out']({ source, feature }, place));
  }

  function onPort8080({ listeners, gateway: { namespace, name }, place }: WrittenTable): readonly Finding[] {
    const uses = lacking.has('GatewayPort8080') && listeners.some(({ port }: Listener) => port === 8080);
    return uses ? [featureFindings.port({ source, gateway: `${namespace}/${name}` }, place)] : [];
  }
}

function findingFor(intent: Intent, feature: Feature) {
  if (isProtection(intent)) return featureFindings.protection;
  const isTls = feature === 'BackendTLSPolicy' || feature === 'BackendTLSPolicySANValidation';
  return isTls ? featureFindings['clear-text'] : featureFindings.setting;
}

/** The load balancer in front needs TCPRoutes of its own. */
function withoutFrontend(table: RoutingTable, lacking: ReadonlySet<Feature>): RoutingTable {
  const { intents } = table.loadBalancer;
  if (intents === undefined || !lacking.has('TCPRoute')) return table;
  return { ...table, loadBalancer: { ...table.loadBalancer, intents: intents.filter(({ kind }) => kind !== 'awsFrontendNlb') } };
}

function dialectWith(dialect: Dialect, lacking: ReadonlySet<Feature>, source: string): Dialect {
  const { grpcRoutes, ...rest } = dialect;
  const why = (features: readonly Feature[]) => {
    const feature = features.find((each) => lacking.has(each));
    return feature === undefined ? null : message({ source, feature });
  };
  const [noTcp, noUdp] = [lacking.has('TCPRoute'), lacking.has('UDPRoute')];
  const own = dialect.streams;
  const isNone = own === false || (noTcp && noUdp) || (own === 'TCP' && noTcp) || (own === 'UDP' && noUdp);
  const streams = isNone ? false : noTcp ? 'UDP' : noUdp ? 'TCP' : own;
  return {
    ...rest,
    ...grpcRoutesWith(grpcRoutes, why(['GRPCRoute'])),
    ...(lacking.has('HTTPRoutePathRewrite') ? { rewrites: false } : {}),
    ...(lacking.has('TLSRoute') ? { passthrough: false } : {}),
    ...(streams === undefined ? {} : { streams }),
    whyNot: {
      ...orNothing('streams', own === false ? null : why(STREAMS)),
      ...orNothing('passthrough', dialect.passthrough === false ? null : why(['TLSRoute'])),
      ...orNothing('rewrites', dialect.rewrites === false ? null : why(['HTTPRoutePathRewrite'])),
    },
    refusedStatuses: [
      ...(dialect.refusedStatuses ?? []),
      ...STATUSES.filter(({ feature }) => lacking.has(feature)).map(({ status }) => status),
    ],
    host: (host) => why(['HTTPRoute']) ?? dialect.host?.(host) ?? null,
    match(match, context) {
      const refused = why(featuresOfMatch(match));
      if (refused !== null) return { kind: 'refused', why: refused };
      const adapted = dialect.match?.(match, context) ?? { kind: 'written', written: match };
      const needed = adapted.kind === 'written' ? why(featuresOfMatch(adapted.written)) : null;
      return needed === null ? adapted : { kind: 'refused', why: needed };
    },
    redirect(filter, context) {
      const adapted = dialect.redirect?.(filter, context) ?? null;
      const written = adapted?.kind === 'written' ? adapted.written.filter : filter;
      const refused = adapted?.kind === 'refused' ? null : why(featuresOfRedirect(written));
      return refused === null ? adapted : { kind: 'refused', why: refused };
    },
  };
}

const STREAMS = ['TCPRoute', 'UDPRoute'] as const;

function orNothing<K extends string>(key: K, why: string | null): Partial<Record<K, string>> {
  const empty: Partial<Record<K, string>> = {};
  return why === null ? empty : { ...empty, [key]: why };
}

function grpcRoutesWith(grpcRoutes: Dialect['grpcRoutes'], lack: string | null): Pick<Dialect, 'grpcRoutes'> {
  if (grpcRoutes === undefined) return {};
  if (lack === null) return { grpcRoutes };
  return grpcRoutes.use === 'preferred' ? {} : { grpcRoutes: { ...grpcRoutes, lacking: lack } };
}

const STATUSES = [
  { status: 303, feature: 'HTTPRoute303RedirectStatusCode' },
  { status: 307, feature: 'HTTPRoute307RedirectStatusCode' },
  { status: 308, feature: 'HTTPRoute308RedirectStatusCode' },
] as const;

/** Of what a rule needs by default: without the members that need a feature which is lacking. */
function reduced(parts: RuleParts, lacking: ReadonlySet<Feature>): { readonly parts: RuleParts; readonly lost: readonly Feature[] } {
  const { timeouts, ...rest } = parts;
  const lost = featuresOfParts({ ...(timeouts === undefined ? {} : { timeouts }) }).filter((feature) => lacking.has(feature));
  return lost.length === 0 ? { parts, lost } : { parts: rest, lost };
}
