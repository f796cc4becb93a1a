/** Where the value of a setting came from. */
export type Origin = { readonly kind: 'flag' | 'environment' | 'default' } | { readonly kind: 'config'; readonly line: number };
