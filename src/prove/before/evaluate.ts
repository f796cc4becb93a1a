import { encodePath, matchesPath, normalisePath } from '../../route/path/index.ts';
import type { HostTable, RouteRule, RoutingTable } from '../../route/table.ts';
import type { Answer, Evaluated } from '../answer.ts';
import { rememberLast } from '../remember-last.ts';
import type { Request } from '../request.ts';
import { conditionsHold, isUnconditional } from './conditions.ts';
import { hostFinder } from './hosts.ts';
import { ruleAnswer, sharesOf } from './rule-answer.ts';

export interface EvaluatedBefore extends Evaluated {
  readonly rule: RouteRule | null;
  readonly host: HostTable | null;
}

export interface TableEvaluator {
  /** What the controller answers: the host that takes the request, its rules in order, the first that matches. */
  readonly evaluate: (request: Request) => EvaluatedBefore;
  /** The request with its path as the controller compares it; null where that is how it is written, or where it has no such form. */
  readonly asCompared: (request: Request) => Request | null;
  /** Without a port, among the hosts of all. */
  readonly hostFor: (name: string, port?: number) => HostTable | null;
}

export function tableEvaluator(table: RoutingTable): TableEvaluator {
  // Requests of one path go through every port in turn, and a finder is made from all hosts.
  const finders = new Map<number, (name: string) => HostTable | null>();
  const hostFor = (name: string, port = 0) => {
    const find = finders.get(port) ?? rememberLast(hostFinder(table, port));
    finders.set(port, find);
    return find(name);
  };
  const normalised = rememberLast(table.vendor === 'alb' || table.vendor === 'gke' ? undecodedPath : normalisePath);
  const takers = new Map<HostTable, (path: string) => readonly Taker[]>();
  const takersOf = (host: HostTable, path: string) => {
    const find = takers.get(host) ?? rememberLast((key: string) => takersIn(host, key));
    takers.set(host, find);
    return find(path);
  };
  const evaluate = (request: Request): EvaluatedBefore => {
    const host = hostFor(request.host, request.port);
    const without = (answer: Answer, source = ''): EvaluatedBefore => ({ answer, source, field: null, rule: null, host });
    if (host === null || !host.ports.some((port) => port.scheme === request.scheme && port.port === request.port)) {
      return without({ kind: 'unreachable' });
    }
    if (request.scheme === 'https' && host.passthrough !== null) {
      return without({ kind: 'passthrough', shares: sharesOf([host.passthrough], request.path, null) }, 'TLS is passed through');
    }
    const path = normalised(request.path);
    if (path === null) return without({ kind: 'error', status: 400 });
    /** Rules that may have taken it. */
    const doubts: EvaluatedBefore[] = [];
    let decided = without({ kind: 'error', status: 404 });
    for (const { rule, isCertain } of takersOf(host, path)) {
      if (rule.scheme !== null && rule.scheme !== request.scheme) continue;
      const holds = conditionsHold(rule.match, request);
      if (holds === false) continue;
      const own: EvaluatedBefore = { answer: ruleAnswer(rule, host, request, path), source: rule.id, field: null, rule, host };
      if (isCertain && holds === true) {
        decided = own;
        break;
      }
      doubts.push(own);
    }
    const [doubt] = doubts;
    if (doubt === undefined) return decided;
    // An error is an error, whoever answers with it.
    const { answer: last } = decided;
    const isSame = doubts.every(({ answer }) => answer.kind === 'error' && last.kind === 'error' && answer.status === last.status);
    return isSame ? decided : { ...doubt, answer: { kind: 'undecidable', because: `the pattern of ${doubt.source}` } };
  };
  const asCompared = (request: Request): Request | null => {
    const read = normalised(request.path);
    // What these keep encoded is told apart by `undecodedPath`.
    const path = read === null ? null : (encodePath(read)?.replace(/%252[Ff]/g, '%2F') ?? null);
    return path === null || path === request.path ? null : { ...request, path };
  };
  return { evaluate, asCompared, hostFor };
}

/** An ALB and Google's load balancers keep an encoded slash apart from a slash. That they merge no slashes is not held against a Gateway, which does. */
function undecodedPath(path: string): string | null {
  return normalisePath(path.replace(/%2f/gi, '%252F'));
}

/** For one request; many of the same table are quicker with `tableEvaluator`. */
export function evaluateBefore(table: RoutingTable, request: Request): EvaluatedBefore {
  return tableEvaluator(table).evaluate(request);
}

interface Taker {
  readonly rule: RouteRule;
  readonly isCertain: boolean;
}

/** The rules whose path takes this one, in order, up to the first that nothing else can keep from answering. */
function takersIn(host: HostTable, path: string): readonly Taker[] {
  const takers: Taker[] = [];
  for (const rule of host.rules) {
    const taken = matchesPath(rule.match.path, path);
    if (taken === false) continue;
    takers.push({ rule, isCertain: taken === true });
    if (taken === true && rule.scheme === null && isUnconditional(rule.match)) break;
  }
  return takers;
}
