import type { Entry } from '../../src/model/entry.ts';
import type { Meaning, Provider } from './provider.ts';
import { alibaba } from './providers/alibaba.ts';
import { anyCluster } from './providers/any-cluster.ts';
import { aws } from './providers/aws.ts';
import { azure } from './providers/azure.ts';
import { google } from './providers/google.ts';
import { onPremises } from './providers/on-premises.ts';
import { oracle } from './providers/oracle.ts';
import { smallerClouds } from './providers/smaller-clouds.ts';

/** The longest prefix that fits decides. */
export const PROVIDERS: readonly Provider[] = [
  ...aws,
  ...azure,
  ...google,
  ...oracle,
  ...alibaba,
  ...smallerClouds,
  ...onPremises,
  ...anyCluster,
];

/** Whose annotation it is; null where none of the known load balancers reads it. */
export function providerOf({ name }: Pick<Entry, 'name'>): Provider | null {
  const fitting = PROVIDERS.filter(({ prefix }) => name.startsWith(prefix));
  return fitting.toSorted((a, b) => b.prefix.length - a.prefix.length)[0] ?? null;
}

export function meaningOf(entry: Pick<Entry, 'name'>): Meaning | null {
  const provider = providerOf(entry);
  if (provider === null) return null;
  const rest = entry.name.slice(provider.prefix.length);
  return provider.known.get(rest) ?? provider.patterns.find(({ name }) => name.test(rest))?.meaning ?? null;
}
