/** What a URLRewrite (or a RequestRedirect, where `none` means the path is kept) does with the path. */
export type PortablePathChange =
  | { readonly kind: 'none' }
  | { readonly kind: 'full'; readonly path: string }
  | { readonly kind: 'prefix'; readonly path: string };

/**
 * `pattern`: the path is a true regular expression. `captures`: the target puts the groups together as no prefix replacement
 * can. `variable`: it uses an nginx variable. `origin`: the host of the redirect depends on the request. `empty-path`: every request
 * would get an empty path, which nginx answers with 500.
 */
export type NotPortable = 'pattern' | 'captures' | 'variable' | 'origin' | 'empty-path';
