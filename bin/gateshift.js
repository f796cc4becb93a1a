#!/usr/bin/env node
// Launcher only: everything the tool does is in dist/, built by `npm run build`.
import { existsSync } from 'node:fs';
import module from 'node:module';

// Node 20 has no compile cache.
module.enableCompileCache?.();

const entry = new URL('../dist/cli/main.js', import.meta.url);
if (existsSync(entry)) {
  const { main } = await import(entry.href);
  await main();
} else {
  process.stderr.write('gateshift: dist/ is missing, so there is nothing to run yet. In a checkout, run `npm run build` first.\n');
  process.exitCode = 2;
}
