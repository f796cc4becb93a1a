#!/usr/bin/env node
// Launcher only: everything the tool does is in dist/, built by `npm run build`. CommonJS, which Node starts sooner.
const { existsSync, readFileSync } = require('node:fs');
const { enableCompileCache } = require('node:module');
const { join } = require('node:path');

const [first, ...others] = process.argv.slice(2);
const dist = join(__dirname, '../dist/cli');
if (!existsSync(dist)) {
  process.stderr.write('gateshift: dist/ is missing, so there is nothing to run yet. In a checkout, run `npm run build` first.\n');
  process.exitCode = 2;
} else if (others.length === 0 && (first === '--version' || first === '-V')) {
  // What scripts ask before every use is answered without loading the command line.
  process.stdout.on('error', () => undefined);
  process.stdout.write(`${JSON.parse(readFileSync(join(__dirname, '../package.json'), 'utf8')).version}\n`);
} else if (enableCompileCache === undefined) {
  const { runCached } = require('./code-cache.js');
  void runCached(join(dist, 'main.cjs'), first === 'convert');
} else {
  enableCompileCache();
  void import('../dist/cli/main.js').then(({ main }) => main());
}
