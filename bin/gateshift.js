#!/usr/bin/env node
// Launcher only: everything the tool does is in dist/, built by `npm run build`.
import { existsSync, readFileSync } from 'node:fs';
import module from 'node:module';

const [first, ...others] = process.argv.slice(2);
const entry = new URL('../dist/cli/main.js', import.meta.url);
if (!existsSync(entry)) {
  process.stderr.write('gateshift: dist/ is missing, so there is nothing to run yet. In a checkout, run `npm run build` first.\n');
  process.exitCode = 2;
} else if (others.length === 0 && (first === '--version' || first === '-V')) {
  // What scripts ask before every use is answered without loading the command line.
  process.stdout.on('error', () => undefined);
  process.stdout.write(`${JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version}\n`);
} else {
  // Node 20 has no compile cache.
  module.enableCompileCache?.();
  const { main } = await import(entry.href);
  await main();
}
