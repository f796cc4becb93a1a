import { compareText } from '../../model/position.ts';
import type { Request } from '../request.ts';

/** What a request has besides its URL. */
export type Variant = Pick<Request, 'method' | 'headers' | 'cookies' | 'query'>;

/** One thing that can vary: the values of a header, a cookie, a query parameter, or the method. */
export type Dimension = readonly Partial<Variant>[];

export const PLAIN: Variant = { method: 'GET', headers: {}, cookies: {}, query: {} };

/** A product of more variants than this is covered in pairs. */
const FULL_PRODUCT = 48;

/**
 * Every combination of the dimensions, each of which may also be absent. Where they are many: every pair of values of any two
 * dimensions, with the others absent, and `whole`, what a match asks for all at once, with each part of it in turn made
 * another. `left` counts the combinations left out.
 */
export function variantsOf(
  dimensions: readonly Dimension[],
  whole: readonly (readonly Partial<Variant>[])[] = [],
): { readonly variants: readonly Variant[]; readonly left: number } {
  const full = dimensions.reduce((product, values) => product * (values.length + 1), 1);
  if (full <= FULL_PRODUCT) return { variants: product(dimensions), left: 0 };
  const variants = distinct([...pairs(dimensions), ...whole.flatMap(aroundWhole)]);
  return { variants, left: full - variants.length };
}

/** The whole, and the whole without each of its parts: just outside. */
function aroundWhole(parts: readonly Partial<Variant>[]): readonly Variant[] {
  const together = (kept: readonly Partial<Variant>[]) => kept.reduce<Variant>(merged, PLAIN);
  return [together(parts), ...parts.map((part) => together(parts.filter((other) => other !== part)))];
}

function distinct(variants: readonly Variant[]): readonly Variant[] {
  return [...new Map(variants.map((variant) => [keyOf(variant), variant])).values()];
}

function keyOf({ method, headers, cookies, query }: Variant): string {
  const sorted = (values: Readonly<Record<string, string>>) => Object.entries(values).sort(([a], [b]) => compareText(a, b));
  return JSON.stringify([method, sorted(headers), sorted(cookies), sorted(query)]);
}

function product(dimensions: readonly Dimension[]): readonly Variant[] {
  return dimensions.reduce<readonly Variant[]>(
    (variants, values) => variants.flatMap((variant) => [variant, ...values.map((value) => merged(variant, value))]),
    [PLAIN],
  );
}

function pairs(dimensions: readonly Dimension[]): readonly Variant[] {
  const single = dimensions.flatMap((values) => values.map((value) => merged(PLAIN, value)));
  const double = dimensions.flatMap((values, index) =>
    dimensions.slice(index + 1).flatMap((others) => values.flatMap((value) => others.map((other) => merged(merged(PLAIN, value), other)))),
  );
  return [PLAIN, ...single, ...double];
}

function merged(variant: Variant, part: Partial<Variant>): Variant {
  return {
    method: part.method ?? variant.method,
    headers: { ...variant.headers, ...part.headers },
    cookies: { ...variant.cookies, ...part.cookies },
    query: { ...variant.query, ...part.query },
  };
}
