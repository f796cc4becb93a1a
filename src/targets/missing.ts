import type { HTTPRouteMatch } from '../gateway/types.ts';
import type { PolicyPart } from './policy.ts';
import type { RuleParts } from './rule-parts.ts';
import { compareVersions, GATEWAY_API, MATCHES, type Missing, type PartName, type Versions } from './versions.ts';

/** What an implementation has to say of the parts of one rule. */
const PART_NAMES: Readonly<Partial<Record<PartName, string>>> = {
  cors: 'CORS filter of HTTPRoute',
  externalAuth: 'ExternalAuth filter of HTTPRoute',
  retry: 'retry of HTTPRoute',
  sessionPersistence: 'sessionPersistence of HTTPRoute',
  timeouts: 'timeouts of HTTPRoute',
  frontendTls: 'tls.frontend of the Gateway',
  backendTls: 'BackendTLSPolicy',
  mirrors: 'RequestMirror filter of HTTPRoute',
};

/** The first thing among the parts that a version does not have; null when it has all of them. */
export function missingIn(parts: RuleParts, versions: Versions, version: string): Missing | null {
  for (const [since, additions] of later(versions, version)) {
    const part = additions[GATEWAY_API]?.find((name) => hasPart(parts, name));
    if (part !== undefined) return { what: PART_NAMES[part] ?? part.replace(/^.*?:/, 'option '), since };
  }
  for (const policy of parts.policies ?? []) {
    const missing = missingInPolicy(policy, versions, version);
    if (missing !== null) return missing;
  }
  for (const object of parts.objects ?? []) {
    const missing = missingInObject(object, versions, version);
    if (missing !== null) return missing;
  }
  const { cases } = parts;
  for (const nested of [...(parts.refusals ?? []), ...(cases === undefined ? [] : [...cases.each, cases.otherwise])]) {
    const missing = missingIn(nested, versions, version);
    if (missing !== null) return missing;
  }
  return null;
}

function hasPart(parts: RuleParts, name: PartName): boolean {
  const [part = '', key = ''] = name.split(/:(.*)/s);
  const value = memberOf(parts, part);
  return key === '' ? value !== undefined : memberOf(value, key) !== undefined;
}

/** Fragments are looked at in the form that they are written in. */
export function missingInPolicy({ policy, spec }: PolicyPart, versions: Versions, version: string): Missing | null {
  return missingInObject({ kind: policy.kind, spec: policy.write(spec, [], '') }, versions, version);
}

/** A condition that a version does not know. */
export function missingInMatch(match: HTTPRouteMatch, versions: Versions, version: string): Missing | null {
  for (const [since, additions] of later(versions, version)) {
    const name = additions[MATCHES]?.find((each) => match[each] !== undefined);
    if (name !== undefined) return { what: `matches.${name} of HTTPRoute`, since };
  }
  return null;
}

export function missingInObject(
  { kind, spec }: { readonly kind: string; readonly spec?: unknown },
  versions: Versions,
  version: string,
): Missing | null {
  for (const [since, additions] of later(versions, version)) {
    const found = additions[kind]?.find((field) => field === '*' || has(spec, field));
    if (found !== undefined) return { what: found === '*' ? kind : `${found.replaceAll('[]', '')} of ${kind}`, since };
  }
  return null;
}

function later({ since }: Versions, version: string) {
  return Object.entries(since)
    .filter(([added]) => compareVersions(added, version) > 0)
    .sort(([a], [b]) => compareVersions(a, b));
}

/** Whether a path leads anywhere: `a[].b` through every item, `a=value` to that value. */
function has(value: unknown, field: string): boolean {
  const [path = '', wanted] = field.split('=');
  const [first = '', ...rest] = path.split('.');
  const member = memberOf(value, first.replace('[]', ''));
  const members: readonly unknown[] = first.endsWith('[]') && Array.isArray(member) ? member : [member];
  const deeper = `${rest.join('.')}${wanted === undefined ? '' : `=${wanted}`}`;
  if (rest.length > 0) return members.some((each) => has(each, deeper));
  return members.some((each) => (wanted === undefined ? each !== undefined : each === wanted));
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}
