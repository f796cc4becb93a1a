import type { PathMatch } from '../../../src/route/table.ts';
import type { Directive } from '../../nginx-config/directive.ts';
import { pathsWith } from './path-pattern.ts';

/** What the words of a `location` say. */
export interface LocationMatch {
  readonly kind: 'exact' | 'prefix' | 'firm' | 'pattern';
  /** As written. */
  readonly path: string;
  /** null for a pattern that cannot be read. */
  readonly match: PathMatch | null;
}

/** null for `location @name`, which no request reaches by its path. */
export function locationMatch({ args }: Directive): LocationMatch | null {
  const [first = '', second] = args;
  // The modifier may stand right before the path: `=/a`, `~/a`.
  const [, glued = '', rest = ''] = second === undefined ? (/^(=|\^~|~\*?)?(.*)$/s.exec(first) ?? []) : ['', first, second];
  if (rest.startsWith('@')) return null;
  switch (glued) {
    case '=':
      return { kind: 'exact', path: rest, match: { kind: 'exact', value: rest } };
    case '~':
    case '~*':
      return { kind: 'pattern', path: rest, match: pathsWith(rest, glued === '~*') };
    default: {
      // A text that ends in a slash takes the same paths as a prefix by elements.
      const match: PathMatch = { kind: rest.endsWith('/') ? 'prefix' : 'text-prefix', value: rest };
      return { kind: glued === '^~' ? 'firm' : 'prefix', path: rest, match };
    }
  }
}
