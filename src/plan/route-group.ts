import { LIMITS } from '../gateway/limits.ts';
import type { IngressRef } from '../model/entry.ts';
import type { HostTable, Scheme } from '../route/table.ts';
import { type Certificates, servesHttps } from './certificates.ts';
import type { DraftRule } from './draft.ts';
import type { HostPlan } from './host-plan.ts';
import { hostSlug, shortened } from './names.ts';
import { byPosition } from './places.ts';
import { policySignature } from './policies.ts';
import { type MergedRule, splitRules } from './routes.ts';

/** One route: what one Ingress serves on one host over one set of schemes, or the part of it that fits. */
export interface RouteGroup {
  /** Unique over the run. */
  readonly identity: string;
  /** The name it gets unless somebody else wants it as well. */
  readonly wanted: string;
  readonly ingress: IngressRef;
  readonly host: HostPlan;
  readonly schemes: readonly Scheme[];
  readonly rules: readonly MergedRule[];
  /** Where the host has more of them than a route binds to listeners: those of this route. */
  readonly ports?: HostTable['ports'];
}

/** The ports on which the route is served. */
export function portsOf({ host, schemes, ports = host.table.ports }: RouteGroup): HostTable['ports'] {
  return ports.filter(({ scheme }) => schemes.includes(scheme));
}

/** A route binds to so many listeners: what is served on more ports is written once more for the others. */
export function dividedByPorts(group: RouteGroup): readonly RouteGroup[] {
  const ports = portsOf(group);
  if (ports.length <= LIMITS.parentRefsPerRoute) return [group];
  const parts = Math.ceil(ports.length / LIMITS.parentRefsPerRoute);
  return Array.from({ length: parts }, (_, index): RouteGroup => {
    const suffix = index === 0 ? '' : `-ports${String(index + 1).padStart(2, '0')}`;
    const own = ports.slice(index * LIMITS.parentRefsPerRoute, (index + 1) * LIMITS.parentRefsPerRoute);
    return { ...group, identity: `${group.identity}${suffix}`, wanted: `${group.wanted}${suffix}`, ports: own };
  });
}

/** One route where both schemes are served alike, two where one redirects or serves something else. */
export function routeGroups(host: HostPlan, certificates: Certificates, nameOf: (ingress: IngressRef) => string): readonly RouteGroup[] {
  const http = host.table.ports.some((port) => port.scheme === 'http') ? host.http : [];
  const https = servesHttps(host, certificates) ? host.https : [];
  const beside = (schemes: readonly Scheme[], ingress: IngressRef) =>
    schemes.flatMap((scheme) => (scheme === 'http' ? http : https)).filter((draft) => draft.ingress !== ingress);
  const ingresses = [...new Set([...http, ...https].map((draft) => draft.ingress))];
  return ingresses.flatMap((ingress): readonly RouteGroup[] => {
    const overHttp = http.filter((draft) => draft.ingress === ingress);
    const overHttps = https.filter((draft) => draft.ingress === ingress);
    const ports = host.table.part === undefined ? '' : `-${host.table.part}`;
    const base = `${ingress.name}-${hostSlug(host.table.host)}${ports}`;
    const identity = `${nameOf(ingress)}|${host.table.host}${ports}`;
    const groups = (suffix: string, schemes: readonly Scheme[], drafts: readonly DraftRule[]): readonly RouteGroup[] =>
      splitRules(drafts, beside(schemes, ingress)).map((rules, index) => {
        const part = index === 0 ? '' : `-part${String(index + 1).padStart(2, '0')}`;
        // Room for the number, so that the parts sort one after the other whatever the length of the name.
        return {
          identity: `${identity}${suffix}${part}`,
          wanted: `${shortened(`${base}${suffix}`, 240)}${part}`,
          ingress,
          host,
          schemes,
          rules,
        };
      });
    const ofKinds = (suffix: string, schemes: readonly Scheme[], drafts: readonly DraftRule[]): readonly RouteGroup[] => {
      const [grpc, others] = [drafts.filter(isGrpc), drafts.filter((draft) => !isGrpc(draft))];
      return grpc.length === 0 || others.length === 0
        ? groups(suffix, schemes, drafts)
        : [...groups(suffix, schemes, others), ...groups(`${suffix}-grpc`, schemes, grpc)];
    };
    return overHttps.length > 0 && draftShape(overHttp) === draftShape(overHttps)
      ? ofKinds(
          '',
          ['http', 'https'],
          overHttp.map((draft, index) => withStatements(draft, overHttps[index])),
        )
      : [...ofKinds(overHttps.length > 0 ? '-http' : '', ['http'], overHttp), ...ofKinds('', ['https'], overHttps)];
  });
}

function isGrpc({ route }: DraftRule): boolean {
  return route === 'GRPCRoute';
}

export function withStatements(draft: DraftRule, other: DraftRule | undefined): DraftRule {
  return { ...draft, statements: [...draft.statements, ...(other?.statements ?? [])] };
}

export function draftShape(drafts: readonly DraftRule[]): string {
  return JSON.stringify(
    drafts.map((draft) => [draft.matches, draft.filters, draft.backends, draft.settings, draft.route, policySignature(draft)]),
  );
}

/** The Ingresses behind a route, by position. */
export function originOf(group: RouteGroup): readonly IngressRef[] {
  const statements = group.rules.flatMap(({ drafts }) => drafts.flatMap((draft) => draft.statements));
  return byPosition([group.ingress, ...statements.flatMap(({ entries }) => entries.flatMap((entry) => entry.ingress ?? []))]);
}
