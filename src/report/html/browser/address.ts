/** What the reader looks at. It stands in the address, so that it can be linked and the back button works. */
export interface Address {
  readonly page: 'overview' | 'findings' | 'routes' | 'settings' | 'namespace';
  /** Of the page `namespace`. */
  readonly namespace: string;
  readonly filters: URLSearchParams;
}

/** `#/findings?q=cors&level=error`, `#/ns/shop`. Anything else is the overview. */
export function addressOf(hash: string): Address {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const filters = new URLSearchParams(query);
  const [first = '', second = ''] = path.split('/');
  if (first === 'ns' && second !== '') return { page: 'namespace', namespace: decoded(second), filters };
  if (first === 'findings' || first === 'routes' || first === 'settings') return { page: first, namespace: '', filters };
  return { page: 'overview', namespace: '', filters };
}

export function hashOf({ page, namespace, filters }: Address): string {
  const path = page === 'overview' ? '' : page === 'namespace' ? `ns/${encodeURIComponent(namespace)}` : page;
  const query = filters.toString();
  return `#/${path}${query === '' ? '' : `?${query}`}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
