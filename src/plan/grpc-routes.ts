import type { HTTPRouteMatch } from '../gateway/types.ts';
import { defineFindings, type Finding } from '../ledger/finding.ts';
import type { Scheme } from '../route/table.ts';
import type { Target } from '../targets/contract.ts';
import type { GrpcRoutes } from '../targets/dialect.ts';
import type { DraftRule, Statement } from './draft.ts';
import { grpcMatch } from './grpc-match.ts';
import type { HostPlan } from './host-plan.ts';

const find = defineFindings('plan', {
  'grpc-route': {
    level: 'error',
    message: (a: { host: string; path: string; why: string }) =>
      `${a.path} of ${a.host || 'any host'} leads to a backend that speaks gRPC, which takes a GRPCRoute here, and none could be written: ${a.why}`,
    help: () =>
      'Until then its calls fail. A GRPCRoute knows services and methods: give each method a path of its own (/package.Service/Method, Exact), or give what speaks gRPC a host of its own with the path / alone, and convert again. Where the path is rewritten, let the backend serve it as clients ask for it.',
    differs: ['status', 'unreachable'],
  },
  'grpc-beside-http': {
    level: 'note',
    message: (a: { host: string; target: string }) =>
      `${a.host || 'any host'} is served by an HTTPRoute and a GRPCRoute on one listener, which ${a.target} joins path by path; Gateway API would have one of the two accepted`,
    help: () => 'Before this goes to another implementation, give what speaks gRPC a host of its own.',
  },
});

interface Planned {
  readonly hosts: readonly HostPlan[];
  readonly findings: readonly Finding[];
}

/** Says of each rule whether it stands in a GRPCRoute, where the implementation wants those for backends that speak gRPC. */
export function withGrpcRoutes(hosts: readonly HostPlan[], { title, dialect }: Target): Planned {
  const grpc = dialect?.grpcRoutes;
  if (grpc === undefined) return { hosts, findings: [] };
  const findings = new Map<string, Finding>();
  const planned = hosts.map((host): HostPlan => {
    const over = (scheme: Scheme) => {
      const chosen = grpc.beside === 'nothing' ? wholeHost(host[scheme], grpc) : pathByPath(host[scheme], grpc);
      const isMixed = chosen.some(({ route }) => route !== undefined) && chosen.some(({ route }) => route === undefined);
      if (isMixed) keep(find['grpc-beside-http']({ host: host.table.host, target: title }, placeIn(host, chosen[0])));
      return grpc.use === 'preferred' ? chosen : chosen.map((draft) => withStatement(draft, host, grpc, chosen));
    };
    const keep = (finding: Finding) => findings.set(JSON.stringify([finding.code, finding.args, finding.ingress]), finding);
    const withStatement = (draft: DraftRule, plan: HostPlan, routes: GrpcRoutes, all: readonly DraftRule[]): DraftRule => {
      if (draft.route !== undefined || !speaksGrpc(draft)) return draft;
      const args = { host: plan.table.host, path: draft.matches[0]?.path?.value ?? '/', why: whyNot(draft, all, routes) };
      const finding = find['grpc-route'](args, placeIn(plan, draft));
      keep(finding);
      return {
        ...draft,
        statements: draft.statements.map((statement) => (statement.grpc === true ? undone(statement, finding) : statement)),
      };
    };
    return { ...host, http: over('http'), https: over('https') };
  });
  return { hosts: planned, findings: [...findings.values()] };
}

/** An HTTPRoute of the same host would have to give way, so that all rules have to speak gRPC and to have words in a GRPCRoute. */
function wholeHost(drafts: readonly DraftRule[], grpc: GrpcRoutes): readonly DraftRule[] {
  const isWritable = (draft: DraftRule) => mayStandIn(draft) && problemOf(draft, grpc) === null;
  return drafts.some(speaksGrpc) && drafts.every(isWritable) ? drafts.map(asGrpc) : drafts;
}

