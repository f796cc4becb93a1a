// `npm run fuzz -- --time 600 [--seed N] [--target NAME] [--crds FOLDER] [--out FOLDER]`: bundles the run and starts it.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

process.chdir(fileURLToPath(new URL('../../', import.meta.url)));
const outfile = 'node_modules/.cache/gateshift-fuzz.mjs';
mkdirSync('node_modules/.cache', { recursive: true });
await build({
  entryPoints: ['test/fuzz/run.ts'],
  outfile,
  bundle: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
});
await import(new URL(`../../${outfile}`, import.meta.url).href);
