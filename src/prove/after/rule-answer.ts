import type { HTTPRouteFilter, RequestRedirect } from '../../gateway/types.ts';
import type { BackendKind, RuleEffects } from '../../targets/effects.ts';
import type { Answer, Share } from '../answer.ts';
import { queryText, type Request, usualPort } from '../request.ts';
import { modifyPath } from './paths.ts';
import type { Candidate } from './precedence.ts';
import { namespaceOf, type World } from './world.ts';

/** What a rule answers that takes the request: a redirect, or backends by weight. Without a usable backend it is 500. */
export function ruleAnswer(world: World, candidate: Candidate, request: Request, path: string): Answer {
  const { route, listening, rule, match } = candidate;
  const filters = rule.filters ?? [];
  const effects = world.effects({ route, ruleIndex: candidate.ruleIndex, ...listening });
  // A filter that is not honoured must turn into an error; whether this one is, the objects alone do not say.
  const [foreign] = effects.unknown;
  if (foreign !== undefined) return { kind: 'undecidable', because: `the filter ${foreign}` };
  if (effects.status !== null) return { kind: 'error', status: effects.status };
  const redirect = filters.find((filter) => filter.type === 'RequestRedirect');
  if (redirect !== undefined)
    return redirectAnswer(
      redirect.requestRedirect,
      candidate,
      request,
      path,
      world.reading.redirectKeywords ? (effects.redirectQuery ?? null) : undefined,
    );
  const namespace = namespaceOf(route);
  if (filters.some((filter) => filter.type === 'ExternalAuth' && !authReachable(world, namespace, filter)))
    return { kind: 'error', status: 500 };
  const rewrite = filters.find((filter) => filter.type === 'URLRewrite')?.urlRewrite;
  const modified = rewrite?.path === undefined ? request.path : modifyPath(rewrite.path, match.path, path);
  const sent = effects.rewrite === null ? modified : effects.rewrite(path);
  if (sent === 'unknown') return { kind: 'undecidable', because: 'a rewrite by a pattern' };
  const shares = (rule.backendRefs ?? []).flatMap((ref): Share[] => {
    const weight = ref.weight ?? 1;
    if (weight === 0) return [];
    const target = { group: ref.group ?? '', kind: ref.kind ?? 'Service', namespace: ref.namespace ?? namespace, name: ref.name };
    const isGranted = world.isGranted({ kind: 'HTTPRoute', namespace }, target);
    const backend = isGranted ? backendText(target, ref.port, effects) : REFUSED;
    return [{ backend, weight, path: sent, host: rewrite?.hostname ?? null }];
  });
  if (shares.every((share) => share.backend === REFUSED)) return { kind: 'error', status: 500 };
  const guards = filters.some((filter) => filter.type === 'ExternalAuth') ? ['externalAuth'] : [];
  return { kind: 'backends', shares, protections: [...new Set([...listening.protections, ...guards, ...effects.protections])] };
}

/** `namespace/service:port`, also where an object of the implementation stands before the Service. */
function backendText(target: BackendKind, port: number | undefined, { backend }: RuleEffects): string {
  const service = target.kind === 'Service' ? null : (backend?.(target) ?? null);
  if (service !== null) return `${service.namespace}/${service.name}:${service.port ?? port ?? ''}`;
  const kind = target.kind === 'Service' ? '' : `${target.kind} `;
  return `${kind}${target.namespace}/${target.name}${port === undefined ? '' : `:${port}`}`;
}

/** The share of a backend in another namespace that no grant covers: answered with 500. */
const REFUSED = 'error 500 (no grant)';

function authReachable(world: World, namespace: string, { externalAuth }: Extract<HTTPRouteFilter, { type: 'ExternalAuth' }>): boolean {
  const { group = '', kind = 'Service', name, namespace: home = namespace } = externalAuth.backendRef;
  return world.isGranted({ kind: 'HTTPRoute', namespace }, { group, kind, name, namespace: home });
}

/** Without a port of its own: that of the scheme it names, else the listener's. */
function redirectAnswer(
  redirect: RequestRedirect,
  { listening: { listener }, match }: Candidate,
  request: Request,
  path: string,
  /** With keywords; null: the request's. undefined: there are no keywords. */
  query: string | null | undefined,
): Answer {
  const scheme = redirect.scheme ?? request.scheme;
  const port = redirect.port ?? (redirect.scheme === undefined ? listener.port : usualPort(scheme));
  const shown = port === usualPort(scheme) ? '' : `:${port}`;
  const target = redirect.path === undefined ? request.path : modifyPath(redirect.path, match.path, path);
  const filled = (text: string) => (query === undefined ? text : withKeywords(text, request, path));
  const asked = typeof query === 'string' ? filled(query) : queryText(request).replace(/^\?/, '');
  const location = `${scheme}://${redirect.hostname ?? request.host}${shown}${filled(target)}${asked === '' ? '' : `?${asked}`}`;
  return { kind: 'redirect', status: redirect.statusCode ?? 302, location };
}

/** `#{path}` comes without the slash in front. */
function withKeywords(text: string, request: Request, path: string): string {
  return text
    .replaceAll('#{path}', path.replace(/^\//, ''))
    .replaceAll('#{host}', request.host)
    .replaceAll('#{port}', String(request.port))
    .replaceAll('#{protocol}', request.scheme.toUpperCase())
    .replaceAll('#{query}', queryText(request).replace(/^\?/, ''));
}
