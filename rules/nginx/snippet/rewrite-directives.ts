const REWRITES: ReadonlySet<string> = new Set(['set', 'return', 'rewrite', 'break', 'if']);

/** Directives that are carried out in their order; all others hold for their whole block. */
export function isRewriteDirective(name: string): boolean {
  return REWRITES.has(name);
}
