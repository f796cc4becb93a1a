import type { Target } from '../contract.ts';
import { envoyRewrite } from '../envoy/rewrite-effect.ts';
import { httpRouteFilter } from './kinds.ts';

/** Envoy replaces every match in the path, so the pattern is anchored to be the whole of it; groups are `\1`. */
export const rewritePattern: NonNullable<Target['rewritePattern']> = (rewrite) => ({
  policies: [
    {
      policy: httpRouteFilter,
      on: { to: 'filter', name: 'rewrite', order: 0 },
      spec: { urlRewrite: { path: { type: 'ReplaceRegexMatch', replaceRegexMatch: { ...envoyRewrite(rewrite) } } } },
    },
  ],
});
