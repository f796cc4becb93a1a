import type { Release } from '../gateway/release.ts';
import type { HTTPRouteMatch } from '../gateway/types.ts';
import type { IngressRef } from '../model/entry.ts';
import { groupBy } from '../model/group-by.ts';
import type { Scheme } from '../route/table.ts';
import type { Dialect } from '../targets/dialect.ts';
import { closingMatch } from './adapted-match.ts';
import { type Certificates, servesHttps } from './certificates.ts';
import { type DraftRule, guardRule } from './draft.ts';
import { planFindings } from './findings.ts';
import { coveringHosts } from './host-names.ts';
import { type HostPlan, isOpen } from './host-plan.ts';
import { isPassedThrough } from './passthrough.ts';

const SCHEMES = ['http', 'https'] as const;

/**
 * On the controller a host's unmatched paths never fall to a broader host. Where one is written, the narrower host gets
 * a last rule that answers with an error, on every scheme that the broader one serves. Where nothing is served beside or
 * above them, guards guard nothing and are left out.
 */
export function sealHosts(
  plans: readonly HostPlan[],
  certificates: Certificates,
  { release, dialect }: { readonly release: Release; readonly dialect: Dialect | undefined },
): readonly HostPlan[] {
  const isOpenOver = (plan: HostPlan, scheme: Scheme) => isOpen(plan, scheme) && (scheme === 'http' || servesHttps(plan, certificates));
  const byHost = groupBy(plans, ({ table }) => table.host);
  return plans.map((plan) => {
    const { host, part } = plan.table;
    const above = coveringHosts(host).flatMap((name) => (byHost.get(name) ?? []).filter(({ table }) => table.part === part));
    // A host without a route of its own has no address of its own either.
    const isIsolated = dialect?.isolatedRoutes === true && SCHEMES.some((scheme) => plan[scheme].length > 0);
    const isElsewhere = (scheme: Scheme) => isIsolated || (scheme === 'https' && isPassedThrough(plan.table, release, dialect));
    const broader = (scheme: Scheme) => (isElsewhere(scheme) ? undefined : above.find((other) => isOpenOver(other, scheme)));
    const named = broader('http') ?? broader('https');
    const isKept = isIsolated && above.some((other) => SCHEMES.some((scheme) => isOpenOver(other, scheme)));
    if (isKept) return plan;
    if (named === undefined) return SCHEMES.some((scheme) => isOpenOver(plan, scheme)) ? plan : withoutGuards(plan);
    const ingress = plan.table.rules[0]?.ingress ?? plan.table.owner;
    return ingress === null ? plan : sealed(plan, ingress, { http: broader('http'), https: broader('https') }, named, dialect);
  });
}

function sealed(
  plan: HostPlan,
  ingress: IngressRef,
  broader: Readonly<Record<Scheme, HostPlan | undefined>>,
  named: HostPlan,
  dialect: Dialect | undefined,
): HostPlan {
  const { table } = plan;
  const isServed = (scheme: Scheme) => table.ports.some((port) => port.scheme === scheme);
  const close = (scheme: Scheme): readonly DraftRule[] => {
    if (broader[scheme] === undefined) return plan[scheme];
    if (plan[scheme].some((draft) => draft.matches.some(isCatchAll))) return plan[scheme];
    // Where prefixes are tried before patterns, a prefix would close the host's own patterns.
    const hasPatterns = plan[scheme].some((draft) => draft.matches.some(({ path }) => path?.type === 'RegularExpression'));
    const everything: HTTPRouteMatch = {
      path: hasPatterns ? { type: 'RegularExpression', value: '/.*' } : { type: 'PathPrefix', value: '/' },
    };
    const { match } = closingMatch(everything, dialect, { host: table.host, isGlob: false });
    return [...plan[scheme], guardRule(ingress, [match], 'the controller does not pass these paths on to a broader host')];
  };
  const [http, https] = [close('http'), close('https')];
  if (http === plan.http && https === plan.https) return plan;
  const missing = SCHEMES.filter((scheme) => !isServed(scheme) && plan[scheme].length === 0);
  const ports = missing.flatMap((scheme) => broader[scheme]?.table.ports.filter((port) => port.scheme === scheme) ?? []);
  const args = { host: table.host, broader: named.table.host === '' ? 'the route for any host' : named.table.host };
  const finding = planFindings['unmatched-path'](args, { at: ingress.at, ingress, host: table.host });
  return {
    ...plan,
    table: { ...table, ports: [...table.ports, ...ports] },
    http,
    https,
    findings: [...plan.findings, finding],
  };
}

function withoutGuards(plan: HostPlan): HostPlan {
  const isGuard = (draft: DraftRule) => draft.guard !== 'no';
  return {
    ...plan,
    http: plan.http.filter((draft) => !isGuard(draft)),
    https: plan.https.filter((draft) => !isGuard(draft)),
    statements: [...plan.statements, ...[...plan.http, ...plan.https].filter(isGuard).flatMap((draft) => draft.statements)],
  };
}

function isCatchAll({ path, ...conditions }: HTTPRouteMatch): boolean {
  const isWhole =
    (path?.type === 'PathPrefix' && path.value === '/') ||
    (path?.type === 'RegularExpression' && (path.value === '/.*' || path.value === '^/.*$'));
  return isWhole && Object.keys(conditions).length === 0;
}
