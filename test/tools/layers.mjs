// Who may import whom, and why. `npm run layers` turns this table into the linter's configuration, biome.layers.jsonc;
// test/layers.test.ts plants violations and fails when that file is stale.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const RULE =
  'A rule knows its vendor and speaks in intents (src/rule, src/route, src/intent, src/model, src/ledger); it never sees a target, a plan or an output object.';
const PROOF =
  'The proof compares the routing table with the emitted objects; seeing how one was made from the other would blind it to the same mistake.';
const TWO_EYES = 'The two evaluators share no code: a mistake made in both would go unnoticed.';
const PIPELINE =
  'baseline check compare emit gateway intent ledger model plan prove read reference report route rule rules runbook targets waivers'.split(
    ' ',
  );
const PACKS = ['alb', 'common', 'gke', 'kubernetes', 'load-balancer-services', 'nginx', 'nginx-inc'];

/**
 * One row a folder, the more specific one later. `may`: the folders it may import beside itself; `also`: single files of
 * others; `never`: folder names that are out of bounds wherever they lie, with the reason; `machine`: Node's modules and
 * `packages`: the packages with one home that it may use.
 */
export const LAYERS = [
  {
    folder: 'src/*.ts',
    may: PIPELINE,
    why: 'The library knows nothing of the command line: src/cli calls it, never the other way round.',
  },
  {
    folder: 'src/model/**',
    may: ['ledger'],
    why: 'The model is the bottom: parsed objects, positions, findings about them. Everything else builds on it.',
  },
  {
    folder: 'src/ledger/**',
    may: ['model'],
    machine: ['crypto'],
    why: 'The ledger keeps the books of entries and findings; it knows neither rules nor targets.',
  },
  {
    folder: 'src/intent/**',
    may: ['ledger', 'model'],
    why: 'An intent is vendor-neutral: it knows its entries, and nothing of where they came from or go to.',
  },
  {
    folder: 'src/route/**',
    may: ['intent', 'ledger', 'model'],
    why: 'The routing table says what a controller serves; it knows no vendor, no target and no Gateway API object.',
  },
  {
    folder: 'src/gateway/**',
    may: ['ledger', 'model'],
    machine: ['net'],
    why: 'Output types and their limits are those of the Gateway API; they know nothing of Ingress.',
  },
  {
    folder: 'src/rule/**',
    may: ['intent', 'ledger', 'model', 'route'],
    why: 'The contract of a rule knows the input, intents and the routing table; a rule never sees a target, a plan or an output object.',
  },
  { folder: 'rules/**', may: ['intent', 'ledger', 'model', 'route', 'rule'], why: RULE },
  {
    folder: 'rules/*/**',
    may: ['intent', 'ledger', 'model', 'route', 'rule'],
    why: RULE,
    never: { folders: PACKS, why: 'Packs do not import each other: what two vendors share belongs to src/rule or src/route.' },
  },
  {
    folder: 'rules/nginx-config/**',
    may: ['ledger', 'model'],
    why: 'How nginx reads its configuration is known to both of its controllers; what a directive means is for each of them to say.',
    never: { folders: PACKS, why: 'Packs do not import each other: what two vendors share belongs to src/rule or src/route.' },
  },
  {
    folder: 'src/read/**',
    may: ['ledger', 'model'],
    machine: ['fs', 'fs/promises', 'path'],
    packages: ['yaml'],
    why: 'Reading turns bytes into the model; what a setting means is for the rules to say.',
  },
  {
    folder: 'src/plan/**',
    may: ['gateway', 'intent', 'ledger', 'model', 'route'],
    also: ['targets/contract.ts', 'targets/dialect.ts', 'targets/policy.ts'],
    machine: ['crypto'],
    why: 'The plan turns the routing table into Gateway API objects; it knows no vendor, and of a target only its contract.',
  },
  {
    folder: 'src/targets/**',
    may: ['gateway', 'intent', 'ledger', 'model', 'route'],
    why: 'A target answers intents; it never sees an annotation, a rule or the plan.',
  },
  {
    folder: 'src/check/**',
    may: ['gateway', 'ledger', 'model'],
    machine: ['net'],
    packages: ['@bufbuild/cel', '@bufbuild/protobuf', 'ajv'],
    why: 'The check holds output objects against schemas; where they came from must not matter.',
  },
  {
    folder: 'src/emit/**',
    may: ['gateway', 'ledger', 'model', 'plan'],
    machine: ['crypto'],
    packages: ['diff', 'yaml'],
    why: 'Emitting turns planned objects into text; every decision was taken before.',
  },
  {
    folder: 'src/prove/**',
    may: ['gateway', 'intent', 'ledger', 'model', 'route'],
    // Whether one list of addresses lies within another is arithmetic.
    also: ['targets/address-ranges.ts'],
    why: PROOF,
  },
  {
    folder: 'src/prove/before/**',
    may: ['intent', 'ledger', 'model', 'prove', 'route'],
    why: PROOF,
    never: { folders: ['after'], why: TWO_EYES },
  },
  {
    folder: 'src/prove/after/**',
    may: ['gateway', 'ledger', 'model', 'prove'],
    also: ['targets/dialect.ts', 'targets/effects.ts'],
    why: PROOF,
    never: { folders: ['before'], why: TWO_EYES },
  },
  {
    folder: 'src/prove/probe/send.ts',
    may: ['prove'],
    machine: ['http', 'https'],
    why: 'The one place that talks to a network: it sends what it is given and says what came back; what that means is decided elsewhere.',
  },
  {
    folder: 'src/baseline/**',
    may: ['ledger', 'model'],
    why: 'A baseline compares the problems of two runs; it knows the ledger and nothing of what made it.',
  },
  {
    folder: 'src/waivers/**',
    may: ['ledger', 'model'],
    also: ['rule/nearest.ts'],
    why: 'A waiver accepts what the ledger says; the day is handed in, and no rule or target is asked.',
  },
  {
    folder: 'src/compare/**',
    may: ['ledger', 'model'],
    also: ['plan/findings.ts', 'report/plain.ts', 'report/json-text.ts'],
    packages: ['chalk'],
    why: 'A comparison counts what the ledgers of several targets say; it never asks a rule or a target.',
  },
  {
    folder: 'src/report/**',
    may: ['ledger', 'model'],
    machine: ['crypto'],
    packages: ['chalk', 'diff'],
    why: 'A report knows the ledger and its findings; it never asks a rule or a target.',
  },
  {
    folder: 'src/report/html/browser/**',
    may: [],
    also: ['report/html/page-data.ts'],
    why: 'The script of the HTML report runs in a browser: it knows the tables it is given, and nothing else of the program.',
  },
  {
    folder: 'src/runbook/**',
    may: ['gateway', 'intent', 'ledger', 'model', 'plan', 'route', 'rule'],
    why: 'The runbook says in which order what was planned is put to use; of annotations it knows what it is handed in.',
  },
  {
    folder: 'src/reference/**',
    may: ['intent', 'ledger', 'model', 'read', 'route', 'rule', 'rules', 'targets'],
    why: 'The reference says what rules and targets say of themselves; it plans nothing and writes nothing.',
  },
  {
    folder: 'src/cli/**',
    may: PIPELINE,
    machine: ['*', '*/**'],
    packages: ['chalk', 'commander', 'diff', 'yaml'],
    why: 'What is shipped does not import its tests.',
  },
];

