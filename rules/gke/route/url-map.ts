import type { IngressPath } from '../../../src/model/ingress.ts';

export type Expansion =
  /** Paths of the URL map: literal, or ending in `/*`. */
  { readonly kind: 'paths'; readonly paths: readonly string[] } | { readonly kind: 'refused'; readonly why: string };

/**
 * The path rules that the controller makes of a path (ingress-gce, translator.go: validateExactPathType and
 * validateAndModifyPrefixPathType), as far as the URL map takes them. An absent type is ImplementationSpecific, whose
 * paths are passed on as they are.
 */
export function expandPath({ path, pathType }: IngressPath): Expansion {
  const type = pathType ?? 'ImplementationSpecific';
  switch (type) {
    case 'ImplementationSpecific':
      return checked([path === '' ? '/*' : path]);
    case 'Exact':
      return literalProblem(path) ?? checked([path]);
    case 'Prefix': {
      if (path === '/') return checked(['/*']);
      const stem = path.endsWith('/') ? path.slice(0, -1) : path;
      return literalProblem(path) ?? checked([stem, `${stem}/*`]);
    }
    default:
      return type satisfies never;
  }
}

function literalProblem(path: string): Expansion | null {
  if (path === '') return { kind: 'refused', why: 'it is empty' };
  return path.includes('*') ? { kind: 'refused', why: 'Exact and Prefix take no *' } : null;
}

/** What Compute Engine says of the path of a URL map. */
function checked(paths: readonly string[]): Expansion {
  for (const path of paths) {
    if (!path.startsWith('/')) return { kind: 'refused', why: 'it does not start with /' };
    if (/[?#]/.test(path)) return { kind: 'refused', why: 'a path has no ? and no #' };
    if (path.replace(/\/\*$/, '').includes('*')) return { kind: 'refused', why: 'a * stands only at the end, after a slash' };
  }
  return { kind: 'paths', paths };
}
