import { RE2JS } from '@bufbuild/re2';

const compiled = new Map<string, RE2JS>();

/** A pattern in the syntax of Go's engine, which the API server uses. Compiled once. Throws on what is no RE2 expression. */
export function re2(pattern: string): RE2JS {
  const known = compiled.get(pattern) ?? RE2JS.compile(pattern);
  compiled.set(pattern, known);
  return known;
}
