import type { Entry } from '../../src/model/entry.ts';
import type { Finding, Place } from '../../src/ledger/finding.ts';
import type { Settlement } from '../../src/ledger/outcome.ts';
import { type Codec, type Read } from '../../src/rule/codec.ts';
import { type AnnotationRead, at } from '../../src/rule/rule.ts';

export const PREFIX = 'nginx.ingress.kubernetes.io/';

export function annotation<T>(name: string, codec: Codec<T>): AnnotationRead<T> {
  return at(`${PREFIX}${name}`, codec);
}

export function place(entry: Entry): Place {
  return { at: entry.at, ingress: entry.ingress };
}

export function inert(entry: Entry, finding: Finding): Settlement {
  return { entry, outcome: 'inert', finding, wrote: [] };
}

/** The entries of reads, present ones only, in the order given. */
export function entriesOf(...reads: readonly Read<unknown>[]): readonly Entry[] {
  return reads.flatMap((read) => (read.state === 'absent' ? [] : [read.entry]));
}
