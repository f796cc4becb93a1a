import { compareText } from '../../../src/model/position.ts';
import { parseRange } from '../address-ranges.ts';
import { type Network, networkOf, textOfNetwork, without } from './networks.ts';

/** `allow` and `deny` in their order: the first that takes an address decides, and without one it is admitted. */
export interface AddressRule {
  readonly verdict: 'allow' | 'deny';
  readonly range: string;
}

export type AddressVerdict =
  | { readonly kind: 'everybody' }
  | { readonly kind: 'nobody' }
  /** Only these. */
  | { readonly kind: 'allow'; readonly ranges: readonly string[] }
  /** All but these. */
  | { readonly kind: 'deny'; readonly ranges: readonly string[] }
  | { readonly kind: 'unknown'; readonly range: string };

const EVERYBODY: readonly Network[] = [networkOf('0.0.0.0/0'), networkOf('::/0')].filter((network) => network !== null);

/** What a list of rules amounts to, put as a list that needs no order. */
export function verdictOf(rules: readonly AddressRule[]): AddressVerdict {
  const seen: Record<AddressRule['verdict'], Network[]> = { allow: [], deny: [] };
  let rest = EVERYBODY;
  for (const { verdict, range } of rules) {
    // Clients on a socket of the same machine are none that a gateway has.
    if (range === 'unix:') continue;
    // Nothing behind it is asked.
    if (range === 'all') {
      if (verdict === 'allow') break;
      seen.deny.push(...rest);
      rest = [];
      break;
    }
    const networks = networksOf(range);
    if (networks === null) return { kind: 'unknown', range };
    const decided = networks.flatMap((network) => rest.flatMap((left) => common(network, left)));
    seen[verdict].push(...decided);
    rest = networks.reduce<readonly Network[]>((left, network) => left.flatMap((each) => without(each, network)), rest);
  }
  if (seen.deny.length === 0) return { kind: 'everybody' };
  if (rest.length > 0) return { kind: 'deny', ranges: texts(seen.deny) };
  return seen.allow.length === 0 ? { kind: 'nobody' } : { kind: 'allow', ranges: texts(seen.allow) };
}

function networksOf(range: string): readonly Network[] | null {
  const parsed = parseRange(range);
  const network = parsed === null ? null : networkOf(parsed);
  return network === null ? null : [network];
}

/** Of two networks one lies within the other, or they have nothing in common. */
function common(a: Network, b: Network): readonly Network[] {
  if (a.bits !== b.bits) return [];
  const [wide, narrow] = a.prefix <= b.prefix ? [a, b] : [b, a];
  return without(narrow, wide).length === 0 ? [narrow] : [];
}

function texts(networks: readonly Network[]): readonly string[] {
  return [...new Set(networks.map(textOfNetwork))].sort(compareText);
}
