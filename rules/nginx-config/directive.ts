import type { Entry } from '../../src/model/entry.ts';
import { placeWithin } from '../../src/model/text-piece.ts';
import { type ParsedDirective, type ParsedSnippet, parseNginx } from './parse.ts';

/** A directive as a setting of its own. */
export interface Directive extends Omit<ParsedDirective, 'block'> {
  readonly block: readonly Directive[] | null;
  readonly entry: Entry;
}

export interface Snippet {
  /** The annotation, or the value of a ConfigMap, as a whole. */
  readonly annotation: Entry;
  readonly directives: readonly Directive[];
  readonly problem: ParsedSnippet['problem'];
}

/** Their blocks hold rows, and no directives. */
const TABLES = /^(map|geo|geoip2|split_clients|types|upstream)$/;

/** A text of the controller's ConfigMap is read with every Ingress: its directives are the same settings each time. */
const known = new WeakMap<Entry, Snippet>();

/** Divides a snippet into its directives, each an entry at its own line of the manifest. */
export function readSnippet(annotation: Entry): Snippet {
  const snippet = known.get(annotation) ?? divide(annotation);
  known.set(annotation, snippet);
  return snippet;
}

function divide(annotation: Entry): Snippet {
  const { directives, problem } = parseNginx(annotation.value);
  const { pieces: _, ...whole } = annotation;
  const withEntry = (directive: ParsedDirective): Directive => ({
    ...directive,
    block: directive.block === null ? null : TABLES.test(directive.name) ? [] : directive.block.map(withEntry),
    entry: {
      ...whole,
      kind: 'directive',
      name: `${annotation.name} ${directive.name}`,
      key: `${annotation.key} ${directive.name}`,
      value: valueOf(directive),
      at: placeWithin(annotation, directive.at),
    },
  });
  return { annotation, directives: directives.map(withEntry), problem };
}

function valueOf({ name, written }: ParsedDirective): string {
  return written.startsWith(name) ? written.slice(name.length).trim() : written;
}

/** The entries of directives and of all that stands in their blocks, in the order of the text. */
export function entriesOf(directives: readonly Directive[]): readonly Entry[] {
  return directives.flatMap(({ entry, block }) => [entry, ...entriesOf(block ?? [])]);
}

/** One directive in one line, cut where it is long. */
export function textOf({ written }: Pick<ParsedDirective, 'written'>): string {
  return written.length > 60 ? `${written.slice(0, 59)}…` : written;
}
