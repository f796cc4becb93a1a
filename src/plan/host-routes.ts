import type { Finding } from '../ledger/finding.ts';
import type { IngressRef } from '../model/entry.ts';
import type { Scheme } from '../route/table.ts';
import type { Dialect } from '../targets/dialect.ts';
import { type Certificates, servesHttps } from './certificates.ts';
import { type DraftRule, retracted, type Statement } from './draft.ts';
import { planFindings } from './findings.ts';
import type { HostPlan } from './host-plan.ts';
import { hostSlug, shortened } from './names.ts';
import { byPosition } from './places.ts';
import { draftShape, type RouteGroup, withStatements } from './route-group.ts';
import { splitRules } from './routes.ts';

/** One route for everything that a host serves. What is served over http alone has its place where https serves nothing. */
export function hostGroups(
  host: HostPlan,
  certificates: Certificates,
  nameOf: (ingress: IngressRef) => string,
  dialect: Dialect,
): readonly RouteGroup[] {
  const serves = (scheme: Scheme) => host.table.ports.some((port) => port.scheme === scheme);
  const http = serves('http') ? host.http : [];
  const https = servesHttps(host, certificates) ? host.https : [];
  const answersOver = (drafts: readonly DraftRule[]) => drafts.some((draft) => draft.guard === 'no');
  const isAlike = draftShape(http) === draftShape(https);
  const schemes: readonly Scheme[] = isAlike
    ? ['http', 'https']
    : answersOver(https)
      ? ['https']
      : answersOver(http)
        ? ['http']
        : closedOver(http, https);
  const drafts = isAlike ? http.map((draft, index) => withStatements(draft, https[index])) : schemes.includes('https') ? https : http;
  const [first] = byPosition(drafts.map(({ ingress }) => ingress));
  if (first === undefined || schemes.length === 0) return [];
  const identity = `${nameOf(first)}|${host.table.host}`;
  return splitRules(drafts, [], { isOrdered: dialect.orderedRules === true }).map((rules, index) => {
    const part = index === 0 ? '' : `-part${String(index + 1).padStart(2, '0')}`;
    const wanted = `${shortened(`${first.name}-${hostSlug(host.table.host)}`, 240)}${part}`;
    return { identity: `${identity}${part}`, wanted, ingress: first, host, schemes, rules };
  });
}

/** A host that is closed altogether has a route all the same where sealing left its guards: its name must not lead elsewhere. */
function closedOver(http: readonly DraftRule[], https: readonly DraftRule[]): readonly Scheme[] {
  return http.length > 0 ? ['http'] : https.length > 0 ? ['https'] : [];
}

/** What has no place beside the one route of its host, and why. */
export function unrouted(
  host: HostPlan,
  /** Of this host. */
  groups: readonly RouteGroup[],
  certificates: Certificates,
): { readonly statements: readonly Statement[]; readonly findings: readonly Finding[] } {
  const schemes = groups.flatMap((group) => group.schemes);
  const ingress = host.table.rules[0]?.ingress ?? null;
  const finding = planFindings['one-route-per-host'](
    { host: host.table.host },
    { at: ingress?.at ?? null, ingress, host: host.table.host },
  );
  const isServed = (scheme: Scheme) =>
    scheme === 'https' ? servesHttps(host, certificates) : host.table.ports.some((port) => port.scheme === 'http');
  const left = (['http', 'https'] as const)
    .filter((scheme) => isServed(scheme) && !schemes.includes(scheme))
    .flatMap((scheme) => host[scheme]);
  const isLost = schemes.length > 0 && left.some((draft) => draft.guard === 'no');
  return {
    findings: isLost ? [finding] : [],
    statements: left.flatMap((draft) =>
      draft.guard === 'no'
        ? retracted(draft.statements, 'unmapped', finding)
        : draft.statements.map((statement): Statement => ({ ...statement, field: null, weak: true })),
    ),
  };
}
