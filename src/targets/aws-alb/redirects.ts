import type { RequestRedirect } from '../../gateway/types.ts';
import { defineFindings } from '../../ledger/finding.ts';
import type { Adapted, RedirectContext, RedirectLowering } from '../dialect.ts';
import { parts, rule } from './fragments.ts';

const find = defineFindings('aws-alb/redirect', {
  status: {
    level: 'note',
    message: (a: { status: number; written: number }) =>
      `the load balancer redirects with 301 or 302 only: ${a.written} was written for ${a.status}`,
    help: () =>
      'Clients may turn a redirected POST into a GET, which 307 and 308 forbid. If it matters, let the backend answer with the redirect.',
    differs: ['redirect', 'status'],
  },
});

/**
 * The load balancer knows 301 and 302, replaces no prefix, and refuses a redirect that changes nothing. The path may hold `#{path}`,
 * the client's without its first slash.
 */
export function adaptRedirect(wanted: RequestRedirect, { path, redirect, place }: RedirectContext): Adapted<RedirectLowering> {
  if (wanted.path !== undefined && KEYWORD.test(replacementOf(wanted.path)))
    return refused('the load balancer puts parts of the request in place of #{…} in the path of a redirect');
  const filter = withStatus(withPath(wanted, path));
  if (filter === null) return refused('the load balancer replaces no prefix of a path in a redirect');
  if (filter.path?.type === 'ReplaceFullPath' && /[*?]/.test(filter.path.replaceFullPath))
    return refused('the load balancer takes no * or ? in the path of a redirect');
  if (
    filter.scheme === undefined &&
    filter.hostname === undefined &&
    filter.port === undefined &&
    filter.path === undefined &&
    redirect.query.kind === 'keep'
  )
    return refused('it leads back to the same address, which the load balancer refuses');
  const status = wanted.statusCode ?? 302;
  const findings = filter.statusCode === status ? [] : [find.status({ status, written: filter.statusCode ?? 302 }, place)];
  if (redirect.query.kind === 'keep') return { kind: 'written', written: { filter, findings } };
  const query = redirect.query.kind === 'drop' ? '' : redirect.query.value;
  return {
    kind: 'written',
    written: { filter, findings, parts: parts(rule({ actions: [{ type: 'redirect', redirectConfig: { query } }] })) },
  };
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html#redirect-actions */
const KEYWORD = /#\{(?:protocol|host|port|path|query)\}/;

function replacementOf(path: NonNullable<RequestRedirect['path']>): string {
  return path.type === 'ReplaceFullPath' ? path.replaceFullPath : path.replacePrefixMatch;
}

function refused(why: string): Adapted<never> {
  return { kind: 'refused', why };
}

/** 308 says to caches what 301 says, 303 and 307 what 302 says. */
function withStatus(filter: RequestRedirect | null): RequestRedirect | null {
  if (filter === null) return null;
  const { statusCode = 302 } = filter;
  return { ...filter, statusCode: statusCode === 301 || statusCode === 308 ? 301 : 302 };
}

/** A new prefix that ends as the old one began is a text before the whole path: `/a` → `/new/a`. */
function withPath(filter: RequestRedirect, path: RedirectContext['path']): RequestRedirect | null {
  if (filter.path?.type !== 'ReplacePrefixMatch') return filter;
  if (path !== undefined && path.type !== 'PathPrefix') return null;
  const old = (path?.value ?? '/').replace(/\/+$/, '');
  const replacement = filter.path.replacePrefixMatch.replace(/\/+$/, '');
  if (!replacement.endsWith(old)) return null;
  const before = replacement.slice(0, replacement.length - old.length);
  const { path: _, ...rest } = filter;
  return before === '' ? rest : { ...filter, path: { type: 'ReplaceFullPath', replaceFullPath: `${before}/#{path}` } };
}
