import type { RouteRow } from '../page-data.ts';
import { s } from './dom.ts';
import type { Estate } from './estate.ts';

/** Columns of the drawing: left edge and width, in its own units. Characters are about 7.3 wide. */
const HOST = { x: 0, width: 190 };
const PATH = { x: 225, width: 235 };
const BACKEND = { x: 485, width: 190 };
const NEW_PATH = { x: 745, width: 245 };
const NEW_BACKEND = { x: 1015, width: 215 };
const WIDTH = 1232;
const LINE = 17;
const GAP = 10;
const TOP = 26;
const CHARACTER = 7.3;

interface Box {
  readonly lines: readonly string[];
  readonly middle: number;
}

/** host → path → backend as it is today on the left, and what the output makes of each row on the right. */
export function routeMap(host: string, rows: readonly RouteRow[], estate: Estate): SVGSVGElement {
  const groups: SVGElement[] = [];
  const middles: number[] = [];
  let y = TOP;
  for (const row of rows) {
    const height = heightOf(row, estate);
    const middle = y + height / 2;
    middles.push(middle);
    groups.push(routeGroup(row, y, height, estate));
    y += height + GAP;
  }
  const hostMiddle = middles.length === 0 ? TOP : ((middles[0] ?? 0) + (middles.at(-1) ?? 0)) / 2;
  const name = host === '' ? 'any host' : host;
  const links = middles.map((middle) => link(HOST.x + HOST.width, hostMiddle, PATH.x, middle, 'link'));
  const label = `Routes of ${name}: today on the left, in Gateway API on the right. The table below says the same in words.`;
  return s(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${y}`, role: 'img', 'aria-label': label },
    head('today', PATH.x),
    head('in Gateway API', NEW_PATH.x),
    ...links,
    node({ lines: [name], middle: hostMiddle }, HOST, 'node'),
    ...groups,
  );
}

/** In place of a rule that is not there. */
const SAID: Readonly<Record<string, string>> = {
  withheld: 'withheld: not written',
  same: '404 without a route as well',
  unused: 'not needed: never reached today',
};

function heightOf(row: RouteRow, estate: Estate): number {
  const [, , , , to, , after] = row;
  const right = after.reduce((sum, [, , targets]) => sum + boxHeight(estate.lines(targets).length) + 4, 0);
  return Math.max(boxHeight(1), boxHeight(estate.lines(to).length), right);
}

function boxHeight(lines: number): number {
  return Math.max(1, lines) * LINE + 8;
}

function routeGroup([, , state, path, to, , after]: RouteRow, y: number, height: number, estate: Estate): SVGElement {
  const { text, lines } = estate;
  const middle = y + height / 2;
  const parts: SVGElement[] = [
    link(PATH.x + PATH.width, middle, BACKEND.x, middle, 'link'),
    node({ lines: [text(path)], middle }, PATH, 'node'),
    node({ lines: lines(to), middle }, BACKEND, 'node'),
  ];
  if (after.length === 0) {
    const said = SAID[text(state)] ?? 'nothing was written for it';
    parts.push(
      link(BACKEND.x + BACKEND.width, middle, NEW_PATH.x, middle, 'link across'),
      node({ lines: [said], middle }, NEW_PATH, 'node after'),
    );
  }
  let top = y + (height - after.reduce((sum, [, , targets]) => sum + boxHeight(lines(targets).length) + 4, 0)) / 2;
  for (const [, newPath, targets] of after) {
    const own = boxHeight(lines(targets).length);
    const at = top + own / 2;
    parts.push(
      link(BACKEND.x + BACKEND.width, middle, NEW_PATH.x, at, 'link across'),
      link(NEW_PATH.x + NEW_PATH.width, at, NEW_BACKEND.x, at, 'link'),
      node({ lines: [text(newPath)], middle: at }, NEW_PATH, 'node after'),
      node({ lines: lines(targets), middle: at }, NEW_BACKEND, 'node after'),
    );
    top += own + 4;
  }
  return s('g', { class: text(state) }, ...parts);
}

function node({ lines, middle }: Box, { x, width }: { readonly x: number; readonly width: number }, style: string): SVGElement {
  const height = boxHeight(lines.length);
  const top = middle - height / 2;
  const most = Math.floor((width - 16) / CHARACTER);
  const texts = lines.map((line, index) => s('text', { x: x + 8, y: top + LINE * (index + 1) }, shortened(line, most)));
  return s('g', {}, s('title', {}, lines.join('\n')), s('rect', { class: style, x, y: top, width, height, rx: 5 }), ...texts);
}

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

function link(x1: number, y1: number, x2: number, y2: number, style: string): SVGElement {
  const half = (x1 + x2) / 2;
  return s('path', { class: style, d: `M${x1} ${y1} C${half} ${y1} ${half} ${y2} ${x2} ${y2}` });
}

function head(text: string, x: number): SVGElement {
  return s('text', { class: 'head', x, y: 14 }, text);
}
