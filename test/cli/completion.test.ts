import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REPORT_FORMATS } from '../../src/report/index.ts';
import { gateshift, temporaryFolder } from './session.ts';

const script = async (shell: string) => (await gateshift(['completion', shell])).stdout;
const isThere = (command: string) => spawnSync(command, ['--version']).error === undefined;

/** Bash completes what stands in `words`, the last of them being typed. */
async function bash(...words: string[]): Promise<readonly string[]> {
  const file = join(temporaryFolder({ 'web.yaml': '' }), 'completion.bash');
  writeFileSync(file, await script('bash'));
  const run = `source ${file}; cd ${join(file, '..')}; COMP_WORDS=(gateshift "$@"); COMP_CWORD=$#; _gateshift; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', run, 'bash', ...words], { encoding: 'utf8' })
    .trim()
    .split('\n');
}

describe('completion', () => {
  it('names every command and option, whatever the shell', async () => {
    const { stdout } = await gateshift(['--help']);
    const commands = [...stdout.matchAll(/^ {2}([a-z]+) (?:\[|<)/gm)].map(([, name]) => name ?? '').filter((name) => name !== 'help');
    expect(commands.length).toBeGreaterThan(4);
    const help = await Promise.all(commands.map(async (name) => (await gateshift([name, '--help'])).stdout));
    const options = new Set(help.flatMap((text) => [...text.matchAll(/ {2}(?:-\w, )?--([a-z-]+)/g)].map(([, name]) => name ?? '')));
    for (const shell of ['bash', 'zsh', 'fish', 'powershell']) {
      const text = await script(shell);
      for (const name of [...commands, ...options]) expect(text, shell).toContain(name);
    }
  });

  it('of a shell nobody knows is a usage error', async () => {
    const { code, stderr } = await gateshift(['completion', 'bsh']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('did you mean bash?')]);
  });

  it('in bash completes commands, options, their values, and files', async () => {
    expect(await bash('ch')).toEqual(['check']);
    expect(await bash('check', '--fail')).toEqual(['--fail-on']);
    expect(await bash('check', '--fail-on', 'un')).toEqual(['unmapped']);
    expect(await bash('check', '--fail-on', '=', 'un')).toEqual(['unmapped']);
    expect(await bash('check', '--report', '')).toEqual([...REPORT_FORMATS]);
    expect(await bash('check', 'we')).toEqual(['web.yaml']);
    expect(await bash('check', '--baseline', 'we')).toEqual(['web.yaml']);
    expect(await bash('completion', 'z')).toEqual(['zsh']);
    expect(await bash('probe', '--fail')).toEqual(['']);
  });

  it.skipIf(!isThere('zsh'))('is a script that zsh takes (skipped without zsh)', async () => {
    const file = join(temporaryFolder(), '_gateshift');
    writeFileSync(file, await script('zsh'));
    execFileSync('zsh', ['-n', file]);
    const run = `autoload -U compinit && compinit -u -d ${file}.dump && source ${file} && print -- $_comps[gateshift]`;
    expect(execFileSync('zsh', ['-f', '-c', run], { encoding: 'utf8' }).trim()).toBe('_gateshift');
  });

  it.skipIf(!isThere('fish'))('completes in fish (skipped without fish)', async () => {
    const file = join(temporaryFolder(), 'gateshift.fish');
    writeFileSync(file, await script('fish'));
    const typed = (line: string) =>
      execFileSync('fish', ['-c', `source ${file}; complete -C ${JSON.stringify(line)}`], { encoding: 'utf8' })
        .trim()
        .split('\n')
        .map((each) => each.split('\t')[0]);
    expect(typed('gateshift ver')).toEqual(['verify']);
    expect(typed('gateshift check --fail-on un')).toEqual(['unmapped']);
    expect(typed('gateshift check --updat')).toEqual(['--update-baseline']);
  });

  it.skipIf(!isThere('pwsh'))('is a script that PowerShell takes (skipped without pwsh)', async () => {
    const file = join(temporaryFolder(), 'gateshift.ps1');
    writeFileSync(file, await script('powershell'));
    const run = `. ${file}; (TabExpansion2 'gateshift ver' 13).CompletionMatches.CompletionText`;
    expect(execFileSync('pwsh', ['-NoProfile', '-Command', run], { encoding: 'utf8' }).trim()).toBe('verify');
  });
});
