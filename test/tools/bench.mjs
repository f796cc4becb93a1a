// `npm run bench`: start-up, throughput, growth, memory and verify, as ratios within one run; what is compared runs in turns,
// so that whatever else the machine does falls on both alike. `-- --quick` leaves out the largest estate, `-- --against
// REVISION` compares this checkout with another one instead. docs/performance.md says what the numbers mean.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { estateText, nginxShare } from './bench/estate.mjs';
import { compareRevisions } from './bench/revisions.mjs';
import { gateshift, interleaved, isOnPath, timed } from './bench/runs.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, against: { type: 'string' } } });
if (!existsSync(join(root, 'dist/cli/main.js'))) throw new Error('dist/ is missing: run `npm run build` first');
const folder = mkdtempSync(join(tmpdir(), 'gateshift-bench-'));
const missed = [];

try {
  if (values.against === undefined) measure(values.quick ? [100, 1000] : [100, 1000, 10_000]);
  else compareRevisions(root, values.against, folder, say);
} finally {
  rmSync(folder, { recursive: true });
}
if (missed.length > 0) {
  say(`beyond their limit: ${missed.join(', ')}`);
  process.exitCode = 1;
}

function measure(sizes) {
  const estates = new Map(sizes.map((size) => [size, estate(size)]));
  startUp();
  const convert = new Map(sizes.map((size) => [size, throughput(size, estates.get(size))]));
  const [small, large] = sizes.slice(-2);
  within(`growth from ${small} to ${large} Ingresses`, convert.get(large).ms / convert.get(small).ms, large / small + 2, '×');
  within(`peak memory at ${large} Ingresses`, convert.get(large).megabytes, 600, 'MB');
  const [verify, again] = interleaved(3, [
    gateshift(root, ['verify', estates.get(small).all, '-q']),
    gateshift(root, ['convert', estates.get(small).all, '-q']),
  ]);
  within(`verify to convert, ${small} Ingresses`, verify.ms / again.ms, 5, '×');
}

function startUp() {
  const one = join(folder, 'one.yaml');
  writeFileSync(one, estateText(1));
  const empty = join(folder, 'empty.cjs');
  writeFileSync(empty, '');
  const [bare, version, convert] = interleaved(15, [
    { command: process.execPath, args: [empty] },
    gateshift(root, ['--version']),
    gateshift(root, ['convert', one, '-q']),
  ]);
  within('--version to bare Node', version.ms / bare.ms, 1.2, '×');
  within('convert of one file to bare Node', convert.ms / bare.ms, 2, '×');
}

/** The whole estate through us, its nginx part through ingress2gateway as well. */
function throughput(size, { all, nginx }) {
  const rounds = size >= 10_000 ? 3 : 5;
  const own = [gateshift(root, ['convert', all, '-q']), gateshift(root, ['convert', nginx, '-q'])];
  const other = isOnPath('ingress2gateway')
    ? [
        {
          command: 'ingress2gateway',
          args: ['print', '--input-file', nginx, '--providers', 'ingress-nginx', '-A', '--allow-experimental-gw-api'],
        },
      ]
    : [];
  const [whole, part, theirs] = interleaved(rounds, [...own, ...other]);
  say(`convert, ${size} Ingresses: ${whole.ms.toFixed(0)} ms, ${(whole.ms / size).toFixed(2)} ms each, ${whole.megabytes.toFixed(0)} MB`);
  if (theirs === undefined)
    say('ingress2gateway is not on PATH: not compared (go install github.com/kubernetes-sigs/ingress2gateway@v1.1.0)');
  else {
    const share = nginxShare(size);
    say(`  its ${share} of ingress-nginx: ${(part.ms / theirs.ms).toFixed(2)} × the time of ingress2gateway`);
    within(`  per Ingress, ${size} of four vendors to ingress2gateway's ${share}`, whole.ms / size / (theirs.ms / share), 1, '×');
  }
  return whole;
}

function estate(size) {
  const [all, nginx] = [join(folder, `all-${size}.yaml`), join(folder, `nginx-${size}.yaml`)];
  writeFileSync(all, estateText(size));
  writeFileSync(nginx, estateText(size, { only: 'nginx' }));
  // The first run of all warms the file cache, and says if something is wrong.
  timed(gateshift(root, ['convert', nginx, '-q']));
  return { all, nginx };
}

function within(title, value, limit, unit) {
  const isWithin = value <= limit;
  if (!isWithin) missed.push(title.trim());
  say(`${title}: ${value.toFixed(unit === 'MB' ? 0 : 2)} ${unit} (${isWithin ? 'limit' : 'BEYOND ITS LIMIT'} ${limit})`);
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
