import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectFile } from '../expect-file.ts';
import { PICTURES, printed, terminalPicture } from '../tools/terminal-picture.mjs';
import { PAGES, ROOT, readPage } from './page.ts';

describe.each(Object.entries<string>(PICTURES))('%s', (file, command) => {
  it(`is what ${command} prints`, () => {
    expectFile(join(ROOT, file), terminalPicture(command, printed(command)));
  });

  it('is shown on a page', () => {
    const name = file.replace(/^docs\//, '');
    expect(PAGES.some((page) => readPage(page).includes(`${name})`))).toBe(true);
  });

  it('has every word of it', () => {
    const words = (text: string) => new Set(text.match(/[\w./-]{3,}/g));
    const picture = words(readFileSync(join(ROOT, file), 'utf8').replaceAll(/<[^>]*>/g, ' '));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences of a terminal
    const missing = [...words(printed(command).replaceAll(/\u001b\[\d+m/g, ''))].filter((word) => !picture.has(word));
    expect(missing).toEqual([]);
  });
});
