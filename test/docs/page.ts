import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

/** Pages for users, by path from the root. Generated pages are held by the tests of their generators. */
export const PAGES: readonly string[] = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !['annotations.md', 'intents.md'].includes(name))
    .map((name) => `docs/${name}`)
    .sort(),
];

export interface Block {
  readonly language: string;
  /** Of the first line inside the fence, from 0. */
  readonly start: number;
  readonly lines: readonly string[];
}

/** A command as a page shows it, with what it says. */
export interface Step {
  readonly command: string;
  /** Of the first line of what it says, from 0 in the page. */
  readonly start: number;
  /** null: the page does not show it. */
  readonly shown: readonly string[] | null;
}

export function readPage(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8');
}

export function blocksOf(text: string): readonly Block[] {
  const blocks: Block[] = [];
  let open: { language: string; start: number } | null = null;
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    if (!line.startsWith('```')) continue;
    if (open === null) open = { language: line.slice(3).trim(), start: index + 1 };
    else {
      blocks.push({ ...open, lines: lines.slice(open.start, index) });
      open = null;
    }
  }
  return blocks;
}

/**
 * What a page runs. In a block `console` a line that begins with `$ ` is a command and the lines behind it are all that it says, `…`
 * standing for lines left out. In a block `sh` each line that calls gateshift is a command whose words are not shown.
 */
export function stepsOf(text: string): readonly Step[] {
  return blocksOf(text).flatMap((block) => (block.language === 'console' ? consoleSteps(block) : shellSteps(block)));
}

function consoleSteps({ start, lines }: Block): readonly Step[] {
  const steps: Step[] = [];
  for (let index = 0; index < lines.length; ) {
    const line = lines[index] ?? '';
    if (!line.startsWith('$ ')) throw new Error(`a block console begins with a command, not with "${line}"`);
    const rest = lines.slice(index + 1);
    const length = rest.findIndex((each) => each.startsWith('$ '));
    const shown = length < 0 ? rest : rest.slice(0, length);
    steps.push({ command: line.slice(2), start: start + index + 1, shown });
    index += shown.length + 1;
  }
  return steps;
}

const CALLS = /(?:^|[|&;] *|[A-Z_]+=\S* )(?:npx (?:--yes )?)?gateshift(?:@\S+)? /;

function shellSteps({ language, start, lines }: Block): readonly Step[] {
  if (language !== 'sh') return [];
  return lines.flatMap((command, index) => (CALLS.test(command) ? [{ command, start: start + index + 1, shown: null }] : []));
}

/** Whether text is what a page shows of it: runs of lines between `…`, each as it stands, in their order. */
export function shows(shown: readonly string[], said: readonly string[]): boolean {
  const matches = (at: number, from: number): boolean => {
    if (at === shown.length) return from === said.length;
    if (shown[at] === '…') return said.slice(from).some((_, offset) => matches(at + 1, from + offset)) || matches(at + 1, said.length);
    return from < said.length && shown[at] === said[from] && matches(at + 1, from + 1);
  };
  return matches(0, 0);
}

/** The same runs of lines, as they are said now: each begins at the line most like its first one. Findings are shown whole. */
export function shownAnew(shown: readonly string[], said: readonly string[]): readonly string[] {
  const renewed: string[] = [];
  let from = 0;
  for (let index = 0; index < shown.length; ) {
    if (shown[index] === '…') {
      renewed.push('…');
      index += 1;
      continue;
    }
    const length = (shown.indexOf('…', index) < 0 ? shown.length : shown.indexOf('…', index)) - index;
    const opened = index > 0;
    const closed = index + length < shown.length;
    const begin = opened ? mostLike(shown[index] ?? '', said, from) : 0;
    const end = closed ? begin + lengthAnew(shown.slice(index, index + length), said.slice(begin)) : said.length;
    renewed.push(...said.slice(begin, end));
    from = end;
    index += length;
  }
  return renewed;
}

/** As many lines; of findings as many paragraphs, since their sentences may have become longer. */
function lengthAnew(run: readonly string[], said: readonly string[]): number {
  if (!/^(?:error|warning|note)\[/.test(run[0] ?? '')) return run.length;
  const ends = said.flatMap((line, index) => (line === '' ? [index] : []));
  return ends[run.filter((line) => line === '').length] ?? said.length;
}

function mostLike(line: string, said: readonly string[], from: number): number {
  let best = from;
  for (let index = from; index < said.length; index += 1) if (alike(line, said[index]) > alike(line, said[best])) best = index;
  return best;
}

function alike(a: string, b = ''): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return a === b ? Number.POSITIVE_INFINITY : length;
}
