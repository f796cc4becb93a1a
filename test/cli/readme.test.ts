import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gateshift, temporaryFolder } from './session.ts';

const ROOT = join(import.meta.dirname, '../..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

const words = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

describe('the README', () => {
  it('shows what the quickstart says', async () => {
    const { code, stderr } = await gateshift(['convert', 'fixtures/quickstart', '--out-dir', temporaryFolder()]);
    const block = /```\n(✗[\s\S]*?)```/.exec(README)?.[1] ?? '';
    const parts = block.split('\n\n').map(words);
    expect(parts).toHaveLength(3);
    for (const part of parts) expect(words(stderr)).toContain(part);
    expect(code).toBe(1);
  });

  it('names no option or command that does not exist', async () => {
    const commands = [...README.matchAll(/gateshift (\w+) /g)]
      .map(([, name]) => name ?? '')
      .filter((name) => !['writes', 'works'].includes(name));
    const { stdout } = await gateshift(['--help']);
    const help = [stdout];
    for (const command of new Set(commands)) {
      expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
      help.push((await gateshift([command, '--help'])).stdout);
    }
    for (const [option] of README.replaceAll(/npm .*/g, '').matchAll(/--[a-z][a-z-]+/g)) expect(help.join('\n')).toContain(option);
  });
});

describe('--help', () => {
  it('names every format of reports and every vendor', async () => {
    const { stdout } = await gateshift(['convert', '--help']);
    const { stderr } = await gateshift(['convert', '-', '--report', 'x', '--out-dir', 'x']);
    const formats = /known: (.*)\)/.exec(stderr)?.[1]?.split(', ') ?? [];
    const vendors = /known: (.*)\)/.exec((await gateshift(['convert', '-', '--class', 'a=x'])).stderr)?.[1]?.split(', ') ?? [];
    expect([formats.length > 3, vendors.length > 1]).toEqual([true, true]);
    for (const name of [...formats, ...vendors]) expect(stdout).toMatch(new RegExp(`\\b${name}\\b`));
  });
});
