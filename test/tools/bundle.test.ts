import { resolve } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { entryChunks, misplacedPackages, packagesIn } from './bundle-contents.mjs';
import { notices } from './notices.mjs';

const ROOT = resolve(import.meta.dirname, '../..');

describe('what is read at every start', () => {
  test.each([
    ["import { parse } from 'yaml'; console.log(parse);", ['node_modules/yaml']],
    ["import * as z from 'zod'; console.log(z.string());", ['node_modules/zod']],
    ["import { stringify } from './shared.ts'; console.log(stringify);", ['node_modules/yaml']],
    ["import { Command } from 'commander'; console.log(Command, import('yaml'), import('./shared.ts'));", []],
  ])('the build notices %s', async (code, misplaced) => {
    const { metafile } = await bundle(code);
    expect(misplacedPackages(metafile, 'out/main.js')).toEqual(misplaced);
  });

  test('a chunk that the entry imports counts as the entry', async () => {
    const { metafile } = await bundle("import { stringify } from './shared.ts'; console.log(stringify, import('./other.ts'));");
    expect(entryChunks(metafile, 'out/main.js').files.length).toBeGreaterThan(1);
    expect(misplacedPackages(metafile, 'out/main.js')).toEqual(['node_modules/yaml']);
  });
});

test('the notices quote the licence of every bundled package', async () => {
  const { metafile } = await bundle(
    "import { BinaryReader } from '@bufbuild/protobuf/wire'; import chalk from 'chalk'; console.log(BinaryReader, chalk);",
  );
  const inputs = Object.keys(metafile.inputs);
  expect(packagesIn(inputs)).toEqual(['node_modules/@bufbuild/protobuf', 'node_modules/chalk']);
  const text = notices(inputs);
  expect(text).toContain('Copyright (c) Sindre Sorhus');
  // Its package has no licence file; the second licence is in one source file.
  expect(text).toMatch(/Copyright 2008 Google Inc[\s\S]*Redistribution and use in source and binary forms/);
});

/** Bundles `code` as the build does, in memory; `./shared.ts` and `./other.ts` use yaml. */
function bundle(code: string) {
  return build({
    stdin: { contents: code, resolveDir: ROOT, loader: 'ts', sourcefile: 'main.ts' },
    entryNames: 'main',
    outdir: 'out',
    absWorkingDir: ROOT,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    metafile: true,
    write: false,
    plugins: [
      {
        name: 'planted',
        setup({ onLoad, onResolve }) {
          onResolve({ filter: /^\.\/(shared|other)\.ts$/ }, ({ path }) => ({ path, namespace: 'planted' }));
          onLoad({ filter: /.*/, namespace: 'planted' }, ({ path }) => ({
            contents: path === './shared.ts' ? "export { stringify } from 'yaml';" : "export { stringify } from './shared.ts';",
            resolveDir: ROOT,
          }));
        },
      },
    ],
  });
}
