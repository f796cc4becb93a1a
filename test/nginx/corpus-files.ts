import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The manifests of each repository of a corpus folder: `[repository, text by file]`. */
export function corpusFiles(folder: string): readonly (readonly [string, Readonly<Record<string, string>>])[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((repository) => {
      const names = readdirSync(join(folder, repository))
        .filter((name) => /\.(ya?ml|json)$/.test(name))
        .sort();
      return [
        repository,
        Object.fromEntries(names.map((name) => [`${repository}/${name}`, readFileSync(join(folder, repository, name), 'utf8')])),
      ] as const;
    });
}