const FOLDERS = [...PIPELINE, 'cli', 'test'];

/** Packages with one home: each stays in the lazy chunk that needs it, and the others stay pure. */
const HOMED = ['@bufbuild/cel', '@bufbuild/protobuf', 'ajv', 'chalk', 'commander', 'diff', 'yaml'];
const HOMES =
  'This package has one home, so that it stays in the chunk that needs it: commander in src/cli, chalk in src/cli, src/report and src/compare, yaml in src/read, src/emit and src/cli, diff in src/emit, src/report and src/cli, ajv and CEL in src/check.';
const PURE =
  'No file system, network, environment or clock here: the same input has to give the same bytes. Files are read in src/read, the process is touched in src/cli.';
const STRINGIFY = 'YAML is written in src/emit alone: one function knows the settings that keep kubectl from misreading it.';

const alternatives = (names) => (names.length === 1 ? names[0] : `{${names.join(',')}}`);

function override({ folder, may, also = [], never, machine = [], packages = [], why }) {
  const own = /^src\/(\w+)\/\*\*$/.exec(folder)?.[1];
  const allowed = own === undefined ? may : [...may, own];
  const homed = HOMED.filter((name) => !packages.includes(name));
  const patterns = [
    {
      group: [`**/${alternatives(FOLDERS)}/**`, `!**/${alternatives(allowed)}/**`, ...also.map((file) => `!**/${file}`)],
      message: why,
    },
    ...(never === undefined ? [] : [{ group: [`**/${alternatives(never.folders)}/**`], message: never.why }]),
    ...(machine.includes('*') ? [] : [{ group: ['node:*', 'node:*/**', ...machine.map((name) => `!node:${name}`)], message: PURE }]),
    { group: [alternatives(homed), `${alternatives(homed)}/**`], message: HOMES },
  ];
  const paths = packages.includes('yaml') && folder !== 'src/emit/**' ? { yaml: { importNames: ['stringify'], message: STRINGIFY } } : {};
  return {
    includes: [folder],
    linter: { rules: { style: { noRestrictedImports: { level: 'error', options: { paths, patterns } } } } },
  };
}

/** The text of biome.layers.jsonc. */
export function layersConfig() {
  const config = { overrides: LAYERS.map(override) };
  return `// Generated by \`npm run layers\` from test/tools/layers.mjs. Do not edit.\n${JSON.stringify(config, null, 2)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('../../biome.layers.jsonc', import.meta.url), layersConfig());
}
