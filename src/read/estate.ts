import type { Estate } from '../model/estate.ts';
import { buildEstate } from '../model/parse/estate.ts';
import type { SourceFile } from '../model/source.ts';
import { readDocuments } from './documents.ts';

/** Reads files into the estate: documents, then objects. Everything wrong with the input is in its findings. */
export function readEstate(files: readonly SourceFile[], options: { readonly defaultNamespace: string }): Estate {
  const parts = files.map(readDocuments);
  return buildEstate(
    files,
    parts.flatMap((part) => part.documents),
    {
      ...options,
      skippedDocuments: parts.reduce((total, part) => total + part.skipped, 0),
      findings: parts.flatMap((part) => part.findings),
    },
  );
}
