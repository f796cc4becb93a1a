import { packs } from '../../../rules/index.ts';
import { annotationJson, annotationMarkdown, annotationReference, annotationTable } from '../../reference/index.ts';
import { nearest } from '../../rule/nearest.ts';
import { TARGET_NAMES, targetNamed } from '../../targets/index.ts';
import { EXIT, type Io, UsageError } from '../io.ts';
import { knownTarget } from '../settings.ts';

/** Options as commander hands them over. */
interface AnnotationOptions {
  readonly vendor?: string;
  readonly target?: string;
  readonly format: 'table' | 'json' | 'markdown';
}

/** The coverage table: every annotation known, and what becomes of it. */
export function annotationsCommand(raw: AnnotationOptions, io: Io): number {
  const vendor =
    raw.vendor === undefined
      ? null
      : chosen(
          'vendor',
          raw.vendor,
          packs.map((pack) => pack.vendor),
        );
  const names = raw.target === undefined ? TARGET_NAMES : [knownTarget(raw.target)];
  const references = annotationReference(
    names.map((name) => ({ ...targetNamed(name), name })),
    vendor,
  );
  switch (raw.format) {
    case 'table':
      io.stdout(annotationTable(references, names));
      break;
    case 'json':
      io.stdout(annotationJson(references));
      break;
    case 'markdown':
      io.stdout(annotationMarkdown(references, names, Object.fromEntries(packs.map((pack) => [pack.vendor, pack.title]))));
      break;
    default:
      raw.format satisfies never;
  }
  return EXIT.ok;
}

function chosen<T extends string>(what: string, given: string, known: readonly T[]): T {
  const found = known.find((candidate) => candidate === given);
  if (found !== undefined) return found;
  const meant = nearest(given, known);
  throw new UsageError(`no ${what} is called "${given}"${meant === null ? '' : `; did you mean ${meant}?`} (known: ${known.join(', ')})`);
}
