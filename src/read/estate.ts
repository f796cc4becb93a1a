import type { Estate } from '../model/estate.ts';
import { buildEstate } from '../model/parse/estate.ts';
import type { SourceFile } from '../model/source.ts';
import { readDocuments } from './documents.ts';

export interface ReadOptions {
  readonly defaultNamespace: string;
  /** How large a document may be that plain reading does not take, in words and signs; default: `MAX_LEXEMES`. */
  readonly lexemes?: number;
}

/** Reads files into the estate: documents, then objects. Everything wrong with the input is in its findings. */
export function readEstate(files: readonly SourceFile[], { defaultNamespace, lexemes }: ReadOptions): Estate {
  const parts = files.map((file) => readDocuments(file, lexemes));
  return buildEstate(
    files,
    parts.flatMap((part) => part.documents),
    {
      defaultNamespace,
      skippedDocuments: parts.reduce((total, part) => total + part.skipped, 0),
      findings: parts.flatMap((part) => part.findings),
    },
  );
}
