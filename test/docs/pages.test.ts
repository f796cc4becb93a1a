import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocksOf, PAGES, ROOT, readPage, shownAnew, shows, stepsOf } from './page.ts';
import { type Workspace, workspace } from './workspace.ts';

const UPDATES = process.env.UPDATE_FIXTURES === '1';
/** Findings are no failure of a page; mistakes, unreadable input and bugs are. */
const FINE = [0, 1];

describe.each(PAGES.map((page) => [page, stepsOf(readPage(page))] as const))('%s', (page, steps) => {
  let work: Workspace;
  const renewed = new Map<number, readonly string[]>();
  beforeAll(() => {
    work = workspace();
  });
  afterAll(() => {
    work.remove();
    if (renewed.size === 0) return;
    const lines = readPage(page).split('\n');
    // From the end, so that places before it stay.
    for (const { start, shown } of steps.toReversed()) {
      const now = renewed.get(start);
      if (now !== undefined) lines.splice(start, shown?.length ?? 0, ...now);
    }
    writeFileSync(join(ROOT, page), lines.join('\n'));
  });

  for (const { command, start, shown } of steps)
    it(`line ${start}: ${command}`, () => {
      const said = work.run(command);
      if (said === null) return;
      if (command !== 'echo $?') expect(FINE, said.lines.join('\n')).toContain(said.code);
      if (shown === null || shows(shown, said.lines)) return;
      if (UPDATES) renewed.set(start, shownAnew(shown, said.lines));
      else expect(said.lines.join('\n')).toBe(shown.join('\n'));
    });

  it('shows files as they are', () => {
    for (const { language, lines } of blocksOf(readPage(page))) {
      const [, file] = /^# ((?:examples|out)\/\S+)$/.exec(lines[0] ?? '') ?? [];
      if (language !== 'yaml' || file === undefined) continue;
      const path = join(work.folder, file);
      expect(existsSync(path), file).toBe(true);
      // Formatters move excerpts to the left.
      const excerpt = ['…', ...lines.slice(1).map((line) => line.trim().replace('# …', '…')), '…'];
      const whole = readFileSync(path, 'utf8')
        .split('\n')
        .map((line) => line.trim());
      expect(shows(excerpt, whole) ? '' : lines.join('\n'), file).toBe('');
    }
  });
});
