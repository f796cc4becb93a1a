import { withoutCounts } from './counted-repeats.ts';

const LIMIT = 1024;

/**
 * The pattern stands behind `location ~ ^` and is PCRE: open at its end, in lower and upper case as written. A value has to
 * begin with `/`, so that the flag comes after it, and has neither blanks, braces nor semicolons.
 */
export function locationPattern(pattern: string): string | null {
  const folds = pattern.startsWith('(?i)');
  const body = withoutCounts(folds ? pattern.slice(4) : pattern, LIMIT);
  if (body === null || !body.startsWith('/') || QUANTIFIED_SLASH.test(body) || /[\s;]/.test(body)) return null;
  const value = `/${folds ? '(?i)' : ''}${body.slice(1)}${body.endsWith('.*') && !body.endsWith('\\.*') ? '' : '$'}`;
  return value.length > LIMIT ? null : value;
}

/** `/+a`, `/?a`: what stands after the slash belongs to it. */
const QUANTIFIED_SLASH = /^\/[*+?]/;
