import { RE2JS, RE2JSException } from '@bufbuild/re2';

/**
 * RE2 stands in for every engine here: it takes linear time, so that a pattern from a manifest cannot stall the run as
 * it could on a backtracking engine.
 */
const compiled = new Map<string, RE2JS | null>();
const MAX_KEPT = 1000;

function compile(pattern: string): RE2JS | null {
  const kept = compiled.get(pattern);
  if (kept !== undefined) return kept;
  if (compiled.size >= MAX_KEPT) compiled.clear();
  const fresh = compileFresh(pattern);
  compiled.set(pattern, fresh);
  return fresh;
}

function compileFresh(pattern: string): RE2JS | null {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    if (error instanceof RE2JSException) return null;
    throw error;
  }
}

/** Whether RE2 engines accept the pattern. */
export function isRe2(pattern: string): boolean {
  return compile(pattern) !== null;
}

/** Whether the pattern is found anywhere in the text; null when it is not RE2. */
export function findsRe2(pattern: string, text: string): boolean | null {
  return compile(pattern)?.test(text) ?? null;
}

/** Whether the pattern takes the whole text, as Envoy asks; null when it is not RE2. */
export function fullyMatchesRe2(pattern: string, text: string): boolean | null {
  return compile(pattern)?.testExact(text) ?? null;
}
