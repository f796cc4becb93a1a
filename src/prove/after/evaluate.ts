import type {
  Gateway,
  GatewayValueMatch,
  HTTPRoute,
  HTTPRouteFilter,
  HTTPRouteMatch,
  HTTPRouteRule,
  Listener,
  RequestRedirect,
} from '../../gateway/types.ts';
import { compareText } from '../../model/position.ts';
import type { Answer, Evaluated, Share } from '../answer.ts';
import type { Request } from '../request.ts';
import { attachments, isGranted, takenBy, type World } from './attachment.ts';
import { hostnameRank, hostnameTakes } from './hostnames.ts';
import { modifyPath, pathRank, pathTakes, regexTakes } from './paths.ts';

interface Candidate {
  readonly route: HTTPRoute;
  readonly listener: Listener;
  readonly hostname: string;
  readonly ruleIndex: number;
  readonly rule: HTTPRouteRule;
  readonly match: HTTPRouteMatch;
}

/**
 * What a Gateway answers, by the specification alone: listeners, attachment, hostname intersection, precedence,
 * filters, weights, grants. With `isolated`, a request is served by its most specific listener only (an Extended
 * feature); without, by every listener that takes its host.
 */
export function evaluateAfter(world: World, gateway: Gateway, request: Request, isolated: boolean): Evaluated {
  const protocol = request.scheme === 'http' ? 'HTTP' : 'HTTPS';
  const listening = gateway.spec.listeners.filter(
    (listener) =>
      listener.protocol === protocol &&
      listener.port === request.port &&
      hostnameTakes(listener.hostname, request.host) &&
      hasCertificate(world, gateway, listener),
  );
  if (listening.length === 0) return { answer: { kind: 'unreachable' }, source: '' };
  const longest = Math.max(...listening.map((listener) => listener.hostname?.length ?? 0));
  const serving = isolated ? listening.filter((listener) => (listener.hostname?.length ?? 0) === longest) : listening;
  const path = normalise(request.path);
  const candidates: Candidate[] = [];
  let undecidable: string | null = null;
  for (const listener of serving) {
    for (const { route } of attachments(world, gateway, listener)) {
      const hostname = takenBy(route, listener, request.host);
      if (hostname === null) continue;
      route.spec.rules.forEach((rule, ruleIndex) => {
        for (const match of rule.matches ?? [{ path: { type: 'PathPrefix', value: '/' } }]) {
          const takes = matchTakes(match, request, path);
          if (takes === 'undecidable') undecidable = match.path?.value ?? '';
          else if (takes) candidates.push({ route, listener, hostname, ruleIndex, rule, match });
        }
      });
    }
  }
  if (undecidable !== null) return { answer: { kind: 'undecidable', because: `the pattern ${undecidable}` }, source: '' };
  const [best] = candidates.sort(byPrecedence);
  if (best === undefined) return { answer: { kind: 'error', status: 404 }, source: '' };
  return { answer: answerOf(world, best, request, path), source: `HTTPRoute ${nameOf(best.route)} rules[${best.ruleIndex}]` };
}

/** An HTTPS listener whose Secret it may not read is invalid and serves nothing. */
function hasCertificate(world: World, gateway: Gateway, listener: Listener): boolean {
  if (listener.protocol !== 'HTTPS') return true;
  const refs = listener.tls?.certificateRefs ?? [];
  const namespace = gateway.metadata.namespace ?? 'default';
  if (refs.length === 0) return listener.tls?.options !== undefined;
  return refs.every((ref) =>
    isGranted(world, { kind: 'Gateway', namespace }, { kind: ref.kind ?? 'Secret', namespace: ref.namespace ?? namespace, name: ref.name }),
  );
}

