import type { Group } from './groups.ts';
import type { RunbookInput } from './input.ts';
import { code, word } from './markdown.ts';
import { gatewaysOf, nameOf, routesOf } from './names.ts';

/** What the load balancer of today is called, as the status of its Ingresses has it; none where they never were in a cluster. */
function todayOf({ ingresses }: Group): readonly string[] {
  return [...new Set(ingresses.flatMap(({ addresses }) => addresses))].sort();
}

export function todayText(group: Group): string {
  const addresses = todayOf(group);
  return addresses.length === 0 ? 'not in the manifests' : addresses.map(code).join(', ');
}

/** Groups that have both addresses in common, with the lines that set OLD and NEW to them. */
export interface Pair {
  readonly lines: readonly string[];
  readonly groups: readonly Group[];
}

export function pairsOf(groups: readonly Group[], input: RunbookInput): readonly Pair[] {
  const pairs = new Map<string, Group[]>();
  for (const group of groups) {
    const key = [oldLine(group), newLine(group, input)].join('\n');
    pairs.set(key, [...(pairs.get(key) ?? []), group]);
  }
  // Ingresses of one load balancer name it by whichever of them comes first.
  return [...pairs].map(([key, members]) => ({ lines: [...key.split('\n'), 'echo "old: $OLD  new: $NEW"'], groups: members }));
}

/** From the status that was read, since nothing says it any more once the Ingress is gone. */
function oldLine(group: Group): string {
  const [address, ...others] = todayOf(group);
  const ingress = group.ingresses.find((each) => each.addresses.length > 0) ?? group.ingresses[0];
  if (ingress === undefined) return 'OLD=';
  const ask = `old ${word(ingress.ref.namespace)} ${word(ingress.ref.name)}`;
  if (address === undefined) return `OLD=$(${ask})`;
  return `OLD=${word(address)}${others.length === 0 ? '' : `   # and ${others.map(word).join(' ')}`}`;
}

function newLine(group: Group, input: RunbookInput): string {
  const { routeAddress } = input.target;
  const [gateway] = gatewaysOf(group, input);
  if (routeAddress !== null) {
    const [route] = routesOf(group, input);
    return route === undefined ? 'NEW=' : `NEW=$(routed ${route.kind} ${word(route.namespace)} ${word(route.name)})`;
  }
  return gateway === undefined ? 'NEW=' : `NEW=$(new ${word(gateway.namespace)} ${word(gateway.name)})`;
}

/** Commands that say what the statuses say now. */
export function statusLines(groups: readonly Group[]): readonly string[] {
  const found = new Map<string, string>();
  for (const group of groups) {
    const [address] = todayOf(group);
    const [ingress] = group.ingresses.filter((each) => each.addresses.length > 0);
    if (address === undefined || ingress === undefined || found.has(address)) continue;
    found.set(address, `old ${word(ingress.ref.namespace)} ${word(ingress.ref.name)}   # still ${word(address)}`);
  }
  return [...found.values()];
}

/** Names that another load balancer of today serves as well. */
export function sharedNames(
  group: Group,
  { tables, estate }: RunbookInput,
): readonly { readonly host: string; readonly by: readonly string[] }[] {
  const byRef = new Map(estate.ingresses.map((ingress) => [ingress.ref, ingress]));
  return group.hosts
    .filter((host) => host !== '')
    .flatMap((host) => {
      const others = tables
        .filter((table) => table !== group.table)
        .flatMap((table) => table.hosts.filter((each) => each.host === host))
        .flatMap((each) => [...each.rules.map(({ ingress }) => ingress), ...(each.owner === null ? [] : [each.owner])])
        .flatMap((ref) => byRef.get(ref) ?? []);
      const by = [...new Set(others.map(nameOf))].sort();
      return by.length === 0 ? [] : [{ host, by }];
    });
}
