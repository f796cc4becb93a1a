/**
 * What is read at every start: the entry file and, through static imports, the chunks it pulls in.
 *
 * @param {import('esbuild').Metafile} metafile
 * @param {string} entry the entry's output path
 * @returns {{ files: string[], inputs: string[], bytes: number }}
 */
export function entryChunks(metafile, entry) {
  const files = [entry];
  // The array grows while it is walked.
  for (const file of files) {
    for (const { path, kind, external } of metafile.outputs[file].imports) {
      if (kind === 'import-statement' && external !== true && !files.includes(path)) files.push(path);
    }
  }
  const outputs = files.map((file) => metafile.outputs[file]);
  return {
    files,
    inputs: outputs.flatMap((output) => Object.keys(output.inputs)),
    bytes: outputs.reduce((sum, output) => sum + output.bytes, 0),
  };
}

/**
 * The folders of the packages that these source files belong to, sorted.
 *
 * @param {string[]} inputs paths as the metafile gives them
 */
export function packagesIn(inputs) {
  const folders = inputs.map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]);
  return [...new Set(folders.filter((folder) => folder !== undefined))].sort();
}

/** Each costs a noticeable part of a bare start, so `--help` and `--version` must not load them. */
const LAZY = ['@bufbuild/cel', '@bufbuild/protobuf', '@bufbuild/re2', 'ajv', 'diff', 'yaml', 'zod'];

/**
 * Folders of the packages that belong in a lazy chunk and are read at every start all the same.
 *
 * @param {import('esbuild').Metafile} metafile
 * @param {string} entry the entry's output path
 */
export function misplacedPackages(metafile, entry) {
  const folders = packagesIn(entryChunks(metafile, entry).inputs);
  return folders.filter((folder) => LAZY.some((name) => folder.endsWith(`node_modules/${name}`)));
}
