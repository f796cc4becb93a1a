import type { Meaning } from './provider.ts';
import { isSaid } from './provider.ts';

/**
 * What an annotation of a load balancer that is not listed here would mean by its words, where it may keep clients out: rather a
 * Service too few on the Gateway than one that anybody reaches. null: nothing of that.
 */
export function guessedMeaning(name: string, value: string): Meaning | null {
  const rest = name.toLowerCase();
  const isBalancer = /load-?balancer|(?:^|[./-])(?:[ncs]?lb|elb|slb|clb|nlb|vip)(?:[./-]|$)/.test(rest);
  if (!isBalancer || !isSaid(value)) return null;
  const isInside = (text: string) => /(?:^|[^a-z])(?:internal|intranet|private|inner)(?:[^a-z]|$)/.test(text.toLowerCase());
  if (isInside(rest) || isInside(value)) return { kind: 'internal', on: isSaid };
  if (/source-?ranges?|allow(?:ed)?-|white-?list|deny|(?:^|[^a-z])acls?(?:[^a-z]|$)|firewall|security-?group/.test(rest))
    return { kind: 'firewall', on: isSaid };
  if (/proxy-?protocol/.test(rest)) return { kind: 'proxy-protocol', on: isSaid };
  return /cert|ssl|tls/.test(rest) && !/pass-?through/.test(rest) ? { kind: 'tls', on: isSaid } : null;
}
