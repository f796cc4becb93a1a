import type { Finding, Place } from '../../src/ledger/finding.ts';
import type { Settlement } from '../../src/ledger/outcome.ts';
import type { Entry } from '../../src/model/entry.ts';
import { nearest } from '../../src/rule/nearest.ts';
import { serviceFindings as find } from './findings.ts';
import { meaningOf, providerOf } from './providers.ts';

/** What an annotation of the Service comes to. */
export type AnnotationAnswer =
  | { readonly kind: 'settled'; readonly settlement: Settlement }
  /** Without it the Service cannot be served alike. `protection`: it keeps clients out. */
  | { readonly kind: 'withholds'; readonly entry: Entry; readonly finding: Finding; readonly protection: boolean; readonly because: string }
  | { readonly kind: 'sources'; readonly entry: Entry; readonly ranges: readonly string[] };

export function annotationAnswer(entry: Entry, service: string): AnnotationAnswer {
  const { name, value } = entry;
  const place: Place = { at: entry.at };
  const settled = (outcome: Settlement['outcome'], finding: Finding): AnnotationAnswer => ({
    kind: 'settled',
    settlement: { entry, outcome, finding, wrote: [] },
  });
  const provider = providerOf(entry);
  if (provider === null) return settled('inert', find.elsewhere({ name }, place));
  if (entry.malformed === true) {
    const finding = find['not-text']({ name }, place);
    return { kind: 'withholds', entry, finding, protection: true, because: name };
  }
  const meaning = meaningOf(entry);
  const { title } = provider;
  switch (meaning?.kind) {
    case undefined: {
      const meant = nearest(name.slice(provider.prefix.length), [...provider.known.keys()]);
      return settled(
        'unknown',
        meant === null
          ? find.unknown({ name, provider: title }, place)
          : find.misspelt({ name, provider: title, nearest: `${provider.prefix}${meant}` }, place),
      );
    }
    case 'internal': {
      if (!meaning.on(value)) return settled('inert', find.default({ name }, place));
      const because = `${name}: ${value}`;
      return { kind: 'withholds', entry, finding: find.internal({ service, because }, place), protection: true, because };
    }
    case 'firewall':
      return { kind: 'withholds', entry, finding: find.firewall({ service, name }, place), protection: true, because: name };
    case 'tls':
      return { kind: 'withholds', entry, finding: find.tls({ service, name }, place), protection: false, because: name };
    case 'proxy-protocol':
      if (!meaning.on(value)) return settled('unmapped', find.tuning({ name, provider: title }, place));
      return { kind: 'withholds', entry, finding: find['proxy-protocol']({ service, name }, place), protection: false, because: name };
    case 'sources': {
      const ranges = value.split(',').map((range) => range.trim());
      return { kind: 'sources', entry, ranges: ranges.filter((range) => range !== '') };
    }
    case 'address':
      return settled('manual', find.address({ name }, place));
    case 'dns':
      return settled('manual', find.dns({ name, value }, place));
    case 'tuning':
      return settled('unmapped', find.tuning({ name, provider: title }, place));
    case 'observed':
      return settled('inert', find.observed({ name }, place));
    default:
      throw new Error(`no such meaning: ${meaning satisfies never}`);
  }
}
