import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ingress } from '../cli/session.ts';
import { estateText } from '../tools/bench/estate.mjs';

const BIN = resolve(import.meta.dirname, '../../bin/gateshift.js');
let folder: string;
let large: string;
let some: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gateshift-process-'));
  large = join(folder, 'large.yaml');
  writeFileSync(large, estateText(1000));
  some = join(folder, 'some.yaml');
  writeFileSync(some, estateText(300));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Options {
  readonly node?: readonly string[];
  readonly input?: string | Buffer;
}

function gateshift(args: readonly string[], { node = [], input = '' }: Options = {}) {
  return spawnSync(process.execPath, [...node, BIN, ...args], { input, encoding: 'utf8', maxBuffer: 1 << 28, cwd: folder });
}

function shell(script: string) {
  return spawnSync('bash', ['-c', script], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    cwd: folder,
    env: { ...process.env, NODE: process.execPath, BIN, LARGE: large, SOME: some },
  });
}

function leftovers(): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('gateshift-tmp'));
}

describe('with little memory', { timeout: 120_000 }, () => {
  it('1,000 Ingresses are converted within a heap of 256 MB', () => {
    const { status, stdout } = gateshift(['convert', large, '-q'], { node: ['--max-old-space-size=256'] });
    expect(status).toBeLessThan(2);
    expect(stdout.match(/^kind: HTTPRoute$/gm)?.length).toBeGreaterThan(1000);
  });

  it.skipIf(process.platform !== 'linux')('and within an address space that Node itself needs most of', () => {
    const { status, stderr } = shell('ulimit -v 3000000; "$NODE" --max-old-space-size=256 "$BIN" convert "$LARGE" -q > limited.yaml');
    expect([stderr.slice(0, 300), status === 0 || status === 1]).toEqual(['', true]);
  });
});

describe('what is meant to exhaust its reader', { timeout: 120_000 }, () => {
  const metadata = (text: string) => ingress('hostile').replace('  name: hostile\n', `  name: hostile\n${text}`);
  const repeated = (text: string, times: number) => text.repeat(times);

  it.each([
    ['a value of 60 MB', metadata(`  annotations: {x: "${repeated('x', 60_000_000)}"}\n`), 'read/too-large'],
    ['a block of 60 MB', metadata(`  annotations:\n    x: |\n${repeated(`      ${repeated('x', 93)}\n`, 600_000)}`), 'read/too-large'],
    ['brackets that nobody closes', metadata(`  labels: ${repeated('{a: ', 1_000_000)}\n`), 'read/too-deep'],
    ['aliases without end', `x: &a {k: v}\ny: [${repeated('*a, ', 1_000_000)}]\n${ingress('hostile')}`, 'read/too-complex'],
    ['anchors without end', `x: [${repeated('&a v, ', 300_000)}]\n${ingress('hostile')}`, 'read/too-complex'],
  ])('%s is told by a process with a heap of 128 MB, and the rest converted', (_, text, code) => {
    const file = join(folder, 'hostile.yaml');
    writeFileSync(file, `${text}\n---\n${ingress('sound')}`);
    const { status, stdout, stderr } = gateshift(['convert', file], { node: ['--max-old-space-size=128'] });
    expect([status, stdout.match(/^kind: HTTPRoute$/gm)?.length, stderr]).toEqual([3, 1, expect.stringContaining(`error[${code}]`)]);
    expect(stderr).toMatch(/--> .*hostile\.yaml:\d+:\d+/);
  });
});

