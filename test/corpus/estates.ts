import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceFile } from '../../src/model/source.ts';

/** The collection of public manifests, when it lies beside the checkout. */
export const CORPUS = join(import.meta.dirname, '../../../shared/corpus');
export const CORPUS_PRESENT = existsSync(CORPUS);

/** One estate per repository folder: an Ingress is read together with the Services and classes beside it. */
export function corpusFolders(): readonly (readonly [name: string, files: readonly SourceFile[]])[] {
  if (!CORPUS_PRESENT) return [];
  return readdirSync(CORPUS)
    .filter((vendor) => statSync(join(CORPUS, vendor)).isDirectory())
    .flatMap((vendor) => readdirSync(join(CORPUS, vendor)).map((repository) => `${vendor}/${repository}`))
    .sort()
    .map((name) => [name, filesOf(name)] as const);
}

function filesOf(folder: string): readonly SourceFile[] {
  return readdirSync(join(CORPUS, folder))
    .sort()
    .map((file) => ({ file: `${folder}/${file}`, text: readFileSync(join(CORPUS, folder, file), 'utf8') }));
}
