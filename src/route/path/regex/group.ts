export type GroupOpening =
  | { readonly kind: 'capturing' | 'plain' | 'lookaround' | 'atomic'; readonly length: number }
  /** `length` takes the whole comment with its closing bracket. */
  | { readonly kind: 'comment'; readonly length: number }
  | { readonly kind: 'refused'; readonly reason: 'flags' | 'unsupported' | 'invalid' };

/** What the bracket at `at` opens. */
export function readGroupOpening(source: string, at: number): GroupOpening {
  if (source.startsWith('(*', at)) return { kind: 'refused', reason: 'unsupported' };
  if (!source.startsWith('(?', at)) return { kind: 'capturing', length: 1 };
  if (source.startsWith('(?:', at)) return { kind: 'plain', length: 3 };
  if (source.startsWith('(?>', at)) return { kind: 'atomic', length: 3 };
  const rest = source.slice(at);
  const [name] = /^\(\?(?:P?<[A-Za-z_][A-Za-z0-9_]{0,31}>|'[A-Za-z_][A-Za-z0-9_]{0,31}')/.exec(rest) ?? [];
  if (name !== undefined) return { kind: 'capturing', length: name.length };
  const [lookaround] = /^\(\?<?[=!]/.exec(rest) ?? [];
  if (lookaround !== undefined) return { kind: 'lookaround', length: lookaround.length };
  if (rest.startsWith('(?#')) {
    const end = rest.indexOf(')');
    return end === -1 ? { kind: 'refused', reason: 'invalid' } : { kind: 'comment', length: end + 1 };
  }
  // A flag reaches to the end of its group and changes how the rest is read.
  return { kind: 'refused', reason: /^\(\?\^?[a-zA-Z]*-?[a-zA-Z]*[:)]/.test(rest) && !/^\(\?[RP]/.test(rest) ? 'flags' : 'unsupported' };
}
