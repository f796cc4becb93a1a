import type { Finding, Place } from '../../src/ledger/finding.ts';
import type { Settlement } from '../../src/ledger/outcome.ts';
import type { Entry } from '../../src/model/entry.ts';
import { nearest } from '../../src/rule/nearest.ts';
import { serviceFindings as find } from './findings.ts';
import { privateAddresses } from './private-addresses.ts';
import type { Meaning } from './provider.ts';
import { meaningOf, providerOf } from './providers.ts';
import { guessedMeaning } from './unlisted.ts';

/** What an annotation of the Service comes to. */
export type AnnotationAnswer =
  | { readonly kind: 'settled'; readonly settlement: Settlement }
  | Withholds
  | { readonly kind: 'sources'; readonly entry: Entry; readonly ranges: readonly string[] };

/** Without it the Service cannot be served alike. */
export interface Withholds {
  readonly kind: 'withholds';
  readonly entry: Entry;
  readonly finding: Finding;
  /** It keeps clients out. */
  readonly protection: boolean;
  readonly because: string;
}

/** `isPrivate`: whether private addresses tell what is internal. */
export function annotationAnswer(entry: Entry, service: string, isPrivate: boolean): AnnotationAnswer {
  const { name, value } = entry;
  const place: Place = { at: entry.at };
  const settled = (outcome: Settlement['outcome'], finding: Finding): AnnotationAnswer => ({
    kind: 'settled',
    settlement: { entry, outcome, finding, wrote: [] },
  });
  const provider = providerOf(entry);
  if (entry.malformed === true) {
    const finding = find['not-text']({ name }, place);
    return { kind: 'withholds', entry, finding, protection: true, because: name };
  }
  const meaning = meaningOf(entry) ?? guessedMeaning(name, value);
  if (meaning !== null) return answerFor(meaning, entry, service, isPrivate, provider?.title ?? 'its provider');
  if (provider === null) return settled('inert', find.elsewhere({ name }, place));
  const { title } = provider;
  const meant = nearest(name.slice(provider.prefix.length), [...provider.known.keys()]);
  return settled(
    'unknown',
    meant === null
      ? find.unknown({ name, provider: title }, place)
      : find.misspelt({ name, provider: title, nearest: `${provider.prefix}${meant}` }, place),
  );
}

function answerFor(meaning: Meaning, entry: Entry, service: string, isPrivate: boolean, title: string): AnnotationAnswer {
  const { name, value } = entry;
  const place: Place = { at: entry.at };
  const settled = (outcome: Settlement['outcome'], finding: Finding): AnnotationAnswer => ({
    kind: 'settled',
    settlement: { entry, outcome, finding, wrote: [] },
  });
  const withholds = (finding: Finding, protection: boolean, because = name): Withholds => ({
    kind: 'withholds',
    entry,
    finding,
    protection,
    because,
  });
  switch (meaning.kind) {
    case 'internal': {
      if (!meaning.on(value)) return settled('inert', find.default({ name }, place));
      const because = `${name}: ${value}`;
      return withholds(find.internal({ service, because }, place), true, because);
    }
    case 'firewall':
      if (!meaning.on(value)) return settled('inert', find.default({ name }, place));
      return withholds(find.firewall({ service, name }, place), true);
    case 'redirect':
      if (!meaning.on(value)) return settled('inert', find.default({ name }, place));
      return withholds(find.redirect({ service, name }, place), true);
    case 'tls':
      if (!meaning.on(value)) return settled('unmapped', find.tuning({ name, provider: title }, place));
      return withholds(find.tls({ service, name }, place), false);
    case 'proxy-protocol':
      if (!meaning.on(value)) return settled('unmapped', find.tuning({ name, provider: title }, place));
      return withholds(find['proxy-protocol']({ service, name }, place), false);
    case 'sources': {
      const ranges = value.split(',').map((range) => range.trim());
      return { kind: 'sources', entry, ranges: ranges.filter((range) => range !== '') };
    }
    case 'address': {
      const because = `${name}: ${value}`;
      if (isPrivate && privateAddresses(value).length > 0) return withholds(find.internal({ service, because }, place), true, because);
      return settled('manual', find.address({ name }, place));
    }
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
