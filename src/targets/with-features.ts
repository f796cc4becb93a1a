import type { Feature } from '../gateway/features.ts';
import type { HTTPRouteMatch, RequestRedirect } from '../gateway/types.ts';
import { isProtection } from '../intent/protection.ts';
import { defineFindings, type Finding } from '../ledger/finding.ts';
import { compareText } from '../model/position.ts';
import type { Lowering, LoweringContext, RuleParts, Target, WrittenTable } from './contract.ts';
import type { Dialect } from './dialect.ts';
import { LOST_PROTECTION, placeOf } from './lowering.ts';

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
});

/** A target as the installed implementation is: what needs a feature that it lacks is not written but reported, like in an older version. */
export function withFeatures(target: Target, lacking: ReadonlySet<Feature>, source: string): Target {
  const { forward } = target;
  const missingIn = (parts: RuleParts) => featuresOf(parts).find((feature) => lacking.has(feature)) ?? null;
  const unlessMissing = (parts: RuleParts | null) => (parts === null || missingIn(parts) !== null ? null : parts);
  const { rewritePattern, respond } = target;
  return {
    ...target,
    lower: (intent, context): Lowering => {
      const lowering = target.lower(intent, context);
      const feature = lowering.as === 'written' ? missingIn(lowering.parts) : null;
      if (feature === null) return lowering;
      const find = isProtection(intent) ? featureFindings.protection : featureFindings.setting;
      return { as: 'absent', outcome: 'unmapped', finding: find({ source, feature }, placeOf(intent, context)) };
    },
    forward: forward === null ? null : (context) => reduced(forward(context), lacking).parts,
    rewritePattern: rewritePattern === null ? null : (rewrite) => unlessMissing(rewritePattern(rewrite)),
    respond: respond === null ? null : (response) => unlessMissing(respond(response)),
    dialect: dialectWith(target.dialect ?? {}, lacking, source),
    review: (written) => [...(target.review?.(written) ?? []), ...leftOut(written)],
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
}

function dialectWith(dialect: Dialect, lacking: ReadonlySet<Feature>, source: string): Dialect {
  const { grpcRoutes, ...rest } = dialect;
  const why = (features: readonly Feature[]) => {
    const feature = features.find((each) => lacking.has(each));
    return feature === undefined ? null : message({ source, feature });
  };
  const [noTcp, noUdp] = [lacking.has('TCPRoute'), lacking.has('UDPRoute')];
  const streams = dialect.streams === false || (noTcp && noUdp) ? false : noTcp ? 'UDP' : noUdp ? 'TCP' : dialect.streams;
  return {
    ...rest,
    ...(grpcRoutes === undefined || (grpcRoutes === 'preferred' && lacking.has('GRPCRoute')) ? {} : { grpcRoutes }),
    ...(lacking.has('HTTPRoutePathRewrite') ? { rewrites: false } : {}),
    ...(lacking.has('TLSRoute') ? { passthrough: false } : {}),
    ...(streams === undefined ? {} : { streams }),
    refusedStatuses: STATUSES.filter(({ feature }) => lacking.has(feature)).map(({ status }) => status),
    match(match, context) {
      const refused = why(featuresOfMatch(match));
      if (refused !== null) return { kind: 'refused', why: refused };
      return dialect.match?.(match, context) ?? { kind: 'written', written: match };
    },
    redirect(filter, context) {
      const refused = why(featuresOfRedirect(filter));
      return refused === null ? (dialect.redirect?.(filter, context) ?? null) : { kind: 'refused', why: refused };
    },
  };
}

const STATUSES = [
  { status: 303, feature: 'HTTPRoute303RedirectStatusCode' },
  { status: 307, feature: 'HTTPRoute307RedirectStatusCode' },
  { status: 308, feature: 'HTTPRoute308RedirectStatusCode' },
] as const;

function featuresOfMatch({ queryParams, method }: HTTPRouteMatch): readonly Feature[] {
  return [
    ...(queryParams === undefined ? [] : (['HTTPRouteQueryParamMatching'] as const)),
    ...(method === undefined ? [] : (['HTTPRouteMethodMatching'] as const)),
  ];
}

function featuresOfRedirect({ scheme, port, path }: RequestRedirect): readonly Feature[] {
  return [
    ...(scheme === undefined ? [] : (['HTTPRouteSchemeRedirect'] as const)),
    ...(port === undefined ? [] : (['HTTPRoutePortRedirect'] as const)),
    ...(path === undefined ? [] : (['HTTPRoutePathRedirect'] as const)),
  ];
}

/** The features that parts of a rule need, whatever stands beside them in objects of the implementation's own. */
function featuresOf(parts: RuleParts): readonly Feature[] {
  const {
    cors,
    hostname,
    responseHeaders,
    mirrors = [],
    timeouts,
    retry,
    frontendTls,
    backendTls = [],
    gateway,
    refusals = [],
    cases,
  } = parts;
  const needs: readonly (readonly [Feature, boolean])[] = [
    ['HTTPRouteCORS', cors !== undefined],
    ['HTTPRouteHostRewrite', hostname !== undefined],
    ['HTTPRouteResponseHeaderModification', responseHeaders !== undefined],
    ['HTTPRouteRequestMirror', mirrors.length > 0],
    ['HTTPRouteRequestMultipleMirrors', mirrors.length > 1],
    ['HTTPRouteRequestTimeout', timeouts?.request !== undefined],
    ['HTTPRouteBackendTimeout', timeouts?.backendRequest !== undefined],
    ['HTTPRouteRetry', retry !== undefined],
    ['GatewayFrontendClientCertificateValidation', frontendTls !== undefined],
    ['GatewayFrontendClientCertificateValidationInsecureFallback', frontendTls?.validation?.mode === 'AllowInsecureFallback'],
    ['BackendTLSPolicy', backendTls.length > 0],
    ['BackendTLSPolicySANValidation', backendTls.some(({ spec }) => spec.validation.subjectAltNames !== undefined)],
    ['GatewayStaticAddresses', gateway?.addresses !== undefined],
  ];
  const nested = [...refusals, ...(cases === undefined ? [] : [...cases.each, cases.otherwise])];
  return [...needs.flatMap(([feature, isNeeded]) => (isNeeded ? [feature] : [])), ...nested.flatMap(featuresOf)];
}

/** Of what a rule needs by default: without the members that need a feature which is lacking. */
function reduced(parts: RuleParts, lacking: ReadonlySet<Feature>): { readonly parts: RuleParts; readonly lost: readonly Feature[] } {
  const { timeouts, ...rest } = parts;
  const lost = featuresOf({ ...(timeouts === undefined ? {} : { timeouts }) }).filter((feature) => lacking.has(feature));
  return lost.length === 0 ? { parts, lost } : { parts: rest, lost };
}
