/** What of a request Envoy can hash. Header and cookie names as Envoy compares them. */
export type HashKey =
  | { readonly by: 'source-address' }
  | { readonly by: 'header'; readonly name: string }
  | { readonly by: 'cookie'; readonly name: string }
  | { readonly by: 'query'; readonly name: string };

/** One variable of nginx; null for any other, and for text with more than one. */
export function hashKey(key: string): HashKey | null {
  const [, variable = ''] = /^\$\{?([a-z0-9_]+)\}?$/i.exec(key.trim()) ?? [];
  if (variable === 'remote_addr' || variable === 'binary_remote_addr') return { by: 'source-address' };
  const [, kind, name = ''] = /^(http|cookie|arg)_(.+)$/.exec(variable) ?? [];
  switch (kind) {
    case 'http':
      // $http_host and the like are the client's own headers as well.
      return name === 'host' ? null : { by: 'header', name: name.toLowerCase().replaceAll('_', '-') };
    case 'cookie':
      return { by: 'cookie', name };
    case 'arg':
      return { by: 'query', name };
    default:
      return null;
  }
}
