#!/usr/bin/env node
// Launcher only: everything the tool does is in dist/, built by `npm run build`.
import { existsSync, readFileSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const [first, ...others] = process.argv.slice(2);
const entry = new URL('../dist/cli/main.js', import.meta.url);
if (!existsSync(entry)) {
  process.stderr.write('gateshift: dist/ is missing, so there is nothing to run yet. In a checkout, run `npm run build` first.\n');
  process.exitCode = 2;
} else if (others.length === 0 && (first === '--version' || first === '-V')) {
  // What scripts ask before every use is answered without loading the command line.
  process.stdout.on('error', () => undefined);
  process.stdout.write(`${JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version}\n`);
} else if (module.enableCompileCache === undefined) {
  const { runCached } = await import('./code-cache.js');
  await runCached(fileURLToPath(new URL('../dist/cli/main.cjs', import.meta.url)), first === 'convert');
} else {
  // Only what a command needs is loaded, and compiled once.
  module.enableCompileCache();
  const { main } = await import(entry.href);
  await main();
}
