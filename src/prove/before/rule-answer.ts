import type { Intent } from '../../intent/intent.ts';
import { protectionName } from '../../intent/neutral.ts';
import { isProtection } from '../../intent/protection.ts';
import { rewrittenPath } from '../../route/path/index.ts';
import type { Backend, HostTable, PathMatch, Redirect, Rewrite, RouteRule } from '../../route/table.ts';
import type { Answer, Share } from '../answer.ts';
import { queryText, type Request, usualPort } from '../request.ts';

/** What a rule answers that takes the request. `path` is normalised as the controller does. */
export function ruleAnswer(rule: RouteRule, host: HostTable, request: Request, path: string): Answer {
  if (request.scheme === 'http' && rule.httpsRedirect !== null) {
    const port = rule.httpsRedirect.port === 443 ? '' : `:${rule.httpsRedirect.port}`;
    const location = `https://${request.host}${port}${request.path}${queryText(request)}`;
    return { kind: 'redirect', status: rule.httpsRedirect.status, location };
  }
  switch (rule.action.kind) {
    case 'respond':
      return { kind: 'error', status: rule.action.status };
    case 'redirect':
      return redirectAnswer(rule.action.redirect, rule.match.path, request, path);
    case 'forward': {
      const sent = rewritten(rule.action.rewrite, rule.match.path, path);
      if (sent === 'unknown') return { kind: 'undecidable', because: `the rewrite of ${rule.id}` };
      const upstreamHost = rule.intents.find((intent) => intent.kind === 'upstreamHost');
      const shares = sharesOf(rule.action.backends, sent ?? request.path, upstreamHost?.host ?? null);
      if (shares.length === 0) return { kind: 'error', status: 503 };
      return { kind: 'backends', shares, protections: protectionsOf(rule, host) };
    }
    default:
      return rule.action satisfies never;
  }
}

export function sharesOf(backends: readonly Backend[], path: string, host: string | null): readonly Share[] {
  return backends
    .filter((backend) => backend.weight > 0)
    .map((backend) => ({ backend: backendName(backend), weight: backend.weight, path, host }));
}

export function backendName(backend: Backend): string {
  if (backend.problem === 'outside-cluster') return `outside ${backend.service}`;
  return `${backend.namespace}/${backend.service}:${backend.port ?? backend.written}`;
}

/** Kinds of the intents that close the rule to somebody, each once. */
export function protectionsOf(rule: RouteRule, host: HostTable): readonly string[] {
  return [...new Set([...rule.intents, ...host.intents].filter(closes).map(protectionName))];
}

function closes(intent: Intent): boolean {
  return isProtection(intent) && !(intent.kind === 'clientCertificate' && intent.verify === 'off');
}

/** The path sent to the backend; null = as the client wrote it. */
function rewritten(rewrite: Rewrite | null, match: PathMatch, path: string): string | null | 'unknown' {
  if (rewrite === null) return null;
  switch (rewrite.kind) {
    case 'full':
      return rewrite.path;
    case 'prefix':
      return prefixReplaced(match, rewrite.path, path);
    case 'regex':
      return rewrittenPath(rewrite.pattern, rewrite.replacement, rewrite, path);
    default:
      return rewrite satisfies never;
  }
}

function prefixReplaced(match: PathMatch, replacement: string, path: string): string {
  const prefix = match.kind === 'regex' ? '' : match.value.replace(/\/+$/, '');
  const rest = path.slice(prefix.length);
  const joined = `${replacement.replace(/\/+$/, '')}${rest === '' || rest.startsWith('/') ? rest : `/${rest}`}`;
  return joined === '' ? '/' : joined;
}

function redirectAnswer(redirect: Redirect, match: PathMatch, request: Request, path: string): Answer {
  const scheme = redirect.scheme ?? request.scheme;
  const port = redirect.port === null || redirect.port === usualPort(scheme) ? '' : `:${redirect.port}`;
  const target = redirectPath(redirect, match, request, path);
  if (target === 'unknown') return { kind: 'undecidable', because: 'the pattern of a redirect' };
  const location = `${scheme}://${redirect.host ?? request.host}${port}${target}${redirectQuery(redirect, request)}`;
  return { kind: 'redirect', status: redirect.status, location };
}

function redirectQuery({ query }: Redirect, request: Request): string {
  switch (query.kind) {
    case 'keep':
      return queryText(request);
    case 'drop':
      return '';
    case 'set':
      return query.value === '' ? '' : `?${query.value}`;
    default:
      return query satisfies never;
  }
}

function redirectPath(redirect: Redirect, match: PathMatch, request: Request, path: string): string | 'unknown' {
  switch (redirect.path.kind) {
    case 'keep':
      return request.path;
    case 'prefix':
      return prefixReplaced(match, redirect.path.path, path);
    case 'full':
      return redirect.path.path;
    case 'regex':
      return rewrittenPath(redirect.path.pattern, redirect.path.replacement, redirect.path, path) ?? request.path;
    default:
      return redirect.path satisfies never;
  }
}
