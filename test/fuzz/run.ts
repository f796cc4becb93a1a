// The long run behind `npm run fuzz`: promises over random estates and bytes until the time is up. What breaks one is made as
// small as it gets and kept, once for each kind of breach.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { decode } from '../../src/read/decode.ts';
import { bytes, estates, type Manifest } from './estates.ts';
import { FIXTURES, materials } from './materials.ts';
import { mixtures } from './mixtures.ts';
import { brokenPromises } from './promises.ts';
import { flagsOf, type Use, uses } from './uses.ts';

const { values } = parseArgs({
  options: {
    time: { type: 'string', default: '60' },
    seed: { type: 'string' },
    target: { type: 'string' },
    crds: { type: 'string', default: '../shared/crds' },
    corpus: { type: 'string', default: '../shared/corpus' },
    catalogue: { type: 'string', default: '../shared/catalogue' },
    out: { type: 'string', default: 'fuzz-findings' },
    replay: { type: 'string' },
  },
});
const end = performance.now() + Number(values.time) * 1000;
const crds = existsSync(values.crds) ? values.crds : null;
const known = new Set<string>();
const use = uses(values.target === undefined ? [] : [values.target]);
const from = materials([FIXTURES, values.corpus], values.catalogue);
const sound = fc.oneof(estates(from), mixtures(from));
const input = fc.oneof(
  { weight: 8, arbitrary: sound },
  { weight: 1, arbitrary: bytes(sound).map((raw): readonly Manifest[] => [{ file: 'in.yaml', text: decode(raw) }]) },
);

if (values.replay !== undefined) {
  const files = [{ file: 'in.yaml', text: readFileSync(join(values.replay, 'in.yaml'), 'utf8') }];
  const options: Use = JSON.parse(readFileSync(join(values.replay, 'options.json'), 'utf8'));
  const broken = await brokenPromises(files, options, crds);
  say(broken.join('\n') || 'every promise holds');
  process.exit(broken.length === 0 ? 0 : 1);
}

let seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
let runs = 0;
say(`seed ${seed}${crds === null ? `, without CRDs: ${values.crds} is not there` : ''}`);
for (; performance.now() < end; seed += 1) {
  const left = end - performance.now();
  const details = await fc.check(
    fc.asyncProperty(input, use, async (files, options) => {
      runs += 1;
      const broken = (await brokenPromises(files, options, crds)).filter((line) => !known.has(kindOf(line)));
      if (broken.length > 0) throw new Error(broken.join('\n'));
    }),
    { seed, numRuns: 50, interruptAfterTimeLimit: Math.min(left, 90_000) },
  );
  if (details.failed && details.counterexample !== null) await keep(details.counterexample[0], details.counterexample[1]);
}
say(`${runs} runs, ${known.size} kinds of breach`);
process.exitCode = known.size === 0 ? 0 : 1;

async function keep(files: readonly Manifest[], options: Use): Promise<void> {
  const broken = await brokenPromises(files, options, crds);
  const fresh = broken.filter((line) => !known.has(kindOf(line)));
  for (const line of fresh) known.add(kindOf(line));
  if (fresh.length === 0) return;
  const text = files.map((each) => each.text).join('---\n');
  const folder = join(values.out, createHash('sha256').update(text).digest('hex').slice(0, 10));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'in.yaml'), text);
  writeFileSync(join(folder, 'options.json'), `${JSON.stringify(options, null, 2)}\n`);
  const head = `seed ${seed}, ${flagsOf(options)}`;
  writeFileSync(join(folder, 'breach.txt'), `${head}\n${broken.join('\n')}\n`);
  say(`${folder}: ${head}\n  ${fresh.join('\n  ')}`);
}

/** Names, numbers and texts of the input left out. */
function kindOf(line: string): string {
  const reason = /^output: .*would refuse it \((.*)$/.exec(line)?.[1] ?? line;
  return reason
    .replace(/[a-z]+:\/\/\S*/g, '…')
    .replace(/"(?:[^"\\]|\\.)*"|\d+|\S+\/\S+/g, '…')
    .slice(0, 80);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
