// `npm test`: every check there is, each even when one before it failed. Arguments go to vitest. Ends with the counts.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('../../', import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), 'gateshift-test-'));
const results = join(folder, 'vitest.json');

const STEPS = [
  { name: 'build', command: ['test/tools/build.mjs'] },
  { name: 'types', command: ['node_modules/typescript/bin/tsc', '-p', '.'] },
  { name: 'types of the browser', command: ['node_modules/typescript/bin/tsc', '-p', 'src/report/html/browser'] },
  { name: 'lint and layers', command: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'] },
  { name: 'dead code', command: ['node_modules/knip/bin/knip.js', '--no-progress', '--include', 'files,dependencies,unlisted,unresolved'] },
  { name: 'package', command: ['node_modules/publint/src/cli.js', '--strict'] },
];
const VITEST = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`];

const failed = STEPS.filter(({ name, command }) => !succeeds(name, command)).map(({ name }) => name);
const green = succeeds('tests', [...VITEST, ...process.argv.slice(2)]);
const tests = counts();
// vitest can fail without a failed test: an unhandled rejection, no test found, no report.
if (!green && tests.failed === 0) failed.push('tests');
rmSync(folder, { recursive: true });

for (const name of failed) process.stdout.write(`failed: ${name}\n`);
process.stdout.write(`${tests.passed} passed, ${tests.failed + failed.length} failed\n`);
process.exitCode = tests.failed + failed.length === 0 ? 0 : 1;

function succeeds(name, command) {
  process.stdout.write(`\n== ${name}\n`);
  return spawnSync(process.execPath, command, { stdio: 'inherit' }).status === 0;
}

/** Tests by vitest's own report; a file that could not be loaded counts as one failure. */
function counts() {
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(results, 'utf8'));
    const unloaded = testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0);
    return { passed: numPassedTests, failed: numFailedTests + unloaded.length };
  } catch {
    return { passed: 0, failed: 0 };
  }
}
