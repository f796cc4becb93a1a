import type { Json } from '../../model/json.ts';
import { rewrittenPath } from '../../route/path/index.ts';
import type { RuleEffects } from '../effects.ts';

/** What Envoy makes of a path with a pattern for the whole of it and a substitution with `\1`. null: there is no such rewrite. */
export function regexRewrite(pattern: Json | undefined, substitution: Json | undefined): RuleEffects['rewrite'] {
  if (typeof pattern !== 'string' || typeof substitution !== 'string') return null;
  // Without both anchors parts of the path are replaced, each time they occur.
  if (!pattern.startsWith('^') || !pattern.endsWith('$')) return () => 'unknown';
  const replacement = substitution.replace(/\\(.)/g, (_, char: string) => (/[1-9]/.test(char) ? `$${char}` : char));
  const insensitive = pattern.startsWith('^(?i)');
  const source = pattern.replace(/^\^(\(\?i\))?/, '');
  return (path) => rewrittenPath(source, replacement, { caseInsensitive: insensitive }, path) ?? path;
}

/** The pattern for the whole path and the substitution, from groups written `$1`. */
export function envoyRewrite({ pattern, replacement }: { readonly pattern: string; readonly replacement: string }): {
  readonly pattern: string;
  readonly substitution: string;
} {
  return { pattern: `^${pattern}$`, substitution: replacement.replace(/\\/g, '\\\\').replace(/\$([1-9])/g, '\\$1') };
}