function matchTakes(match: HTTPRouteMatch, request: Request, path: string): boolean | 'undecidable' {
  if (match.method !== undefined && match.method !== request.method) return false;
  const cookie = Object.entries(request.cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');
  const header = (name: string) =>
    name.toLowerCase() === 'cookie' && cookie !== ''
      ? cookie
      : Object.entries(request.headers).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  const values = [
    ...(match.headers ?? []).map((item) => valueTakes(item, header(item.name))),
    ...(match.queryParams ?? []).map((item) => valueTakes(item, request.query[item.name])),
  ];
  if (values.includes(false)) return false;
  const taken = pathTakes(match.path, path);
  if (taken === false) return false;
  return taken === 'undecidable' || values.includes('undecidable') ? 'undecidable' : true;
}

function valueTakes(match: GatewayValueMatch, value: string | undefined): boolean | 'undecidable' {
  if (value === undefined) return false;
  return match.type === 'RegularExpression' ? regexTakes(match.value, value) : match.value === value;
}

function byPrecedence(a: Candidate, b: Candidate): number {
  const [aPrecise, aAny] = hostnameRank(a.hostname);
  const [bPrecise, bAny] = hostnameRank(b.hostname);
  const [aType, aLength] = pathRank(a.match.path);
  const [bType, bLength] = pathRank(b.match.path);
  return (
    bPrecise - aPrecise ||
    bAny - aAny ||
    bType - aType ||
    bLength - aLength ||
    Number(b.match.method !== undefined) - Number(a.match.method !== undefined) ||
    (b.match.headers?.length ?? 0) - (a.match.headers?.length ?? 0) ||
    (b.match.queryParams?.length ?? 0) - (a.match.queryParams?.length ?? 0) ||
    compareText(nameOf(a.route), nameOf(b.route)) ||
    a.ruleIndex - b.ruleIndex
  );
}

function answerOf(world: World, { route, listener, rule, match }: Candidate, request: Request, path: string): Answer {
  const filters = rule.filters ?? [];
  const redirect = filters.find((filter) => filter.type === 'RequestRedirect');
  if (redirect !== undefined) return redirectAnswer(redirect.requestRedirect, listener, match, request, path);
  const rewrite = filters.find((filter) => filter.type === 'URLRewrite')?.urlRewrite;
  const namespace = route.metadata.namespace ?? 'default';
  const shares: Share[] = [];
  for (const ref of rule.backendRefs ?? []) {
    const target = { kind: ref.kind ?? 'Service', namespace: ref.namespace ?? namespace, name: ref.name };
    const weight = ref.weight ?? 1;
    if (weight === 0) continue;
    const granted = isGranted(world, { kind: 'HTTPRoute', namespace }, target);
    shares.push({
      backend: granted ? `${target.namespace}/${target.name}:${ref.port ?? 0}` : 'refused:500',
      weight,
      path: rewrite?.path === undefined ? request.path : modifyPath(rewrite.path, match.path, path),
      host: rewrite?.hostname ?? null,
    });
  }
  if (shares.every((share) => share.backend === 'refused:500')) return { kind: 'error', status: 500 };
  return { kind: 'backends', shares, protections: protectionsOf(filters) };
}

/** Filters of the standard that authorise. Policies of implementations are evaluated by their targets. */
function protectionsOf(filters: readonly HTTPRouteFilter[]): readonly string[] {
  return filters.some((filter) => filter.type === 'ExternalAuth') ? ['externalAuth'] : [];
}

function redirectAnswer(redirect: RequestRedirect, listener: Listener, match: HTTPRouteMatch, request: Request, path: string): Answer {
  const scheme = redirect.scheme ?? request.scheme;
  const port = redirect.port ?? (redirect.scheme === undefined ? listener.port : scheme === 'http' ? 80 : 443);
  const shown = port === (scheme === 'http' ? 80 : 443) ? '' : `:${port}`;
  const query = Object.entries(request.query).map(([name, value]) => `${name}=${value}`);
  const target = redirect.path === undefined ? request.path : modifyPath(redirect.path, match.path, path);
  const location = `${scheme}://${redirect.hostname ?? request.host}${shown}${target}${query.length === 0 ? '' : `?${query.join('&')}`}`;
  return { kind: 'redirect', status: redirect.statusCode ?? 302, location };
}

/**
 * Repeated slashes are merged and letters, digits and `-._~` decoded before matching, as the implementations do by
 * default. Other encoded characters are compared as written.
 */
function normalise(path: string): string {
  const decoded = path.replace(/%([0-9A-Fa-f]{2})/g, (encoded, hex: string) => {
    const char = String.fromCharCode(Number.parseInt(hex, 16));
    return /[A-Za-z0-9\-._~]/.test(char) ? char : encoded;
  });
  return decoded.replace(/\/{2,}/g, '/');
}

function nameOf(route: HTTPRoute): string {
  return `${route.metadata.namespace ?? 'default'}/${route.metadata.name}`;
}
