import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  cpSync,
  existsSync,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VERSION } from '../../src/version.ts';
import { ROOT } from './page.ts';

/** Of the terminal that the pages were written on. */
const COLUMNS = 110;

/** Programs of others that pages name: they are not run, unless they hand manifests to gateshift. */
const OF_OTHERS = /^(?:kubectl|helm|kustomize|gcloud|aws|git|npm|npx(?! (?:--yes )?gateshift)|node|go|curl|ingress2gateway|docker) /;

export interface Said {
  readonly lines: readonly string[];
  readonly code: number;
}

export interface Workspace {
  readonly folder: string;
  /** null: a command of others, or one that needs a cluster, which was not run. */
  readonly run: (command: string) => Said | null;
  readonly remove: () => void;
}

/** A folder of a new user: the examples, and the built tool on the path. */
export function workspace(): Workspace {
  if (!existsSync(join(ROOT, 'dist/cli/main.js'))) throw new Error('dist/ is missing: run `npm run build` first');
  const home = mkdtempSync(join(tmpdir(), 'gateshift-docs-'));
  const folder = join(home, 'work');
  const bin = join(home, 'bin');
  mkdirSync(folder);
  mkdirSync(bin);
  cpSync(join(ROOT, 'examples'), join(folder, 'examples'), { recursive: true });
  // What commands that are only sketched call the reader's own.
  for (const own of ['manifests', 'overlays/production']) cpSync(join(ROOT, 'examples/shop'), join(folder, own), { recursive: true });
  const program = (name: string, text: string) => {
    writeFileSync(join(bin, name), text);
    chmodSync(join(bin, name), 0o755);
  };
  program('gateshift', `#!/bin/sh\nexec "${process.execPath}" "${join(import.meta.dirname, 'terminal.mjs')}" "$@"\n`);
  program(
    'npx',
    `#!/bin/sh\n[ "$1" = --yes ] && shift\ncase "$1" in gateshift|gateshift@${VERSION}) shift ;; *) exit 127 ;; esac\nexec gateshift "$@"\n`,
  );
  for (const name of ['kubectl', 'helm', 'kustomize'])
    program(name, '#!/bin/sh\nfor file in examples/shop/*.yaml; do cat "$file"; echo ---; done\n');
  const log = join(home, 'log');
  let last = 0;
  const run = (command: string): Said | null => {
    if (command === 'echo $?') return { lines: [String(last)], code: last };
    if (OF_OTHERS.test(command) && !command.includes('| gateshift')) return null;
    if (/ --cluster\b| --against cluster\b/.test(command)) return null;
    const terminal = openSync(log, 'w');
    const { status } = spawnSync('bash', ['-c', command], {
      cwd: folder,
      stdio: ['ignore', terminal, terminal],
      env: {
        PATH: `${bin}:${process.env['PATH']}`,
        HOME: home,
        NO_COLOR: '1',
        GATESHIFT_TEST_TERMINAL: `${fstatSync(terminal).ino} ${COLUMNS}`,
      },
    });
    closeSync(terminal);
    const text = readFileSync(log, 'utf8');
    last = status ?? 70;
    return {
      lines:
        text === ''
          ? []
          : text
              .replace(/\n$/, '')
              .split('\n')
              .map((line) => line.trimEnd()),
      code: last,
    };
  };
  return { folder, run, remove: () => rmSync(home, { recursive: true, force: true }) };
}
