// `npm run picture`: what the built tool prints on a terminal, as a picture of that terminal.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const COLUMNS = 104;

/** Pictures by file, with the command that each shows. */
export const PICTURES = {
  'docs/pictures/convert.svg': 'gateshift convert examples/shop --out-dir out',
};

const CELL = { width: 8.4, height: 18, size: 14 };
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is how a terminal is told about colour
const ESCAPE = /\u001b\[(\d+)m/;
/** Others next to each other count as one. */
const NO_BREAK_SPACE = '\u00a0';
const MARGIN = { left: 16, top: 46, bottom: 14 };
const COLOURS = {
  text: '#d5dbe3',
  dim: '#8b95a3',
  31: '#ff7b72',
  32: '#56d364',
  33: '#e3b341',
  34: '#79c0ff',
  35: '#d2a8ff',
  36: '#76e3ea',
};

/** What the command prints in colour. Needs `npm run build`. */
export function printed(command) {
  const folder = mkdtempSync(join(tmpdir(), 'gateshift-picture-'));
  const [, ...args] = command.replace('--out-dir out', `--out-dir ${folder}`).split(' ');
  const script = `
    import { run } from ${JSON.stringify(resolve(ROOT, 'dist/cli/main.js'))};
    const write = (text) => process.stdout.write(text);
    await run(${JSON.stringify(args)}, { stdin: async () => new Uint8Array(), stdout: write, stderr: write, env: {}, stdoutIsTerminal: true,
      stderrIsTerminal: true, columns: ${COLUMNS}, cwd: process.cwd(), today: '2026-01-15' });`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: ROOT, encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  if (stdout === '') throw new Error(`${command} printed nothing: ${stderr}`);
  return stdout;
}

/** A terminal with a command and what it printed, as SVG. Each piece stands at its column, whatever font the reader has. */
export function terminalPicture(command, text) {
  const lines = [
    [
      { text: '$ ', style: { dim: true } },
      { text: command, style: { bold: true } },
    ],
    [],
    ...styledLines(text.trimEnd()),
  ];
  const width = Math.ceil(MARGIN.left * 2 + COLUMNS * CELL.width);
  const height = MARGIN.top + lines.length * CELL.height + MARGIN.bottom;
  const rows = lines.map((pieces, index) => row(pieces, MARGIN.top + (index + 0.75) * CELL.height)).filter((each) => each !== '');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(command)}">
<rect width="${width}" height="${height}" rx="8" fill="#0f141a"/>
<g fill="#3a424d"><circle cx="22" cy="20" r="6"/><circle cx="42" cy="20" r="6"/><circle cx="62" cy="20" r="6"/></g>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${CELL.size}" fill="${COLOURS.text}">
${rows.join('\n')}
</g>
</svg>
`;
}

function row(pieces, y) {
  let column = 0;
  const texts = pieces.flatMap(({ text, style }) => {
    const shown = text.trim();
    const length = [...shown].length;
    const x = (MARGIN.left + (column + [...text].length - [...text.trimStart()].length) * CELL.width).toFixed(1);
    column += [...text].length;
    if (shown === '') return [];
    const fill = style.dim ? COLOURS.dim : COLOURS[style.colour];
    const attributes = [
      `x="${x}" y="${y}" textLength="${(length * CELL.width).toFixed(1)}"`,
      ...(fill === undefined ? [] : [`fill="${fill}"`]),
      ...(style.bold ? ['font-weight="bold"'] : []),
    ];
    return [`<text ${attributes.join(' ')}>${escaped(shown).replaceAll(' ', NO_BREAK_SPACE)}</text>`];
  });
  return texts.join('');
}

/** Lines of pieces that share a style. Of the escape sequences only those of colour and weight may occur. */
function styledLines(text) {
  let style = {};
  return text.split('\n').map((line) => {
    const pieces = [];
    for (const [index, part] of line.split(ESCAPE).entries()) {
      if (index % 2 === 0) {
        if (part !== '') pieces.push({ text: part, style });
      } else style = styleAfter(style, Number(part));
    }
    return pieces;
  });
}

function styleAfter(style, code) {
  switch (code) {
    case 0:
      return {};
    case 1:
      return { ...style, bold: true };
    case 2:
      return { ...style, dim: true };
    case 22:
      return { colour: style.colour };
    case 39:
      return { ...style, colour: undefined };
    default:
      if (COLOURS[code] === undefined) throw new Error(`no colour is known for the code ${code}`);
      return { ...style, colour: code };
  }
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

if (resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) {
  for (const [file, command] of Object.entries(PICTURES)) {
    writeFileSync(join(ROOT, file), terminalPicture(command, printed(command)));
    process.stdout.write(`wrote ${file}\n`);
  }
}
