import { type GatewayRegex, gatewayRegex, type PatternOptions } from '../route/path/index.ts';
import type { Target } from '../targets/contract.ts';

/** `dialect`: the implementation's engine would read it otherwise. */
export type WrittenPattern =
  | Extract<GatewayRegex, { kind: 'regex' }>
  | { readonly kind: 'refused'; readonly reason: Extract<GatewayRegex, { kind: 'refused' }>['reason'] | 'dialect' };

/** A location pattern as the target's own engine reads it. */
export function pathPattern(
  pattern: string,
  options: PatternOptions,
  { pathPattern: inDialect }: Pick<Target, 'pathPattern'>,
): WrittenPattern {
  const regex = gatewayRegex(pattern, options);
  if (regex.kind !== 'regex' || inDialect === undefined) return regex;
  const value = inDialect(regex.value);
  return value === null ? { kind: 'refused', reason: 'dialect' } : { kind: 'regex', value };
}
