import type { Listener } from '../../gateway/types.ts';
import { type Json, type JsonObject, member } from '../../model/json.ts';
import { type Attached, LEVELS } from '../envoy/attachment.ts';

/**
 * What the SecurityPolicies for a rule check. The nearest one counts as a whole, unless it says that it is merged with those
 * further off; of several for the same only one counts, and which one the manifests do not say.
 */
export function securityChecks(attached: Attached): readonly string[] {
  const checks: string[] = [];
  for (const level of LEVELS) {
    const [first, ...others] = attached[level];
    if (first === undefined) continue;
    const sure = checksOf(first).filter((check) => others.every((other) => checksOf(other).includes(check)));
    checks.push(...sure);
    if (![first, ...others].every((spec) => member(spec, 'mergeType') !== undefined)) break;
  }
  return [...new Set(checks)];
}

function checksOf(spec: JsonObject): readonly string[] {
  const jwt = member(spec, 'jwt');
  const isStrict = jwt !== undefined && member(jwt, 'optional') !== true && member(jwt, 'failOpen') !== true;
  const extAuth = member(spec, 'extAuth');
  return [
    ...listsOf(member(spec, 'authorization')),
    ...(member(member(spec, 'basicAuth'), 'users') === undefined ? [] : ['basicAuth']),
    ...(extAuth === undefined || member(extAuth, 'failOpen') === true ? [] : ['externalAuth']),
    ...(isStrict ? ['jwt'] : []),
    ...(member(spec, 'oidc') === undefined ? [] : ['oidc']),
  ];
}

/** The first rule that matches decides; what none matches is denied unless said otherwise. */
function listsOf(authorization: Json | undefined): readonly string[] {
  if (authorization === undefined) return [];
  const written = member(authorization, 'rules');
  const rules = Array.isArray(written) ? written : [];
  const admitsAll = rules.findIndex((rule) => member(rule, 'action') === 'Allow' && takesEverybody(rule));
  const asked = admitsAll < 0 ? rules : rules.slice(0, admitsAll);
  const isClosed = admitsAll < 0 && (member(authorization, 'defaultAction') ?? 'Deny') === 'Deny';
  return [...(isClosed ? ['allowList'] : []), ...(asked.some((rule) => member(rule, 'action') === 'Deny') ? ['denyList'] : [])];
}

/** Without a condition on addresses, or with one that takes every address of a family. */
function takesEverybody(rule: Json): boolean {
  const ranges = member(member(rule, 'principal'), 'clientCIDRs');
  return !Array.isArray(ranges) || ranges.some((range) => typeof range === 'string' && range.endsWith('/0'));
}

/** A certificate that is given is verified; one policy of the listener counts before that of its Gateway. */
export function certificateChecks(attached: Attached, listener: Listener): readonly string[] {
  if (listener.protocol !== 'HTTPS') return [];
  const nearest = attached.listener.length > 0 ? attached.listener : attached.gateway;
  return nearest.length > 0 && nearest.every(verifies) ? ['clientCertificate'] : [];
}

function verifies(spec: JsonObject): boolean {
  const validation = member(member(spec, 'tls'), 'clientValidation');
  const mode = member(validation, 'mode') ?? 'RequireAndVerify';
  return validation !== undefined && (mode === 'RequireAndVerify' || mode === 'VerifyIfGiven');
}