/** Rules of one path have to be of one kind: what one of them has no words for, the others stay away from as well. */
function pathByPath(drafts: readonly DraftRule[], grpc: GrpcRoutes): readonly DraftRule[] {
  const kept = keptPaths(drafts, grpc);
  const spoken = new Set(drafts.filter(speaksGrpc).flatMap(pathKeys));
  return drafts.map((draft) => (pathKeys(draft).every((key) => spoken.has(key) && !kept.has(key)) ? asGrpc(draft) : draft));
}

/** The paths that stay in HTTPRoutes. */
function keptPaths(drafts: readonly DraftRule[], grpc: GrpcRoutes): ReadonlySet<string> {
  const kept = new Set(drafts.filter((draft) => !mayStandIn(draft) || problemOf(draft, grpc) !== null).flatMap(pathKeys));
  for (let size = -1; size < kept.size; ) {
    size = kept.size;
    for (const keys of drafts.map(pathKeys)) if (keys.some((key) => kept.has(key))) for (const key of keys) kept.add(key);
  }
  return kept;
}

function pathKeys({ matches }: DraftRule): readonly string[] {
  return matches.map(({ path }) => `${path?.type ?? 'PathPrefix'} ${path?.value ?? '/'}`);
}

function asGrpc(draft: DraftRule): DraftRule {
  return { ...draft, route: 'GRPCRoute' };
}

function speaksGrpc({ backends, parts }: DraftRule): boolean {
  return backends.length > 0 && parts.some((part) => part.grpc === true);
}

/** Guards have no backends that could speak anything. */
function mayStandIn(draft: DraftRule): boolean {
  return speaksGrpc(draft) || (draft.backends.length === 0 && draft.filters.length === 0);
}

/** What a GRPCRoute has no words for, as the end of a sentence; null when it has. */
function problemOf({ filters, settings, matches }: DraftRule, { filters: known, refuses, lacking }: GrpcRoutes): string | null {
  if (lacking !== undefined) return lacking;
  const foreign = [...filters.map(({ type }) => type).filter((type) => !known.includes(type)), ...Object.keys(settings)];
  if (foreign.length > 0) return `a GRPCRoute has no ${foreign.join(', ')}`;
  const problems = matches.map((match) => matchProblem(match, refuses));
  return problems.find((problem) => problem !== null) ?? null;
}

function matchProblem(match: HTTPRouteMatch, refuses: GrpcRoutes['refuses']): string | null {
  const { path, method, queryParams } = match;
  const call = grpcMatch(match);
  if (call !== null) return refuses(call);
  return method !== undefined || queryParams !== undefined
    ? 'a GRPCRoute matches no methods of HTTP and no parameters of queries'
    : `${path?.value ?? '/'} is no service and no method of gRPC, as /package.Service and /package.Service/Method are`;
}

function whyNot(draft: DraftRule, all: readonly DraftRule[], grpc: GrpcRoutes): string {
  const own = problemOf(draft, grpc);
  if (own !== null) return own;
  const keys = new Set(pathKeys(draft));
  const rivals = grpc.beside === 'nothing' ? all : all.filter((other) => pathKeys(other).some((key) => keys.has(key)));
  const [rival, problem] =
    rivals
      .map((other) => [other, mayStandIn(other) ? problemOf(other, grpc) : 'it does not speak gRPC'] as const)
      .find(([, why]) => why !== null) ?? [];
  const what =
    grpc.beside === 'nothing' ? `the host has the path ${rival?.matches[0]?.path?.value ?? '/'} as well` : 'the path has another rule';
  return `${what}, and ${problem ?? 'both would have to be of one kind'}`;
}

function undone(statement: Statement, finding: Finding): Statement {
  return statement.outcome === 'converted' || statement.outcome === 'approximated'
    ? { ...statement, outcome: 'manual', finding }
    : statement;
}

function placeIn({ table }: HostPlan, draft: DraftRule | undefined) {
  const ingress = draft?.ingress ?? table.rules[0]?.ingress ?? null;
  const at = draft?.statements.find(({ grpc }) => grpc === true)?.entries[0]?.at ?? ingress?.at ?? null;
  return { at, ingress, host: table.host };
}
