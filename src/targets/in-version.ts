import type { Release } from '../gateway/release.ts';
import type { ExtensionObject, HTTPRouteMatch, OutputObject } from '../gateway/types.ts';
import { isProtection } from '../intent/protection.ts';
import { defineFindings, type Finding, type Place } from '../ledger/finding.ts';
import { compareText } from '../model/position.ts';
import type { GatewayContext, GatewayLowering, Lowering, LoweringContext, RuleParts, Target, WrittenTable } from './contract.ts';
import type { Adapted, Dialect, MatchContext } from './dialect.ts';
import { LOST_PROTECTION, placeOf } from './lowering.ts';
import { missingIn, missingInMatch, missingInObject, missingInPolicy } from './missing.ts';
import { compareVersions, type Missing, type Versions } from './versions.ts';

type Since = { target: string; version: string; what: string; since: string; name: string };

const message = (a: Since) => `${a.target} ${a.version} has no ${a.what}: it came with ${a.since}`;
const help = (a: Since) => `Upgrade first, and convert for --target ${a.name}@${a.since} or newer.`;

export const sinceFindings = defineFindings('target/since', {
  setting: {
    level: 'warning',
    message,
    help,
    differs: ['status', 'headers'],
  },
  protection: { ...LOST_PROTECTION, message, help },
  'left-out': {
    level: 'warning',
    message: (a: Since) => `${message(a)}, so it was left out`,
    help,
    differs: ['status', 'headers'],
  },
  'gateway-api': {
    level: 'note',
    message: (a: { target: string; version: string; gatewayApi: string; asked: string }) =>
      `${a.target} ${a.version} was built for Gateway API ${a.gatewayApi}: nothing is written that came after it, though ${a.asked} is installed`,
  },
});

/**
 * The release that manifests are written for: that of the CRDs, or the older one that the version of the implementation knows. The
 * newest version is taken to read whatever is installed.
 */
export function releaseFor(target: Target, release: Release): { readonly release: Release; readonly findings: readonly Finding[] } {
  const { version, versions } = target;
  const own = versions?.known.find((each, index) => index > 0 && each.version === version);
  if (version === undefined || own === undefined || compareVersions(own.gatewayApi, release.version) >= 0) return { release, findings: [] };
  const args = { target: target.title, version, gatewayApi: own.gatewayApi, asked: release.version };
  return { release: { ...release, version: own.gatewayApi }, findings: [sinceFindings['gateway-api'](args)] };
}

/** An object as the version of the implementation serves its kind. */
export function asServed(object: OutputObject, { version, versions }: Target): OutputObject {
  const served = versions?.served?.find(({ apiVersion }) => apiVersion === object.apiVersion);
  if (version === undefined || served === undefined || compareVersions(version, served.before) >= 0) return object;
  const renamed: ExtensionObject = { ...object, spec: 'spec' in object ? { ...object.spec } : {}, apiVersion: served.as };
  return renamed;
}

/**
 * A target as one version of its implementation has it: what that version lacks is not written but reported, and a protection that
 * needs it counts as one that cannot be written.
 */
export function inVersion(target: Target, versions: Versions, version: string): Target {
  const args = ({ what, since }: Missing): Since => ({ target: target.title, version, what, since, name: target.name });
  const { forward, rewritePattern, respond, gateway } = target;
  const unlessMissing = (parts: RuleParts | null) => (parts === null || missingIn(parts, versions, version) !== null ? null : parts);
  return {
    ...target,
    version,
    lower: (intent, context): Lowering => {
      const lowering = target.lower(intent, { ...context, version });
      const missing = lowering.as === 'written' ? missingIn(lowering.parts, versions, version) : null;
      if (missing === null) return lowering;
      const find = isProtection(intent) ? sinceFindings.protection : sinceFindings.setting;
      return { as: 'absent', outcome: 'unmapped', finding: find(args(missing), placeOf(intent, context)) };
    },
    forward: forward === null ? null : (context) => withoutMissing(forward({ ...context, version }), versions, version).parts,
    rewritePattern: rewritePattern === null ? null : (rewrite) => unlessMissing(rewritePattern(rewrite)),
    respond: respond === null ? null : (response) => unlessMissing(respond(response)),
    dialect: { ...target.dialect, ...streamsIn(target.dialect?.streams, versions, version), match: matched },
    ...(gateway === undefined ? {} : { gateway: (context) => inGateway(gateway(context), context) }),
    review: (written) => [...(target.review?.(written) ?? []), ...leftOut(written)],
  };

  function matched(match: HTTPRouteMatch, context: MatchContext): Adapted<HTTPRouteMatch> {
    const missing = missingInMatch(match, versions, version);
    if (missing !== null) return { kind: 'refused', why: message(args(missing)) };
    return target.dialect?.match?.(match, context) ?? { kind: 'written', written: match };
  }

  function inGateway({ policies, objects, findings }: GatewayLowering, { place }: GatewayContext): GatewayLowering {
    const [kept, lost] = split(policies, (part) => missingInPolicy(part, versions, version));
    const [whole, gone] = split(objects, (object) => missingInObject(object, versions, version));
    return { policies: kept, objects: whole, findings: [...findings, ...told([...lost, ...gone], place)] };
  }

  /** What every rule would have needed, said once for a load balancer. */
  function leftOut({ table, release, estate, gatewayClass, place }: WrittenTable): readonly Finding[] {
    if (forward === null) return [];
    const lost = table.hosts.flatMap(({ host, ports, rules }) =>
      rules.flatMap((rule) => {
        const context: LoweringContext = { release, estate, rule, host, ports, table, gatewayClass, version };
        return withoutMissing(forward(context), versions, version).missing;
      }),
    );
    return told(lost, place);
  }

  function told(missing: readonly Missing[], place: Place): readonly Finding[] {
    const byWhat = new Map(missing.map((each) => [each.what, each]));
    return [...byWhat].sort(([a], [b]) => compareText(a, b)).map(([, each]) => sinceFindings['left-out'](args(each), place));
  }
}

/** Kinds of routes that an older version does not read. */
function streamsIn(newest: Dialect['streams'], versions: Versions, version: string): Pick<Dialect, 'streams'> {
  const isRead = (kind: string) => missingInObject({ kind }, versions, version) === null;
  const [tcp, udp] = [
    newest !== false && newest !== 'UDP' && isRead('TCPRoute'),
    newest !== false && newest !== 'TCP' && isRead('UDPRoute'),
  ];
  if (tcp && udp) return {};
  return { streams: tcp ? 'TCP' : udp ? 'UDP' : false };
}

/** Of what a rule needs by default: without the fragments that a version lacks. */
function withoutMissing(
  parts: RuleParts,
  versions: Versions,
  version: string,
): { readonly parts: RuleParts; readonly missing: readonly Missing[] } {
  const { policies = [], objects = [], ...rest } = parts;
  const [kept, lost] = split(policies, (part) => missingInPolicy(part, versions, version));
  const [whole, gone] = split(objects, (object) => missingInObject(object, versions, version));
  const fits = {
    ...rest,
    ...(kept.length === 0 ? {} : { policies: kept }),
    ...(whole.length === 0 ? {} : { objects: whole }),
  };
  return { parts: fits, missing: [...lost, ...gone] };
}

function split<T>(all: readonly T[], missing: (each: T) => Missing | null): readonly [readonly T[], readonly Missing[]] {
  const found = all.map((each) => [each, missing(each)] as const);
  return [found.flatMap(([each, lack]) => (lack === null ? [each] : [])), found.flatMap(([, lack]) => (lack === null ? [] : [lack]))];
}
