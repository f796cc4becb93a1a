import { isProtection } from '../../intent/protection.ts';
import { matchesPath, normalisePath, rewrittenPath } from '../../route/path/index.ts';
import { captureGroups } from '../../route/path/regex/captures.ts';
import { parsePattern } from '../../route/path/regex/parse.ts';
import type { Backend, HostTable, Match, Redirect, Rewrite, RouteRule, RoutingTable, ValueMatch } from '../../route/table.ts';
import type { Answer, Evaluated, Share } from '../answer.ts';
import type { Request } from '../request.ts';

/** What the controller answers: the host that takes the request, its rules in order, the first that matches. */
export function evaluateBefore(
  table: RoutingTable,
  request: Request,
): Evaluated & { readonly rule: RouteRule | null; readonly host: HostTable | null } {
  const host = hostFor(table, request.host);
  if (host === null || !host.ports.some((port) => port.scheme === request.scheme && port.port === request.port)) {
    return { answer: { kind: 'unreachable' }, source: '', rule: null, host };
  }
  if (request.scheme === 'https' && host.passthrough !== null) {
    return { answer: { kind: 'unreachable' }, source: 'TLS is passed through', rule: null, host };
  }
  const path = normalisePath(request.path);
  if (path === null) return { answer: { kind: 'error', status: 400 }, source: '', rule: null, host };
  for (const rule of host.rules) {
    if (rule.scheme !== null && rule.scheme !== request.scheme) continue;
    const taken = takes(rule.match, request, path);
    if (taken === 'unknown') return { answer: { kind: 'undecidable', because: `the pattern of ${rule.id}` }, source: rule.id, rule, host };
    if (taken) return { answer: answerOf(rule, host, request, path), source: rule.id, rule, host };
  }
  return { answer: { kind: 'error', status: 404 }, source: '', rule: null, host };
}

/** The most specific host: exact, then the longest wildcard, then the one for any. */
export function hostFor(table: RoutingTable, host: string): HostTable | null {
  const wildcards = table.hosts
    .filter((candidate) => candidate.host.startsWith('*.') && wildcardTakes(candidate, host))
    .sort((a, b) => b.host.length - a.host.length);
  return (
    table.hosts.find((candidate) => candidate.host !== '' && candidate.host === host) ??
    wildcards[0] ??
    table.hosts.find((candidate) => candidate.host === '') ??
    null
  );
}

function wildcardTakes(table: HostTable, host: string): boolean {
  const suffix = table.host.slice(1);
  if (!host.endsWith(suffix) || host.length === suffix.length) return false;
  return table.wildcard === 'any-depth' || !host.slice(0, -suffix.length).includes('.');
}

function takes(match: Match, request: Request, path: string): boolean | 'unknown' {
  if (match.methods.length > 0 && !match.methods.includes(request.method)) return false;
  if (match.sourceRanges.length > 0) return false;
  const values = [
    ...match.headers.map((item) => valueTakes(item, header(request, item.name))),
    ...match.queryParams.map((item) => valueTakes(item, request.query[item.name])),
    ...match.cookies.map((item) => valueTakes(item, request.cookies[item.name])),
  ];
  if (values.includes(false)) return false;
  const taken = matchesPath(match.path, path);
  if (taken === false) return false;
  return taken === 'unknown' || values.includes('unknown') ? 'unknown' : true;
}

function header(request: Request, name: string): string | undefined {
  return Object.entries(request.headers).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

function valueTakes(match: ValueMatch, value: string | undefined): boolean | 'unknown' {
  if (value === undefined) return false;
  if (match.kind === 'exact') return match.value === value;
  const pattern = parsePattern(match.value);
  if (pattern.kind === 'unparsed') return 'unknown';
  const found = captureGroups(pattern, false, value);
  return found === 'unknown' ? 'unknown' : found !== null;
}

function answerOf(rule: RouteRule, host: HostTable, request: Request, path: string): Answer {
  if (request.scheme === 'http' && rule.httpsRedirect !== null) {
    const port = rule.httpsRedirect.port === 443 ? '' : `:${rule.httpsRedirect.port}`;
    return {
      kind: 'redirect',
      status: rule.httpsRedirect.status,
      location: `https://${request.host}${port}${request.path}${queryText(request)}`,
    };
  }
  switch (rule.action.kind) {
    case 'respond':
      return { kind: 'error', status: rule.action.status };
    case 'redirect':
      return redirectAnswer(rule.action.redirect, request, path);
    case 'forward': {
      const sent = rewritten(rule.action.rewrite, rule, path);
      if (sent === 'unknown') return { kind: 'undecidable', because: `the rewrite of ${rule.id}` };
      const upstreamHost = rule.intents.find((intent) => intent.kind === 'upstreamHost');
      const shares = rule.action.backends
        .filter((backend) => backend.weight > 0)
        .map(
          (backend): Share => ({
            backend: nameOf(backend),
            weight: backend.weight,
            path: sent ?? request.path,
            host: upstreamHost?.host ?? null,
          }),
        );
      const protections = [...new Set([...rule.intents, ...host.intents].filter(isProtection).map((intent) => intent.kind))];
      return { kind: 'backends', shares, protections };
    }
    default:
      return rule.action satisfies never;
  }
}

function nameOf(backend: Backend): string {
  return `${backend.namespace}/${backend.service}:${backend.port ?? backend.written}`;
}

/** The path sent to the backend; null = as the client wrote it. */
function rewritten(rewrite: Rewrite | null, rule: RouteRule, path: string): string | null | 'unknown' {
  if (rewrite === null) return null;
  switch (rewrite.kind) {
    case 'full':
      return rewrite.path;
    case 'prefix': {
      const prefix = rule.match.path.kind === 'regex' ? '' : rule.match.path.value.replace(/\/+$/, '');
      const rest = path.slice(prefix.length);
      const joined = `${rewrite.path.replace(/\/+$/, '')}${rest === '' || rest.startsWith('/') ? rest : `/${rest}`}`;
      return joined === '' ? '/' : joined;
    }
    case 'regex':
      return rewrittenPath(rewrite.pattern, rewrite.replacement, rewrite, path);
    default:
      return rewrite satisfies never;
  }
}

function redirectAnswer(redirect: Redirect, request: Request, path: string): Answer {
  const scheme = redirect.scheme ?? request.scheme;
  const port = redirect.port === null || redirect.port === (scheme === 'http' ? 80 : 443) ? '' : `:${redirect.port}`;
  const query =
    redirect.query.kind === 'keep'
      ? queryText(request)
      : redirect.query.kind === 'set' && redirect.query.value !== ''
        ? `?${redirect.query.value}`
        : '';
  const target = redirectPath(redirect, request, path);
  if (target === 'unknown') return { kind: 'undecidable', because: 'the pattern of a redirect' };
  return { kind: 'redirect', status: redirect.status, location: `${scheme}://${redirect.host ?? request.host}${port}${target}${query}` };
}

function redirectPath(redirect: Redirect, request: Request, path: string): string | 'unknown' {
  switch (redirect.path.kind) {
    case 'keep':
    case 'prefix':
      return request.path;
    case 'full':
      return redirect.path.path;
    case 'regex':
      return rewrittenPath(redirect.path.pattern, redirect.path.replacement, redirect.path, path) ?? request.path;
    default:
      return redirect.path satisfies never;
  }
}

function queryText(request: Request): string {
  const pairs = Object.entries(request.query).map(([name, value]) => `${name}=${value}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}