describe('standard streams', { timeout: 60_000 }, () => {
  it('that nobody reads any more end the run in silence', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own
    const { stdout, stderr } = shell('"$NODE" "$BIN" convert "$SOME" -q | head -n 1; echo "${PIPESTATUS[0]}"');
    expect(stdout).toMatch(/^[#a-z].*\n[01]\n$/);
    expect(stderr).toBe('');
  });

  it('that are closed from the start do no harm', () => {
    for (const redirection of ['>&-', '2>&-', '>&- 2>&-'])
      expect(shell(`"$NODE" "$BIN" convert "$SOME" ${redirection} > /dev/null; echo $?`).stdout).toMatch(/^[01]\n$/);
  });

  it('bring in any amount', () => {
    const padding = `# ${'x'.repeat(1000)}\n`.repeat(60_000);
    const { status, stdout } = gateshift(['convert', '-'], { input: `${padding}${ingress('web')}` });
    expect([status, stdout.match(/^kind: HTTPRoute$/gm)?.length]).toEqual([0, 1]);
  });

  it('that are no streams at all are told', () => {
    expect(shell('"$NODE" "$BIN" check - < . ; echo $?').stdout).toMatch(/read\/[\s\S]*\n3\n$/);
  });
});

describe('writing', { timeout: 60_000 }, () => {
  it('a full disk is told, and nothing is left of the file', () => {
    const { status, stderr } = shell('"$NODE" "$BIN" check "$SOME" --report json=/dev/full');
    expect([status, stderr]).toEqual([2, expect.stringContaining('cannot write /dev/full')]);
  });

  it.skipIf(!mayMount())('a disk too small for all files stays as it was', () => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=300k', 'none', disk]);
    try {
      const small = join(folder, 'small.yaml');
      writeFileSync(small, ingress('web'));
      expect(gateshift(['convert', small, '--out-dir', join(disk, 'out')]).status).toBe(0);
      const before = contentsOf(disk);
      const { status, stderr } = gateshift(['convert', some, '--out-dir', join(disk, 'out'), '-q']);
      expect([status, stderr]).toEqual([2, expect.stringMatching(/cannot write .*ENOSPC/)]);
      expect(contentsOf(disk)).toEqual(before);
    } finally {
      execFileSync('umount', [disk]);
    }
  });

  it('an interruption leaves nothing half-written', async () => {
    const out = join(folder, 'interrupted');
    const child = spawn(process.execPath, [BIN, 'convert', large, '--out-dir', out, '-q'], { stdio: 'ignore' });
    const ended = new Promise<NodeJS.Signals | null>((done) => child.on('exit', (_, signal) => done(signal)));
    while (child.exitCode === null && !existsSync(join(out, 'gateways'))) await new Promise((done) => setTimeout(done, 2));
    child.kill('SIGINT');
    const signal = await ended;
    if (signal !== null) expect(signal).toBe('SIGINT');
    for (const [name, text] of contentsOf(existsSync(out) ? out : folder)) {
      expect(name).not.toContain('gateshift-tmp');
      if (name.startsWith('routes/')) expect(text).toMatch(/\n$/);
    }
  });

  it('files keep their mode, links and devices are written through', () => {
    const out = join(folder, 'modes');
    const small = join(folder, 'modes.yaml');
    writeFileSync(small, ingress('web'));
    const report = join(folder, 'report.json');
    writeFileSync(report, 'old');
    chmodSync(report, 0o640);
    const link = join(folder, 'link.json');
    symlinkSync(report, link);
    gateshift(['convert', small, '--out-dir', out, '--report', `json=${report}`]);
    expect(statSync(report).mode & 0o777).toBe(0o640);
    const route = join(out, 'routes/shop/httproute-web-web-example-com.yaml');
    expect(statSync(route).mode & 0o777).toBe(0o666 & ~process.umask());
    chmodSync(route, 0o600);
    writeFileSync(small, ingress('web', {}, '/changed'));
    gateshift(['convert', small, '--out-dir', out, '--report', `json=${link}`]);
    expect([statSync(route).mode & 0o777, readFileSync(route, 'utf8').includes('/changed')]).toEqual([0o600, true]);
    expect([statSync(link).size, readFileSync(report, 'utf8').startsWith('{')]).toEqual([statSync(report).size, true]);
    expect(leftovers()).toEqual([]);
  });

  it.skipIf(process.getuid?.() === 0)('a folder that may not be written to is told', () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed, { mode: 0o500 });
    const { status, stderr } = gateshift(['convert', some, '--out-dir', join(closed, 'out'), '-q']);
    expect([status, stderr]).toEqual([2, expect.stringContaining('EACCES')]);
  });

  it('a file where the folder should be is told', () => {
    writeFileSync(join(folder, 'file'), '');
    const { status, stderr } = gateshift(['convert', some, '--out-dir', join(folder, 'file'), '-q']);
    expect([status, stderr]).toEqual([2, expect.stringMatching(/^gateshift: cannot /)]);
  });
});

function contentsOf(root: string): ReadonlyMap<string, string> {
  const names = readdirSync(root, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  return new Map(
    names.map((each) => [join(each.parentPath, each.name).slice(root.length + 1), readFileSync(join(each.parentPath, each.name), 'utf8')]),
  );
}

function mayMount(): boolean {
  if (process.getuid?.() !== 0) return false;
  const probe = mkdtempSync(join(tmpdir(), 'gateshift-mount-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8k', 'none', probe], { stdio: 'ignore' });
  if (status === 0) spawnSync('umount', [probe]);
  rmSync(probe, { recursive: true });
  return status === 0;
}
