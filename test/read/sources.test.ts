import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSources, STDIN } from '../../src/read/sources.ts';

let root = '';

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'gateshift-'));
});

afterEach(async () => {
  await rm(root, { recursive: true });
});

async function write(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), content);
  }
}

/** Reads paths under `root`; names in the result are relative to it. */
async function read(...paths: readonly string[]) {
  const given = paths.map((path) => (path === '-' ? path : join(root, path)));
  const { files, problems, unread } = await readSources(given, { stdin: async () => new TextEncoder().encode('from stdin') });
  const name = (path: string) => (path.startsWith(root) ? relative(root, path) : path);
  return {
    files: files.map(({ file, text }) => [name(file), text]),
    problems: problems.map(({ code, at }) => `${code} ${name(at?.file ?? '')}`),
    unread: unread.map(name),
  };
}

describe('readSources', () => {
  it('reads the manifests of a folder, sorted, and passes over hidden folders and node_modules', async () => {
    await write({
      'b.yml': 'b',
      'a/z.yaml': 'z',
      'a/c.JSON': 'c',
      'a/d.txt': '',
      '.git/e.yaml': '',
      'node_modules/f.yaml': '',
      '.g.yaml': 'g',
    });
    expect((await read('')).files).toEqual([
      ['.g.yaml', 'g'],
      ['a/c.JSON', 'c'],
      ['a/z.yaml', 'z'],
      ['b.yml', 'b'],
    ]);
  });

  it('reads a file that is named whatever it is called, and a hidden folder that is named', async () => {
    await write({ '.hidden/a.yaml': 'a', 'b.txt': 'b' });
    expect((await read('b.txt', '.hidden')).files.map(([file]) => file)).toEqual(['.hidden/a.yaml', 'b.txt']);
  });

  it('reads each file once and depends on no order', async () => {
    await write({ 'x/a.yaml': 'a', 'x/y/b.yaml': 'b' });
    const paths = ['x/y', '-', 'x', 'x/a.yaml', '-', './x//y/b.yaml'];
    const expected = [
      [STDIN, 'from stdin'],
      ['x/a.yaml', 'a'],
      ['x/y/b.yaml', 'b'],
    ].sort();
    expect((await read(...paths)).files.sort()).toEqual(expected);
    expect(await read(...paths)).toEqual(await read(...[...paths].reverse()));
  });

  it('keeps paths as they were given', async () => {
    await write({ 'x/a.yaml': 'a' });
    const { files } = await readSources([relative(process.cwd(), join(root, 'x'))], { stdin: async () => new Uint8Array() });
    expect(files[0]?.file).toBe(join(relative(process.cwd(), root), 'x/a.yaml'));
  });

  it('reports what does not exist and reads the rest', async () => {
    await write({ 'a.yaml': 'a' });
    expect(await read('nope.yaml', 'a.yaml', 'a.yaml/b')).toEqual({
      files: [['a.yaml', 'a']],
      problems: ['read/path-not-found a.yaml/b', 'read/path-not-found nope.yaml'],
      unread: ['a.yaml/b', 'nope.yaml'],
    });
  });

  it.skipIf(process.getuid?.() === 0)('reports what may not be read', async () => {
    await write({ 'a.yaml': 'a', 'b.yaml': 'b' });
    await rm(join(root, 'a.yaml'));
    await writeFile(join(root, 'a.yaml'), 'a', { mode: 0o000 });
    expect(await read('')).toMatchObject({ files: [['b.yaml', 'b']], problems: ['read/path-unreadable a.yaml'], unread: ['a.yaml'] });
  });

  it.skipIf(process.platform === 'win32')('reports a link to itself that was named', async () => {
    await symlink('loop.yaml', join(root, 'loop.yaml'));
    expect(await read('loop.yaml')).toMatchObject({ problems: ['read/path-unreadable loop.yaml'], unread: ['loop.yaml'] });
  });
});

describe.skipIf(process.platform === 'win32')('symbolic links', () => {
  it('survives loops and reads everything once', async () => {
    await write({ 'a/one.yaml': '1', 'b/two.yaml': '2' });
    await symlink('..', join(root, 'a/up'));
    await symlink('../b', join(root, 'a/across'));
    await symlink('../a', join(root, 'b/across'));
    await symlink('one.yaml', join(root, 'a/alias.yaml'));
    expect(await read('')).toEqual({
      files: [
        ['a/one.yaml', '1'],
        ['b/two.yaml', '2'],
      ],
      problems: [],
      unread: [],
    });
  });

  it('follows a link into a hidden folder, as mounted ConfigMaps have', async () => {
    await write({ '..2024/a.yaml': 'a' });
    await symlink('..2024', join(root, '..data'));
    await symlink('..data/a.yaml', join(root, 'a.yaml'));
    expect((await read('')).files).toEqual([['a.yaml', 'a']]);
  });

  it('stays inside what was given, and says so', async () => {
    await write({ 'in/a.yaml': 'a', 'out/b.yaml': 'b', 'input/c.yaml': 'c' });
    await symlink('../out', join(root, 'in/out'));
    await symlink('../out/b.yaml', join(root, 'in/b.yaml'));
    await symlink('../input', join(root, 'in/c'));
    await symlink('../out/readme.txt', join(root, 'in/readme.txt'));
    await symlink('gone.yaml', join(root, 'in/gone.yaml'));
    const problems = [
      'read/symlink-outside in/b.yaml',
      'read/symlink-outside in/c',
      'read/symlink-broken in/gone.yaml',
      'read/symlink-outside in/out',
    ];
    expect(await read('in')).toEqual({ files: [['in/a.yaml', 'a']], problems, unread: [] });
    expect((await read('in', 'out', 'input')).problems).toEqual(['read/symlink-broken in/gone.yaml']);
  });

  it('follows a link that was named', async () => {
    await write({ 'real/a.yaml': 'a' });
    await symlink('real', join(root, 'link'));
    expect((await read('link')).files).toEqual([['link/a.yaml', 'a']]);
  });
});
