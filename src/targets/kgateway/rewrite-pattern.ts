import type { Target } from '../contract.ts';
import { envoyRewrite } from '../envoy/rewrite-effect.ts';
import { traffic } from './kinds.ts';

const LONGEST = 1024;

/** A policy of the route: rules with other rewrites stand in routes of their own. */
export const rewritePattern: NonNullable<Target['rewritePattern']> = (rewrite) => {
  const { pattern, substitution } = envoyRewrite(rewrite);
  if (pattern.length > LONGEST || substitution.length > LONGEST) return null;
  return traffic({ urlRewrite: { pathRegex: { pattern, substitution } } });
};
