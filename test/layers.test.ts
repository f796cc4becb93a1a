import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LAYERS, layersConfig } from './tools/layers.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const BIOME = join(ROOT, 'node_modules/@biomejs/biome/bin/biome');
const RESTRICTED = 'lint/style/noRestrictedImports';

interface Planted {
  readonly file: string;
  readonly code: string;
  /** Lint rule and a piece of our own message; null where the file is in order. */
  readonly expected: readonly [rule: string, message: string] | null;
}

/** The rules that matter most, by hand, so that a slip in the table does not pass for a rule. */
const PLANTED: readonly Planted[] = [
  bad('rules/nginx/canary-1.ts', "import '../../src/targets/standard.ts';", RESTRICTED, 'never sees a target'),
  bad(
    'rules/nginx/canary-2.ts',
    "import type { Plan } from '../../src/plan/plan.ts';\nexport type A = Plan;",
    RESTRICTED,
    'never sees a target',
  ),
  bad('rules/nginx/canary-3.ts', "import '../../src/gateway/types.ts';", RESTRICTED, 'output object'),
  bad('rules/nginx/canary-4.ts', "import '../gke/backend-config.ts';", RESTRICTED, 'Packs do not import each other'),
  bad('rules/nginx/canary-5.ts', "import 'node:fs';", RESTRICTED, 'same input has to give the same bytes'),
  good(
    'rules/nginx/canary-6.ts',
    "import '../../src/rule/rule.ts';\nimport '../../src/intent/intent.ts';\nimport 'zod';\nimport './tls.ts';",
  ),
  good('rules/nginx/canary-7.ts', "import '../nginx-config/parse.ts';"),
  bad('rules/nginx-config/parse-1.ts', "import '../nginx/tls.ts';", RESTRICTED, 'Packs do not import each other'),
  good('rules/index.ts', "import './nginx/tls.ts';"),
  bad('src/rule/engine-1.ts', "import '../../rules/nginx/tls.ts';", RESTRICTED, 'contract of a rule'),
  bad('src/rule/engine-2.ts', "import '../targets/standard.ts';", RESTRICTED, 'never sees a target'),
  bad('src/plan/routes-1.ts', "import '../targets/standard.ts';", RESTRICTED, 'of a target only its contract'),
  bad('src/plan/routes-2.ts', "import '../../rules/nginx/tls.ts';", RESTRICTED, 'knows no vendor'),
  good('src/plan/routes-3.ts', "import '../targets/contract.ts';\nimport '../route/table.ts';\nimport '../gateway/types.ts';"),
  bad('src/targets/standard-1.ts', "import '../../rules/nginx/tls.ts';", RESTRICTED, 'never sees an annotation'),
  bad('src/targets/standard-2.ts', "import '../rule/rule.ts';", RESTRICTED, 'never sees an annotation'),
  bad('src/targets/standard-3.ts', "export const pages = await import('../plan/plan.ts');", RESTRICTED, 'never sees an annotation'),
  bad('src/report/text-1.ts', "import '../targets/standard.ts';", RESTRICTED, 'never asks a rule or a target'),
  bad('src/report/text-2.ts', "import '../../rules/nginx/tls.ts';", RESTRICTED, 'never asks a rule or a target'),
  bad('src/report/text-3.ts', "import 'yaml';", RESTRICTED, 'one home'),
  good('src/report/text-4.ts', "import 'chalk';\nimport '../ledger/ledger.ts';"),
  bad('src/prove/before/answer-1.ts', "import '../after/answer.ts';", RESTRICTED, 'share no code'),
  bad('src/prove/after/answer-1.ts', "import '../before/answer.ts';", RESTRICTED, 'share no code'),
  bad('src/prove/after/answer-2.ts', "import '../../route/table.ts';", RESTRICTED, 'blind it to the same mistake'),
  bad('src/prove/requests-1.ts', "import '../plan/plan.ts';", RESTRICTED, 'blind it to the same mistake'),
  good('src/prove/after/answer-3.ts', "import '../request.ts';\nimport '../../gateway/types.ts';"),
  bad('src/prove/probe/compare-1.ts', "import 'node:http';", RESTRICTED, 'No file system, network'),
  good('src/prove/probe/send.ts', "import 'node:http';\nimport '../request.ts';"),
  bad('src/emit/files-1.ts', "import 'node:fs/promises';", RESTRICTED, 'same input has to give the same bytes'),
  good('src/emit/yaml-1.ts', "import { stringify } from 'yaml';\nexport const text = stringify(1);"),
  bad(
    'src/cli/yaml-1.ts',
    "import { stringify } from 'yaml';\nexport const text = stringify(1);",
    RESTRICTED,
    'YAML is written in src/emit alone',
  ),
  bad(
    'src/read/yaml-1.ts',
    "import { stringify } from 'yaml';\nexport const text = stringify(1);",
    RESTRICTED,
    'YAML is written in src/emit alone',
  ),
  good(
    'src/read/files-1.ts',
    "import 'node:fs/promises';\nimport { parseAllDocuments } from 'yaml';\nexport const read = parseAllDocuments;",
  ),
  bad('src/read/files-2.ts', "import 'node:child_process';", RESTRICTED, 'same input has to give the same bytes'),
  bad('src/convert-1.ts', "import './cli/main.ts';", RESTRICTED, 'nothing of the command line'),
  good('src/cli/run-1.ts', "import '../convert.ts';\nimport 'commander';\nimport 'node:fs';\nconsole.error(process.argv, new Date());"),
  bad('src/plan/hosts-1.ts', 'console.log(1);', 'lint/suspicious/noConsole', ''),
  bad('src/check/env-1.ts', 'export const env = process.env;', 'lint/style/noRestrictedGlobals', ''),
  bad('rules/nginx/clock-1.ts', 'export const now = new Date();', 'lint/style/noRestrictedGlobals', ''),
  bad('src/emit/order-1.ts', "export const order = 'a'.localeCompare('b');", 'lint/nursery/noJsRestrictedProperties', ''),
  bad('src/model/cycle-1.ts', "import type { B } from './cycle-2.ts';\nexport type A = B;", 'lint/suspicious/noImportCycles', ''),
  bad('src/model/cycle-2.ts', "import type { A } from './cycle-1.ts';\nexport type B = A;", 'lint/suspicious/noImportCycles', ''),
];

