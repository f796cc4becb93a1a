import { pathText } from './entries.ts';
import { planFindings } from './findings.ts';
import type { RuleContext } from './lowered-rule.ts';
import type { PathPlan } from './path-plan.ts';

/**
 * Says of a path with characters outside ASCII, or others that have to be percent-encoded, that it has more than one spelling.
 * NGINX decodes before it compares, which is said once for all its paths (`plan/path-encoding`).
 */
export function withSpelling(plan: PathPlan, { rule, input, place }: RuleContext): PathPlan {
  const { vendor } = input.table;
  if (plan.kind === 'not-expressible' || vendor === 'nginx' || vendor === 'nginx-inc') return plan;
  const written = plan.paths.map(({ path }) => path.value).find((value) => otherSpelling(value) !== value);
  if (written === undefined) return plan;
  const args = { path: pathText(rule), written, other: otherSpelling(written) };
  return { ...plan, findings: [...plan.findings, planFindings['path-spelled'](args, place)] };
}

/** RFC 3986 6.2.2.1: the digits of an escape mean the same in either case. */
function otherSpelling(path: string): string {
  return path.replace(/%[0-9A-F]{2}/g, (escaped) => escaped.toLowerCase());
}
