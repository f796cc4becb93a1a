import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import module from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

let folder: string;
let tarball: string;
/** The package as a user has it after installing the tarball. */
let installed: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gateshift-package-'));
  if (!existsSync(join(ROOT, 'dist/cli/main.js'))) throw new Error('dist/ is missing: run `npm run build` first');
  npm(ROOT, 'pack', '--ignore-scripts', '--pack-destination', folder);
  tarball = join(folder, `gateshift-${version}.tgz`);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  npm(folder, 'install', '--offline', '--no-audit', '--no-fund', tarball);
  installed = join(folder, 'node_modules/gateshift');
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true }));

function npm(cwd: string, ...args: readonly string[]): void {
  execFileSync('npm', args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
}

describe('the tarball', () => {
  test('installs without fetching anything, and runs', () => {
    expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['gateshift']);
    const run = spawnSync(process.execPath, [join(installed, 'bin/gateshift.js'), '--version'], { cwd: folder, encoding: 'utf8' });
    expect([run.status, run.stdout.trim(), run.stderr]).toEqual([0, version, '']);
    expect(existsSync(join(folder, 'node_modules/.bin/gateshift'))).toBe(true);
  });

  test('gives the library to import, with types', async () => {
    const { exports } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    expect(existsSync(join(installed, exports['.'].types))).toBe(true);
    const script = "import('gateshift').then((library) => console.log(typeof library.convert))";
    expect(execFileSync(process.execPath, ['-e', script], { cwd: folder, encoding: 'utf8' }).trim()).toBe('function');
  });

  test('gives editors the schema of gateshift.yaml', () => {
    const { exports } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    const schema = JSON.parse(readFileSync(join(installed, exports['./gateshift.schema.json']), 'utf8'));
    expect(schema).toMatchObject({ type: 'object', additionalProperties: false, properties: { target: {}, waivers: {} } });
  });

  test('is small and carries its licences', () => {
    expect(statSync(tarball).size).toBeLessThan(2_000_000);
    expect(readFileSync(join(installed, 'LICENSE'), 'utf8')).toContain('Apache License');
    const text = readFileSync(join(installed, 'dist/THIRD_PARTY_NOTICES.txt'), 'utf8');
    const imported = importedPackages();
    expect(imported.length).toBeGreaterThan(5);
    for (const name of imported) expect(text).toMatch(new RegExp(`^${name} \\d`, 'm'));
  });

  test('is the same for everybody: nothing in it tells of the machine that built it', () => {
    const files = readdirSync(installed, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const { parentPath, name } of files) {
      const text = readFileSync(join(parentPath, name), 'utf8');
      expect(text.includes(ROOT) || text.includes('node_modules/.cache'), join(parentPath, name)).toBe(false);
    }
  });

  test('has nothing to install and nothing that runs at installation', () => {
    const { scripts, dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    expect(dependencies).toBeUndefined();
    for (const name of ['preinstall', 'install', 'postinstall', 'prepare']) expect(scripts).not.toHaveProperty(name);
  });

  test('holds only what is needed to run it', () => {
    expect(readdirSync(installed).sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'bin', 'dist', 'package.json']);
  });
});

describe('what Node 20 compiled is kept beside the program', () => {
  const cli = () => join(installed, 'dist/cli');
  const kept = () => readdirSync(cli()).filter((name) => name.endsWith('.cache'));
  const convert = () => {
    const input = join(ROOT, 'examples/shop');
    const run = spawnSync(process.execPath, [join(installed, 'bin/gateshift.js'), 'convert', input], { cwd: folder, encoding: 'utf8' });
    return [run.status, run.stdout, run.stderr];
  };

  test.skipIf('enableCompileCache' in module)('and makes no difference to what is written, there, missing or damaged', () => {
    for (const name of kept()) rmSync(join(cli(), name));
    const compiled = convert();
    const [cache = '', ...others] = kept();
    // 1: some of the example is withheld.
    expect([compiled[0], cache, others]).toEqual([1, expect.stringMatching(/^main\.cjs\./), []]);
    expect(convert()).toEqual(compiled);
    const whole = readFileSync(join(cli(), cache));
    writeFileSync(join(cli(), cache), whole.subarray(0, whole.length / 2));
    expect(convert()).toEqual(compiled);
    // Replaced, since V8 refused it.
    expect(statSync(join(cli(), cache)).size).toBeGreaterThan(whole.length * 0.9);
    rmSync(join(cli(), cache));
    // Neither read nor written.
    mkdirSync(join(cli(), cache));
    expect(convert()).toEqual(compiled);
    expect(readdirSync(cli()).sort()).toEqual(['main.cjs', cache, 'main.js']);
    rmSync(join(cli(), cache), { recursive: true });
  });

  test('and is not part of the tarball', () => {
    const listed = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' });
    expect(listed).toContain('package/dist/cli/main.cjs');
    expect(listed).not.toContain('.cache');
  });
});

describe('what is read at every start', () => {
  /** Strings that only that package has. */
  const MARKS = { yaml: 'YAMLParseError', zod: 'ZodError', ajv: 'json-schema-draft-07' };

  test('is less than 90 kB, without yaml, zod and ajv', () => {
    const text = startFiles(join(installed, 'dist/cli/main.js'))
      .map((file) => readFileSync(file, 'utf8'))
      .join('');
    expect(Buffer.byteLength(text)).toBeLessThan(90_000);
    const lazy = readdirSync(join(installed, 'dist/chunks')).map((file) => readFileSync(join(installed, 'dist/chunks', file), 'utf8'));
    for (const mark of Object.values(MARKS)) {
      expect(text).not.toContain(mark);
      expect(lazy.join('')).toContain(mark);
    }
  });
});

/** Packages that the sources name, all of which end up in the bundle. */
function importedPackages(): readonly string[] {
  const files = ['src', 'rules'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.includes('browser'))
      .map((name) => join(ROOT, folder, name)),
  );
  const imports = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/^import (?!type ).*?from '([^.'][^']*)';$/gm)]);
  const names = imports.flatMap(([, specifier = '']) => /^(?!node:)(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? []);
  return [...new Set(names)].sort();
}

/** The file and, through static imports, the chunks that it needs. */
function startFiles(entry: string): readonly string[] {
  const files = [entry];
  for (const file of files) {
    for (const [, path] of readFileSync(file, 'utf8').matchAll(/\b(?:from|import)\s*"(\.[^"]+)"/g)) {
      const target = join(dirname(file), path ?? '');
      if (!files.includes(target)) files.push(target);
    }
  }
  return files;
}
