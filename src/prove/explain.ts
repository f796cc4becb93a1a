import type { Conversion } from '../convert.ts';
import type { Difference, Finding } from '../ledger/finding.ts';
import type { WrittenField } from '../ledger/outcome.ts';
import type { IngressRef } from '../model/entry.ts';
import type { HostTable, RouteRule } from '../route/table.ts';
import type { Request } from './request.ts';

export interface Unlike {
  readonly request: Request;
  readonly differences: readonly Difference[];
  /** The host that took the request before. */
  readonly host: HostTable | null;
  /** The rule that answered before. */
  readonly rule: RouteRule | null;
  /** The field that answers now. */
  readonly field: WrittenField | null;
}

/**
 * Finds what announced a difference: findings that name every one of its classes, of the Ingresses behind the two answers (of
 * all the host's, where neither side has a rule), of the host, or of the whole run. A lost protection is never explained away.
 */
export function explainer(conversion: Conversion): (unlike: Unlike) => Finding | null {
  const byIngress = new Map<IngressRef, Finding[]>();
  const byHost = new Map<string, Finding[]>();
  const general: Finding[] = [];
  for (const finding of conversion.ledger.findings) {
    if (finding.differs.length === 0) continue;
    if (finding.ingress !== null) append(byIngress, finding.ingress, finding);
    if (finding.host !== null) append(byHost, finding.host, finding);
    if (finding.ingress === null && finding.host === null) general.push(finding);
  }
  const origins = new Map(conversion.plan.objects.map(({ object, origin }) => [objectKey(object.kind, object.metadata), origin]));
  const behind = ({ host, rule, field }: Unlike): readonly IngressRef[] => {
    const writers = field === null ? [] : (origins.get(objectKey(field.kind, field)) ?? []);
    const refs = [...(rule === null ? [] : [rule.ingress]), ...writers];
    return refs.length > 0 || host === null ? refs : ingressesOf(host);
  };
  const relevantTo = (unlike: Unlike): readonly Finding[] => {
    const { host } = unlike;
    const { host: name } = unlike.request;
    const own = [...new Set(behind(unlike))].flatMap((ref) => byIngress.get(ref) ?? []);
    const named = host === null ? [] : (byHost.get(host.host) ?? []);
    // A finding about `*.a.test` is also about names below it that no host of the controller takes.
    const wildcards = suffixesOf(name).flatMap((suffix) => byHost.get(`*${suffix}`) ?? []);
    return [...own, ...named, ...wildcards, ...general];
  };
  return (unlike) => {
    const { request, differences } = unlike;
    if (differences.includes('protection')) return null;
    const relevant = relevantTo(unlike)
      .filter((finding) => APPLIES[finding.code]?.(request) !== false)
      // What is about requests such as this one says more than what may be about any.
      .toSorted((a, b) => Number(Object.hasOwn(APPLIES, b.code)) - Number(Object.hasOwn(APPLIES, a.code)));
    const covering = differences.map((difference) => relevant.find((finding) => finding.differs.includes(difference)) ?? null);
    return covering.includes(null) ? null : (covering[0] ?? null);
  };
}

/** Findings that concern some requests only. */
const APPLIES: Readonly<Record<string, (request: Request) => boolean>> = {
  'plan/path-encoding': (request) => /%[0-9A-Fa-f]{2}|\/\//.test(request.path),
  'plan/path-spelled': (request) => /%[0-9A-Fa-f]{2}/.test(request.path),
  'vpc-lattice/paths/any-case': (request) => request.path !== request.path.toLowerCase(),
  'plan/certificate-default': (request) => request.scheme === 'https',
  'plan/certificate-missing': (request) => request.scheme === 'https',
  'standard/cors/preflight': (request) => request.method === 'OPTIONS',
};

function ingressesOf(host: HostTable): readonly IngressRef[] {
  return host.rules.map((rule) => rule.ingress);
}

function objectKey(kind: string, { namespace, name }: { readonly namespace?: string; readonly name: string }): string {
  return `${kind} ${namespace ?? 'default'}/${name}`;
}

function suffixesOf(name: string): readonly string[] {
  const suffixes: string[] = [];
  for (let dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) suffixes.push(name.slice(dot));
  return suffixes;
}

function append<K>(map: Map<K, Finding[]>, key: K, finding: Finding): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [finding]);
  else known.push(finding);
}
