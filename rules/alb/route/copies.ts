import type { HostTable, RouteRule } from '../../../src/route/table.ts';
import type { HostRule } from './host-rules.ts';

/** The rules of a host before they have their names. */
export interface HostDraft {
  readonly host: string;
  /** Of all HTTP, before every other rule. */
  readonly redirect: RouteRule | null;
  readonly rules: readonly HostRule[];
}

/** A wildcard of an ALB covers any number of labels. */
export function takesHost(own: string, host: string): boolean {
  return own === '' || own === host || (own.startsWith('*.') && host.endsWith(own.slice(1)));
}

/**
 * Hosts are not ranked: the rules of broader hosts are tried for a narrower one as well, so they stand in its table too. A host
 * of which nothing but such copies is left is no host of its own.
 */
export function withCopies(drafts: readonly HostDraft[]): readonly Pick<HostTable, 'host' | 'rules'>[] {
  const isOwn = ({ candidate }: HostRule, host: string) => candidate.hosts.includes(host);
  return drafts.flatMap(({ host, redirect, rules }) => {
    const broader = drafts
      .filter((other) => other.host !== host && takesHost(other.host, host))
      .sort((a, b) => b.host.length - a.host.length)[0];
    const isEmpty = broader === undefined ? rules.length === 0 && redirect === null : !rules.some((rule) => isOwn(rule, host));
    if (isEmpty) return [];
    const known = new Set(broader?.rules.map(({ rule }) => rule.id));
    const named = rules.map((draft): HostRule => {
      const rule = { ...draft.rule, id: idIn(draft, host) };
      const isCopy = broader !== undefined && !isOwn(draft, host) && known.has(draft.rule.id);
      return { ...draft, rule: isCopy ? { ...rule, copyOf: idIn(draft, broader.host) } : rule };
    });
    const first = redirect === null ? [] : [broader === undefined ? redirect : { ...redirect, copyOf: idOfRedirect('') }];
    return [{ host, rules: [...first, ...named.map((draft) => withNeighbours(draft, named))] }];
  });
}

/** A rule keeps its plain id in the table of its first host. */
function idIn({ rule, candidate }: HostRule, host: string): string {
  return candidate.hosts[0] === host ? rule.id : `${rule.id} for ${host === '' ? 'any host' : host}`;
}

export function idOfRedirect(host: string): string {
  return `ssl-redirect for ${host === '' ? 'any host' : host}`;
}

/** The rules that a restated one stands between, by the names they have in this table. */
function withNeighbours({ rule, restates }: HostRule, all: readonly HostRule[]): RouteRule {
  if (restates === undefined) return rule;
  const nameOf = (base: string) =>
    all.find((each) => each.base === base && each.restates === undefined && (each.rule.scheme ?? rule.scheme) === rule.scheme)?.rule.id;
  const [first, second] = [nameOf(restates.first), nameOf(restates.second)];
  return first === undefined || second === undefined ? rule : { ...rule, restates: { first, second } };
}
