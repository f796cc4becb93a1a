import { redirectStatusCodes } from '../gateway/fields.ts';
import type { Release } from '../gateway/release.ts';
import type { HTTPRouteFilter, HTTPRouteMatch, PathModifier, RequestRedirect } from '../gateway/types.ts';
import type { Finding, Place } from '../ledger/finding.ts';
import type { HttpsRedirect, Redirect } from '../route/table.ts';
import type { RuleParts, Target } from '../targets/contract.ts';
import { planFindings } from './findings.ts';

export interface RedirectPlanContext {
  readonly release: Release;
  readonly target: Target;
  readonly place: Place;
  readonly path: HTTPRouteMatch['path'];
  readonly gatewayClass: string | null;
}

export type RedirectPlan =
  | {
      readonly kind: 'written';
      readonly filter: HTTPRouteFilter;
      readonly parts: readonly RuleParts[];
      readonly findings: readonly Finding[];
    }
  | { readonly kind: 'not-expressible'; readonly finding: Finding };

/** `modifier` is what became of the redirect's path; null keeps the client's path. */
export function planRedirect(redirect: Redirect, modifier: PathModifier | null, context: RedirectPlanContext): RedirectPlan {
  const { release, target, place, path, gatewayClass } = context;
  const status = statusFor(redirect.status, release, place, target.dialect?.refusedStatuses);
  if (status === null) {
    return {
      kind: 'not-expressible',
      finding: planFindings['redirect-not-expressible']({ why: `there is no redirect status ${redirect.status}` }, place),
    };
  }
  if (redirect.host !== null && !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(redirect.host)) {
    return {
      kind: 'not-expressible',
      finding: planFindings['redirect-not-expressible']({ why: `"${redirect.host}" is no host name` }, place),
    };
  }
  const requestRedirect: RequestRedirect = {
    ...(redirect.scheme === null ? {} : { scheme: redirect.scheme }),
    ...(redirect.host === null ? {} : { hostname: redirect.host }),
    ...(redirect.port === null ? {} : { port: redirect.port }),
    ...(modifier === null ? {} : { path: modifier }),
    statusCode: status.code,
  };
  const adapted = target.dialect?.redirect?.(requestRedirect, { path, redirect, place, gatewayClass });
  if (adapted?.kind === 'refused')
    return { kind: 'not-expressible', finding: planFindings['redirect-not-expressible']({ why: adapted.why }, place) };
  if (adapted != null) {
    const { filter, parts, findings } = adapted.written;
    return {
      kind: 'written',
      filter: { type: 'RequestRedirect', requestRedirect: filter },
      parts: parts === undefined ? [] : [parts],
      findings: [...status.findings, ...findings],
    };
  }
  const findings = [...status.findings];
  if (redirect.query.kind === 'drop') findings.push(planFindings['redirect-query']({}, place));
  if (redirect.query.kind === 'set') findings.push(planFindings['redirect-query-lost']({ query: redirect.query.value }, place));
  return { kind: 'written', filter: { type: 'RequestRedirect', requestRedirect }, parts: [], findings };
}

export function planHttpsRedirect(redirect: HttpsRedirect, context: RedirectPlanContext): RedirectPlan {
  const asRedirect: Redirect = {
    status: redirect.status,
    scheme: 'https',
    host: null,
    port: redirect.port === 443 ? null : redirect.port,
    path: { kind: 'keep' },
    query: { kind: 'keep' },
    entries: redirect.entries,
  };
  return planRedirect(asRedirect, null, context);
}

/** 308 and 307 keep the method; releases without them get the code that says the same about caching. */
function statusFor(
  status: number,
  release: Release,
  place: Place,
  refused: readonly number[] = [],
): { code: number; findings: Finding[] } | null {
  const codes: readonly number[] = redirectStatusCodes(release).filter((code) => !refused.includes(code));
  if (codes.includes(status)) return { code: status, findings: [] };
  const substitute = status === 308 ? 301 : status === 307 || status === 303 ? 302 : null;
  if (substitute === null) return null;
  return { code: substitute, findings: [planFindings['redirect-status']({ status, written: substitute }, place)] };
}
