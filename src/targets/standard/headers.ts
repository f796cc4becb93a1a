import { LIMITS, limitsOf } from '../../gateway/limits.ts';
import type { HeaderModifier } from '../../gateway/types.ts';
import type { HeaderValue, IntentOf } from '../../intent/intent.ts';
import { defineFindings } from '../../ledger/finding.ts';
import type { Lowering, LoweringContext, RuleParts } from '../contract.ts';
import { approximated, converted, type Lower, placeOf, unmapped } from '../lowering.ts';
import { preciseHost } from './hostname.ts';

const find = defineFindings('standard/headers', {
  dropped: {
    level: 'warning',
    message: (a: { direction: string; items: string }) => `not every ${a.direction} header could be written: ${a.items}`,
    help: () =>
      'Header values are literal text of 1 to 4096 characters. Let the backend, or a policy of the implementation, deal with the others.',
    differs: ['headers'],
  },
});

export const requestHeaders: Lower<'requestHeaders'> = (intent, context) => {
  const host = intent.set.filter((header) => header.name.toLowerCase() === 'host').at(-1);
  const hostname = host === undefined ? null : preciseHost(host.value);
  // Setting Host is what URLRewrite is for; a header modifier for it is not portable.
  const modified = hostname === null ? intent : { ...intent, set: intent.set.filter((header) => header.name.toLowerCase() !== 'host') };
  return headers('request', modified, context, (modifier) => ({
    ...(modifier === null ? {} : { requestHeaders: modifier }),
    ...(hostname === null ? {} : { hostname }),
  }));
};

export const responseHeaders: Lower<'responseHeaders'> = (intent, context) =>
  headers('response', intent, context, (modifier) => (modifier === null ? {} : { responseHeaders: modifier }));

function headers(
  direction: string,
  intent: IntentOf<'requestHeaders'> | IntentOf<'responseHeaders'>,
  context: LoweringContext,
  partsOf: (modifier: HeaderModifier | null) => RuleParts,
): Lowering {
  const dropped: string[] = [];
  const drop = (name: string, why: string) => {
    dropped.push(`${name} (${why})`);
    return false;
  };
  const printable = limitsOf(context.release).printableHeaderValues;
  const values = (given: readonly HeaderValue[]) =>
    limit(
      lastOfEach(given).filter(({ name, value }) => {
        const why = nameProblem(name) ?? valueProblem(value, printable);
        return why === null || drop(name, why);
      }),
      ({ name }) => drop(name, TOO_MANY),
    );
  const set = values(intent.set);
  const add = values(intent.add);
  const remove = limit(
    [...new Set(intent.remove)].filter((name) => {
      const why = nameProblem(name);
      return why === null || drop(name, why);
    }),
    (name) => drop(name, TOO_MANY),
  );
  const empty = set.length + add.length + remove.length === 0;
  const modifier = empty
    ? null
    : { ...(set.length > 0 ? { set } : {}), ...(add.length > 0 ? { add } : {}), ...(remove.length > 0 ? { remove } : {}) };
  const parts = partsOf(modifier);
  if (dropped.length === 0) return converted(parts);
  const finding = find.dropped({ direction, items: dropped.join(', ') }, placeOf(intent, context));
  return Object.keys(parts).length === 0 ? unmapped(finding) : approximated(parts, finding);
}

const TOO_MANY = `more than ${LIMITS.headersPerModifier} of a kind`;
const NAME = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]{1,256}$/;
const PRINTABLE = /^[!-~]+(?:[\t ]?[!-~]+)*$/;
/** They belong to the connection or to the message's framing, so gateways set them themselves. */
const RESERVED = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'upgrade', 'te', 'trailer']);

function nameProblem(name: string): string | null {
  if (!NAME.test(name)) return 'no header name';
  return RESERVED.has(name.toLowerCase()) ? 'set by the gateway itself' : null;
}

function valueProblem(value: string, printable: boolean): string | null {
  if (value === '') return 'empty';
  if (/\$(?:[A-Za-z_]|\{)/.test(value)) return 'holds variables of the proxy';
  if (value.length > LIMITS.headerValue) return 'too long';
  if (/[\r\n\0]/.test(value)) return 'more than one line';
  return printable && !PRINTABLE.test(value) ? 'not plain ASCII with single blanks' : null;
}

/** Names count without regard to case; the last of several wins. */
function lastOfEach(given: readonly HeaderValue[]): readonly HeaderValue[] {
  return [...new Map(given.map((header) => [header.name.toLowerCase(), header])).values()];
}

function limit<T>(items: readonly T[], report: (item: T) => unknown): readonly T[] {
  items.slice(LIMITS.headersPerModifier).forEach((item) => {
    report(item);
  });
  return items.slice(0, LIMITS.headersPerModifier);
}
