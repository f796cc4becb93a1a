import { parseRewriteTarget } from '../../../src/route/path/rewrite-target.ts';
import type { Redirect, Rewrite } from '../../../src/route/table.ts';
import type { RewriteSetting } from '../rewrite-target.ts';

export type RewriteAction =
  | { readonly kind: 'rewrite'; readonly rewrite: Rewrite }
  | { readonly kind: 'redirect'; readonly redirect: Redirect };

/** `rewrite "(?i)PATH" TARGET break`: the whole path becomes the target. nginx answers 302 where the target has a scheme. */
export function rewriteAction(path: string, { value, entries }: NonNullable<RewriteSetting['target']>): RewriteAction {
  const [origin] = /^(?:https?|\$scheme):\/\/[^/]*?(?=\/|\$[1-9]|$)/.exec(value) ?? [];
  if (origin === undefined)
    return { kind: 'rewrite', rewrite: { kind: 'regex', pattern: path, replacement: value, caseInsensitive: true, entries } };
  const parsed = parseRewriteTarget(value);
  const rest = value.slice(origin.length);
  const common = { status: 302, path: pathOf(path, rest), query: { kind: 'keep' }, entries } as const;
  // An origin that depends on the request stays as written: no host of Gateway API, as the planner will say.
  const { scheme, host, port } =
    parsed.kind === 'redirect' ? parsed.origin : { scheme: null, host: origin.replace(/^[^/]*\/\//, ''), port: null };
  return { kind: 'redirect', redirect: { ...common, scheme, host, port } };
}

function pathOf(pattern: string, rest: string): Redirect['path'] {
  if (!rest.includes('$')) return { kind: 'full', path: rest === '' ? '/' : rest };
  return { kind: 'regex', pattern, replacement: rest, caseInsensitive: true };
}
