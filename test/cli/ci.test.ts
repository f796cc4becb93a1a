import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../src/cli/config/read-config.ts';
import { configSchema } from '../../src/cli/config/schema.ts';
import { VERSION } from '../../src/version.ts';
import { gateshift, ingress, temporaryFolder } from './session.ts';

const ROOT = join(import.meta.dirname, '../..');
const text = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const UNMAPPED = ingress('web', { 'proxy-body-size': '8m' });

/** The code blocks of a page by language. */
function blocks(file: string, language: string): readonly string[] {
  return [...text(file).matchAll(/^```(\w*)\n([\s\S]*?)^```/gm)].filter(([, name]) => name === language).map(([, , code = '']) => code);
}

describe('action.yml', () => {
  const action = parse(text('action.yml'));
  const [step] = action.runs.steps;

  /** Runs the step's own script with `npx` played by this checkout, as a runner would with these inputs. */
  function runStep(inputs: Readonly<Record<string, string>>) {
    const folder = temporaryFolder({ 'web.yaml': UNMAPPED, 'github-output': '', 'summary.md': '' });
    mkdirSync(join(folder, 'bin'));
    const npx = `#!/usr/bin/env bash\nprintf '%s\\n' "$@" > "${folder}/asked"\nshift 2\nexec "${process.execPath}" "${ROOT}/bin/gateshift.js" "$@"\n`;
    writeFileSync(join(folder, 'bin/npx'), npx);
    chmodSync(join(folder, 'bin/npx'), 0o755);
    const values = Object.fromEntries(
      Object.entries<{ default: string }>(action.inputs).map(([name, input]) => [name, String(input.default)]),
    );
    const filled = (value: string) =>
      value.replace(/^\$\{\{ inputs\.([a-z-]+) \}\}$/, (_, name: string) => {
        const given = inputs[name] ?? values[name];
        if (given === undefined) throw new Error(`the step reads an input ${name} that the action does not have`);
        return given;
      });
    const env = Object.fromEntries(Object.entries<string>(step.env).map(([name, value]) => [name, filled(value)]));
    const run = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], {
      cwd: join(folder, filled(step['working-directory'])),
      encoding: 'utf8',
      env: {
        PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
        GITHUB_OUTPUT: join(folder, 'github-output'),
        GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
        ...env,
      },
    });
    const read = (name: string) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : null);
    return { ...run, folder, read };
  }

  it('annotates, summarises, leaves SARIF, and fails like the tool', () => {
    const { status, stdout, read } = runStep({ html: 'report.html' });
    expect(status).toBe(1);
    expect(stdout).toContain('::warning file=web.yaml,line=7');
    expect(stdout).toContain('1 Ingress in 1 file');
    expect(read('summary.md')).toContain('# Ingress to Gateway API');
    expect(JSON.parse(read('gateshift.sarif') ?? '').version).toBe('2.1.0');
    expect(read('report.html')).toContain('<!doctype html>');
    expect(read('github-output')).toBe('exit-code=1\nsarif=./gateshift.sarif\n');
    expect(read('asked')).toContain(`gateshift@${VERSION}\ncheck\n`);
  });

  it('hands every input on, and runs none as code', () => {
    const nasty = '$(touch pwned)`touch pwned`; touch pwned';
    const { status, stderr, folder } = runStep({ paths: `${nasty}\nweb.yaml`, args: '--gateway-class eg' });
    expect([status, stderr]).toEqual([3, '']);
    expect(readdirSync(folder)).not.toContain('pwned');
    expect(runStep({ 'fail-on': 'never', summary: 'false' })).toMatchObject({ status: 0 });
    expect(runStep({ 'fail-on': 'never', summary: 'false' }).read('summary.md')).toBe('');
    expect(runStep({ baseline: 'absent.json' }).status).toBe(2);
    expect(runStep({ config: 'absent.yaml' }).status).toBe(2);
    expect(runStep({ args: '--update-baseline', baseline: 'b.json' }).status).toBe(0);
  });

  it('has an input for everything it reads, and no value inside the script', () => {
    const used = [...JSON.stringify(step).matchAll(/inputs\.([a-z-]+)/g)].map(([, name]) => name);
    expect(new Set(used)).toEqual(new Set(Object.keys(action.inputs)));
    expect(step.run).not.toContain('${{');
    expect(action.inputs.version.default).toBe(VERSION);
  });
});

describe('.pre-commit-hooks.yaml', () => {
  const [hook] = parse(text('.pre-commit-hooks.yaml'));

  it('names a command that there is, and checks all manifests together', async () => {
    const { bin } = JSON.parse(text('package.json'));
    const [command, ...args] = hook.entry.split(' ');
    expect(Object.keys(bin)).toContain(command);
    expect([hook.language, hook.pass_filenames, hook.require_serial]).toEqual(['node', false, true]);
    const folder = temporaryFolder({ 'web.yaml': UNMAPPED });
    expect((await gateshift([...args, folder])).code).toBe(1);
    expect(hook.args).toEqual(['.']);
  });

  it.each([
    ['k8s/web.yaml', true],
    ['web.yml', true],
    ['list.json', true],
    ['web.yaml.md', false],
    ['main.go', false],
  ])('runs for %s: %s', (file, runs) => {
    expect(new RegExp(hook.files).test(file)).toBe(runs);
  });
});

