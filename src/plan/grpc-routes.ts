import type { GRPCRoute, HTTPRoute, HTTPRouteMatch, HTTPRouteRule } from '../gateway/types.ts';
import { defineFindings, type Finding } from '../ledger/finding.ts';
import type { Dialect } from '../targets/dialect.ts';
import type { RouteGroup } from './route-group.ts';
import type { MergedRule } from './routes.ts';

type GRPCRule = GRPCRoute['spec']['rules'][number];
type GRPCMatch = NonNullable<GRPCRule['matches']>[number];

const find = defineFindings('plan', {
  'grpc-route': {
    level: 'error',
    message: (a: { host: string }) =>
      `backends of ${a.host || 'any host'} speak gRPC, for which the implementation needs a GRPCRoute on HTTPS alone; one was not written, as the host has rules that a GRPCRoute has no words for`,
    help: () =>
      'A GRPCRoute knows services and methods (/package.Service/Method), exact headers, and no other paths, and shares its host with no HTTPRoute: give what speaks gRPC a host of its own, and convert again.',
    differs: ['status', 'unreachable'],
  },
});

/**
 * The groups that become GRPCRoutes. An implementation may refuse an HTTPRoute and a GRPCRoute of one host on one listener, so that
 * all that a host serves over HTTPS has to speak gRPC and to have words in a GRPCRoute.
 */
export function grpcGroups(
  groups: readonly RouteGroup[],
  dialect: Dialect | undefined,
): { readonly groups: ReadonlySet<RouteGroup>; readonly findings: readonly Finding[] } {
  const { grpcRoutes } = dialect ?? {};
  if (grpcRoutes === undefined) return { groups: new Set(), findings: [] };
  const asking = [...new Set(groups.filter(({ rules }) => rules.some(speaksGrpc)).map(({ host }) => host))];
  const sharing = new Map(asking.map((host) => [host, groups.filter((group) => group.host === host && group.schemes.includes('https'))]));
  const isWritable = (all: readonly RouteGroup[]) =>
    all.length > 0 && all.every(({ schemes, rules }) => schemes.length === 1 && rules.every(isGrpcRule));
  const refused = grpcRoutes === 'needed' ? asking.filter((host) => !isWritable(sharing.get(host) ?? [])) : [];
  return {
    groups: new Set([...sharing.values()].filter(isWritable).flat()),
    findings: refused.map(({ table: { host, rules } }) => {
      const ingress = rules[0]?.ingress ?? null;
      return find['grpc-route']({ host }, { at: ingress?.at ?? null, ingress, host });
    }),
  };
}

function speaksGrpc({ answer }: MergedRule): boolean {
  return answer.parts.some((part) => part.grpc === true);
}

/** Guards have no backends that could speak anything. */
function isGrpcRule(rule: MergedRule): boolean {
  const { answer, matches } = rule;
  const isPlain = answer.filters.length === 0 && Object.keys(answer.settings).length === 0;
  return isPlain && (answer.backends.length === 0 || speaksGrpc(rule)) && matches.every((match) => matchOf(match) !== null);
}

/** Of an HTTPRoute whose rules have words in a GRPCRoute. */
export function grpcRoute({ metadata, spec }: HTTPRoute): GRPCRoute {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GRPCRoute',
    metadata,
    spec: { ...spec, rules: spec.rules.map(ruleOf) },
  };
}

/** A rule without matches takes everything. */
function ruleOf({ matches = [], filters, backendRefs }: HTTPRouteRule): GRPCRule {
  const written = matches.flatMap((match) => matchOf(match) ?? []);
  return {
    ...(written.some((match) => Object.keys(match).length === 0) ? {} : { matches: written }),
    ...(filters === undefined ? {} : { filters }),
    ...(backendRefs === undefined ? {} : { backendRefs }),
  };
}

/** `/Service/Method`, `/Service` and what is below it, or everything; null for anything else. */
function matchOf({ path, headers = [], method, queryParams }: HTTPRouteMatch): GRPCMatch | null {
  if (method !== undefined || queryParams !== undefined || headers.some(({ type }) => type === 'RegularExpression')) return null;
  const [, service, name] = /^\/(\.?[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?:\/([A-Za-z_]\w*)?)?$/.exec(path?.value ?? '/') ?? [];
  const conditions = headers.length === 0 ? {} : { headers };
  if (path?.type === 'Exact')
    return service === undefined || name === undefined ? null : { method: { type: 'Exact', service, method: name }, ...conditions };
  if (path !== undefined && path.type !== 'PathPrefix') return null;
  // Some controllers take no headers without a service.
  if ((path?.value ?? '/') === '/') return headers.length === 0 ? {} : null;
  return service === undefined || name !== undefined ? null : { method: { type: 'Exact', service }, ...conditions };
}
