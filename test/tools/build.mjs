// `npm run build`: the CLI and the library as bundles with lazy chunks, their types, and the notices of what is inside.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { entryChunks, misplacedPackages } from './bundle-contents.mjs';
import { configSchemaText } from './config-schema.mjs';
import { lazyBuiltins } from './lazy-builtins.mjs';
import { notices } from './notices.mjs';
import { emitTypes } from './types.mjs';

process.chdir(fileURLToPath(new URL('../../', import.meta.url)));
const { version, exports, peerDependencies = {} } = JSON.parse(readFileSync('package.json', 'utf8'));

rmSync('dist', { recursive: true, force: true });
/** @satisfies {import('esbuild').BuildOptions} */
const common = {
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20',
  // Names and lines are kept, so that the stack of a reported bug says something.
  minifySyntax: true,
  minifyWhitespace: true,
  lineLimit: 140,
  legalComments: 'none',
  logLevel: 'warning',
};
const { metafile } = await build({
  ...common,
  entryPoints: { 'cli/main': 'src/cli/main.ts', index: 'src/index.ts' },
  chunkNames: 'chunks/[name]-[hash]',
  splitting: true,
  format: 'esm',
  // commander and ajv are CommonJS and ask for Node's modules by require().
  banner: { js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);" },
  charset: 'utf8',
  metafile: true,
});
// For Node 20, whose compiled code is kept by bin/code-cache.js: that takes one file, and ASCII.
await build({
  ...common,
  entryPoints: { 'cli/main': 'src/cli/main.ts' },
  outExtension: { '.js': '.cjs' },
  format: 'cjs',
  charset: 'ascii',
  // What is loaded later comes through require(), for which scripts need no loader of modules.
  supported: { 'dynamic-import': false },
  plugins: [lazyBuiltins],
});
if (/[^\0-\x7f]/.test(readFileSync('dist/cli/main.cjs', 'utf8'))) throw new Error('dist/cli/main.cjs has to be ASCII');

const misplaced = misplacedPackages(metafile, 'dist/cli/main.js');
if (misplaced.length > 0) {
  // Nothing half-right is left behind to be run or packed.
  rmSync('dist', { recursive: true });
  throw new Error(`${misplaced.join(', ')} would be loaded at every start: reach it through import() from src/cli/main.ts`);
}

writeFileSync('dist/gateshift.schema.json', await configSchemaText());
writeFileSync('dist/THIRD_PARTY_NOTICES.txt', notices(Object.keys(metafile.inputs)));
emitTypes('dist/types', exports['.'].types.replace('./', ''), Object.keys(peerDependencies));
const { bytes, files } = entryChunks(metafile, 'dist/cli/main.js');
process.stdout.write(`built gateshift ${version}: ${bytes} bytes in ${files.length} file(s) at start\n`);
