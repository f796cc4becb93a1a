import { groupBy } from '../model/group-by.ts';
import type { Dialect } from '../targets/dialect.ts';
import { coveringHosts } from './host-names.ts';
import type { RouteGroup } from './route-group.ts';
import { isEverything, isPooled } from './routes.ts';

/**
 * Where requests that no route of a host takes go on to those of broader hosts, a host that only redirects everything as the next
 * broader one does needs no route for it. What became of its entries is said there.
 */
export function coveringGroups(groups: readonly RouteGroup[], dialect: Dialect | undefined): readonly RouteGroup[] {
  if (dialect?.listeners !== 'port') return groups;
  const byHost = groupBy(groups, (group) => group.host.table.host);
  const ofHost = (host: string) => byHost.get(host) ?? [];
  const above = (group: RouteGroup) =>
    coveringHosts(group.host.table.host).flatMap((name) => ofHost(name).filter((other) => sharesScheme(other, group)));
  const coveredBy = new Map<RouteGroup, RouteGroup>();
  for (const group of groups) {
    const key = redirectOf(group);
    const broader = above(group);
    const beside = ofHost(group.host.table.host).filter(
      (other) => other !== group && other.host === group.host && sharesScheme(other, group),
    );
    const [first] = broader;
    if (key === null || first === undefined || beside.length > 0 || broader.some((other) => redirectOf(other) !== key)) continue;
    coveredBy.set(group, broader.find((other) => !coveredBy.has(other)) ?? first);
  }
  const covering = groupBy(coveredBy.keys(), (covered) => coveredBy.get(covered));
  return groups
    .filter((group) => !coveredBy.has(group))
    .map((group) => {
      const drafts = (covering.get(group) ?? []).flatMap((covered) => covered.rules.flatMap((rule) => rule.drafts));
      const [rule] = group.rules;
      return drafts.length === 0 || rule === undefined ? group : { ...group, rules: [{ ...rule, drafts: [...rule.drafts, ...drafts] }] };
    });
}

function sharesScheme(a: RouteGroup, b: RouteGroup): boolean {
  return a.schemes.some((scheme) => b.schemes.includes(scheme));
}

/** The redirect that answers every request of the route, as text; null when it does anything else. */
function redirectOf({ rules }: RouteGroup): string | null {
  const [rule, ...others] = rules;
  return rule !== undefined && others.length === 0 && isPooled(rule.answer) && rule.matches.every(isEverything)
    ? JSON.stringify(rule.answer.filters)
    : null;
}
