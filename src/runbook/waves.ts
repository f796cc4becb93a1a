import { breadth, type Group, groupsOf } from './groups.ts';
import type { RunbookInput } from './input.ts';

/** Groups that move on one day. */
export interface Wave {
  readonly number: number;
  readonly groups: readonly Group[];
}

/** Hosts that one person can watch at a time. */
const HOSTS_PER_WAVE = 10;

/** The first wave is a trial with one group; what is blocked stands in no wave. */
export function wavesOf(input: RunbookInput): { readonly waves: readonly Wave[]; readonly blocked: readonly Group[] } {
  const groups = groupsOf(input);
  const waves: Group[][] = [];
  for (const group of byLoadBalancer(groups.filter(({ risk }) => risk.level !== 'blocked'))) {
    const current = waves.length < 2 ? undefined : waves.at(-1);
    const [first] = current ?? [];
    const hosts = (current ?? []).reduce((sum, each) => sum + each.hosts.length, 0);
    const joins =
      first !== undefined &&
      first.table === group.table &&
      first.risk.level === group.risk.level &&
      hosts + group.hosts.length <= HOSTS_PER_WAVE;
    if (current !== undefined && joins) current.push(group);
    else waves.push([group]);
  }
  return {
    waves: waves.map((each, index) => ({ number: index + 1, groups: each })),
    blocked: groups.filter(({ risk }) => risk.level === 'blocked'),
  };
}

/** After the trial, one load balancer after the other where the risk is the same: a wave has one old address. */
function byLoadBalancer([trial, ...others]: readonly Group[]): readonly Group[] {
  if (trial === undefined) return [];
  const tables = [...new Set([trial, ...others].map(({ table }) => table))];
  const place = (group: Group) => [group.risk.rank, breadth(group), tables.indexOf(group.table)];
  return [trial, ...others.toSorted((a, b) => compareNumbers(place(a), place(b)))];
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (const [index, number] of a.entries()) {
    const difference = number - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