function bad(file: string, code: string, rule: string, message: string): Planted {
  return { file, code, expected: [rule, message] };
}

function good(file: string, code: string): Planted {
  return { file, code, expected: null };
}

let tree: string;
let diagnostics: ReadonlyMap<string, readonly string[]>;

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'gateshift-layers-'));
  for (const file of ['package.json', 'biome.json', 'biome.layers.jsonc']) cpSync(join(ROOT, file), join(tree, file));
  for (const { file, code } of PLANTED) {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    writeFileSync(join(tree, file), `${code}\n`);
  }
  diagnostics = lint(tree);
});

afterAll(() => rmSync(tree, { recursive: true }));

/** Diagnostics by file, each as `rule: message`. */
function lint(cwd: string): ReadonlyMap<string, readonly string[]> {
  const { stdout } = spawnSync(process.execPath, [BIOME, 'lint', '--reporter=json', '--max-diagnostics=none', '.'], {
    cwd,
    encoding: 'utf8',
  });
  const report: { diagnostics: { category: string; message: string; location: { path: string } }[] } = JSON.parse(stdout);
  const found = new Map<string, string[]>();
  for (const { category, message, location } of report.diagnostics) {
    found.set(location.path, [...(found.get(location.path) ?? []), `${category}: ${message}`]);
  }
  return found;
}

describe('the linter keeps the layers', () => {
  test.each(PLANTED)('$file', ({ file, expected }) => {
    const found = diagnostics.get(file) ?? [];
    if (expected === null) {
      expect(found).toEqual([]);
    } else {
      const [rule, message] = expected;
      expect(found.map((line) => line.startsWith(`${rule}: `) && line.includes(message))).toContain(true);
    }
  });

  test('its configuration follows from the table', () => {
    expect(readFileSync(join(ROOT, 'biome.layers.jsonc'), 'utf8')).toBe(layersConfig());
  });

  test('every folder has a row, and the reason is a sentence', () => {
    const folders = (parent: string) => readdirSync(join(ROOT, parent), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(LAYERS.map(({ folder }) => folder)).toEqual(expect.arrayContaining(folders('src').map(({ name }) => `src/${name}/**`)));
    const packs = LAYERS.find(({ folder }) => folder === 'rules/*/**')?.never?.folders;
    // What packs share has a row of its own, in which it may not import any of them.
    const shared = LAYERS.filter(({ folder }) => /^rules\/[a-z-]+\/\*\*$/.test(folder)).map(({ folder }) => folder.split('/')[1]);
    expect([...(packs ?? []), ...shared]).toEqual(expect.arrayContaining(folders('rules').map(({ name }) => name)));
    for (const { why } of LAYERS) expect(why).toMatch(/^[A-Z].{30,}\.$/);
  });

  test('the npm script that runs it fails on a violation', () => {
    expect(() => execFileSync(process.execPath, [BIOME, 'check', '--error-on-warnings', '.'], { cwd: tree, stdio: 'ignore' })).toThrow();
  });
});
