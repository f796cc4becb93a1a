import type { Finding, Place } from '../../src/ledger/finding.ts';
import type { IngressPath } from '../../src/model/ingress.ts';
import type { PathMatch } from '../../src/route/table.ts';
import { pathFindings } from './findings.ts';

export type LiteralMatch = Extract<PathMatch, { kind: 'exact' | 'prefix' }>;

export type PathReading =
  | {
      readonly kind: 'served';
      readonly match: LiteralMatch;
      readonly doubt: { readonly outcome: 'approximated' | 'manual'; readonly finding: Finding } | null;
    }
  | { readonly kind: 'refused'; readonly finding: Finding };

/**
 * What a path takes by the Kubernetes documentation (concepts/services-networking/ingress, "Path types" and the table of
 * examples): Exact compares the text, Prefix compares path elements and ignores a trailing slash. An absent type is
 * ImplementationSpecific.
 */
export function readPath(path: IngressPath, place: Place): PathReading {
  const type = path.pathType ?? 'ImplementationSpecific';
  const text = path.path;
  if (text === '' && type === 'ImplementationSpecific') return served({ kind: 'prefix', value: '/' });
  if (!text.startsWith('/')) return { kind: 'refused', finding: pathFindings['not-absolute']({ path: text }, place) };
  switch (type) {
    case 'Exact':
      return served({ kind: 'exact', value: text });
    case 'Prefix':
      return served(prefix(text));
    case 'ImplementationSpecific':
      return readFreely(text, place);
    default:
      return type satisfies never;
  }
}

function readFreely(text: string, place: Place): PathReading {
  // Whatever a controller makes of the type, `/` takes everything.
  if (text === '/') return served({ kind: 'prefix', value: '/' });
  const stem = /^(.*)\/\*$/.exec(text)?.[1];
  if (stem !== undefined && !PATTERN.test(stem)) {
    const match = prefix(stem === '' ? '/' : stem);
    return {
      kind: 'served',
      match,
      doubt: { outcome: 'approximated', finding: pathFindings.glob({ path: text, stem: match.value }, place) },
    };
  }
  if (PATTERN.test(text))
    return { kind: 'served', match: prefix(text), doubt: { outcome: 'manual', finding: pathFindings.pattern({ path: text }, place) } };
  return {
    kind: 'served',
    match: prefix(text),
    doubt: { outcome: 'approximated', finding: pathFindings['implementation-specific']({ path: text }, place) },
  };
}

const PATTERN = /[\\^$*+?()[\]{}|]/;

function prefix(text: string): LiteralMatch {
  return { kind: 'prefix', value: text.length > 1 && text.endsWith('/') ? text.slice(0, -1) : text };
}

function served(match: LiteralMatch): PathReading {
  return { kind: 'served', match, doubt: null };
}
