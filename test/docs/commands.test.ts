import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gateshift } from '../cli/session.ts';
import { blocksOf, PAGES, ROOT, readPage } from './page.ts';

const help = (await gateshift(['--help'])).stdout;
const COMMANDS = [...help.matchAll(/^ {2}(\w+) (?:\[|<)/gm)].map(([, name = '']) => name).filter((name) => name !== 'help');
const helps = new Map(await Promise.all(COMMANDS.map(async (name) => [name, (await gateshift([name, '--help'])).stdout] as const)));
const OPTIONS = new Set(`${help}${[...helps.values()].join('')}`.match(/--[a-z][a-z-]+/g));

/** Of the programs around that pages name. */
const OF_OTHERS = new Set([
  '--heap-growing-percent',
  '--max-semi-space-size',
  '--always-sparkplug',
  '--no-opt',
  '--max-lazy',
  '--no-lazy-feedback-allocation',
  // Of scripts of this repository.
  '--time',
  '--seed',
  '--replay',
  '--quick',
  '--yes',
  '--save-dev',
  '--dry-run',
  '--server',
  '--create-namespace',
  '--namespace',
  '--version',
  '--set',
]);

describe('docs/commands.md', () => {
  it('has the help of every command, and nothing of another', () => {
    const page = readPage('docs/commands.md');
    const shown = [...page.matchAll(/^\$ gateshift (\w+) --help$/gm)].map(([, name]) => name);
    const missing = COMMANDS.filter((name) => !shown.includes(name));
    if (process.env.UPDATE_FIXTURES === '1' && missing.length > 0) {
      const sections = missing.map((name) => `\n## ${name}\n\n\`\`\`console\n$ gateshift ${name} --help\n${helps.get(name)}\`\`\`\n`);
      writeFileSync(join(ROOT, 'docs/commands.md'), page + sections.join(''));
    } else expect([missing, shown.filter((name) => !COMMANDS.includes(name ?? ''))]).toEqual([[], []]);
  });
});

describe('pages', () => {
  it('name no command that does not exist', () => {
    for (const page of PAGES) {
      const code = [...blocksOf(readPage(page)).flatMap(({ lines }) => lines), ...(readPage(page).match(/`[^`\n]+`/g) ?? [])];
      const named = code.flatMap((line) =>
        [...line.matchAll(/(?:^(?:\$ )?|`|\| ?|npx |--yes )gateshift(?:@\S+)? ([a-z]+)\b/g)].map(([, name = '']) => name),
      );
      expect([page, named.filter((name) => !COMMANDS.includes(name))]).toEqual([page, []]);
    }
  });

  it('name no option that does not exist', () => {
    for (const page of PAGES) {
      const prose = readPage(page).replaceAll(/^```[\s\S]*?^```/gm, '');
      const code = blocksOf(readPage(page)).flatMap(({ language, lines }) =>
        // What commands say may name options of others.
        language === 'console' ? lines.filter((line) => line.startsWith('$ ')) : lines,
      );
      const named = [prose, ...code].join('\n').match(/(?<![\w-])--[a-z][a-z-]+/g) ?? [];
      expect([page, named.filter((name) => !OPTIONS.has(name) && !OF_OTHERS.has(name))]).toEqual([page, []]);
    }
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