describe('the pages about CI and configuration', () => {
  /** What they call, as arguments. */
  const commands = ['docs/ci.md', 'docs/configuration.md']
    .flatMap((file) =>
      [...text(file).matchAll(/(?:^|[\s'`|])(?:npx --yes )?gateshift(?:@([\d.]+))? (check[^`'#\n]*)/gm)].map(([, version, args = '']) => ({
        version,
        args: args.trim().split(/\s+/),
      })),
    )
    .filter(({ args }) => args.length > 1);

  it.each(commands.map(({ version, args }) => [args.join(' '), version, args] as const))(
    'gateshift %s is a command that works',
    async (_, version, args) => {
      expect(version ?? VERSION).toBe(VERSION);
      const folder = temporaryFolder({ 'web.yaml': UNMAPPED });
      const here = args.map((word) => (word === 'manifests' ? folder : word.replace(/(^|=)(gateshift[\w.-]+)$/, `$1${folder}/$2`)));
      await gateshift(['check', folder, '--baseline', join(folder, 'gateshift-baseline.json'), '--update-baseline', '-q'], { cwd: folder });
      const { code, stderr } = await gateshift(here, { cwd: folder, stdin: UNMAPPED });
      expect([[0, 1].includes(code), stderr.includes('error:')], stderr).toEqual([true, false]);
    },
  );

  it('show configurations that are valid, and YAML that is', () => {
    const all = ['docs/ci.md', 'docs/configuration.md'].flatMap((file) => blocks(file, 'yaml'));
    expect(all.length).toBeGreaterThan(4);
    for (const block of all) expect(() => parse(block)).not.toThrow();
    const configs = all.filter((block) => block.startsWith('# gateshift.yaml'));
    expect(configs).toHaveLength(1);
    for (const block of configs) expect(Object.keys(readConfig('docs', block).config).length).toBeGreaterThan(3);
  });

  it('name every setting with its option and its variable', async () => {
    const rows = [...text('docs/configuration.md').matchAll(/^\| `(\w+)` +\| ([^|]*)\| ([^|]*)\|/gm)].map(([, key, option, variable]) => ({
      key: key ?? '',
      option: option?.trim() ?? '',
      variable: variable?.trim() ?? '',
    }));
    const settings = rows.slice(0, Object.keys(configSchema.shape).length - 1);
    expect(settings.map(({ key }) => key).sort()).toEqual(
      Object.keys(configSchema.shape)
        .filter((key) => key !== '$schema')
        .sort(),
    );
    const help = (await Promise.all(['check', 'convert', 'compare'].map((name) => gateshift([name, '--help']))))
      .map(({ stdout }) => stdout)
      .join('');
    for (const { key, option, variable } of settings.filter(({ key: name }) => name !== 'paths' && name !== 'waivers')) {
      expect(help).toContain(option.replaceAll('`', ''));
      const singular: Readonly<Record<string, string>> = { classes: 'class', nginxFlags: 'nginxFlag', owners: 'owner' };
      const name = (singular[key] ?? key).replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
      expect(variable).toContain(`GATESHIFT_${name}`);
    }
  });

  it('give a snippet for GitLab that keeps what the command writes', () => {
    const [gitlab] = blocks('docs/ci.md', 'yaml')
      .map((block) => parse(block))
      .filter((job) => job.gateshift !== undefined);
    const [script] = gitlab.gateshift.script;
    expect(script).toContain(`junit=${gitlab.gateshift.artifacts.reports.junit}`);
    expect(script).toContain(`html=${gitlab.gateshift.artifacts.paths[0]}`);
  });

  it('give a snippet for Jenkins whose braces close and whose files are written', () => {
    const [jenkins = ''] = blocks('docs/ci.md', 'groovy');
    expect(jenkins.match(/\{/g)?.length).toBe(jenkins.match(/\}/g)?.length);
    const [, junit = ''] = /junit '([^']+)'/.exec(jenkins) ?? [];
    expect(jenkins).toContain(`junit=${junit}`);
  });
});

describe('what a runner sees', () => {
  it('is never cut: a report goes through a pipe whole', () => {
    const folder = temporaryFolder(
      Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`${index}.yaml`, ingress(`app-${index}`)])),
    );
    const out = execFileSync('bash', ['-c', `"${process.execPath}" "${ROOT}/bin/gateshift.js" check "${folder}" --report json | cat`], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    expect(JSON.parse(out).ingresses).toHaveLength(300);
  });
});
