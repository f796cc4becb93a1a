import { describe, expect, it } from 'vitest';
import { type Change, changesTo } from '../../src/emit/changes.ts';
import { markedMarkdown, markedYaml, ownership } from '../../src/emit/marker.ts';
import { unifiedDiff } from '../../src/emit/unified-diff.ts';

const PLAIN = { force: false, remove: true };
const OLD = markedYaml('kind: Old\n');
const NEW = markedYaml('kind: New\n');

const changes = (before: string | null | undefined, after: string | undefined, policy = PLAIN) =>
  changesTo(new Map(before === undefined ? [] : [['f', before]]), new Map(after === undefined ? [] : [['f', after]]), policy).map(
    (change) => (change.kind === 'kept' ? change.because : change.kind),
  );

describe('ownership', () => {
  it('tells own, edited and foreign files', () => {
    expect(ownership(OLD)).toBe('own');
    expect(ownership(`${OLD}# more\n`)).toBe('edited');
    expect(ownership('kind: Old\n')).toBe('foreign');
    expect(ownership(markedMarkdown('# Report\n'))).toBe('own');
    expect(ownership(`${markedMarkdown('# Report\n')}x`)).toBe('edited');
    expect(ownership('{\n  "schemaVersion": 1,\n  "tool": {\n    "name": "gateshift",')).toBe('own');
    expect(ownership('{"kind": "List"}')).toBe('foreign');
  });

  it('takes other line ends for no edit', () => {
    expect(ownership(OLD.replaceAll('\n', '\r\n'))).toBe('own');
    expect(changes(NEW.replaceAll('\n', '\r\n'), NEW)).toEqual([]);
  });
});

describe('changesTo', () => {
  it.each([
    [undefined, NEW, PLAIN, ['added']],
    [NEW, NEW, PLAIN, []],
    [OLD, NEW, PLAIN, ['changed']],
    [`${OLD}# mine\n`, NEW, PLAIN, ['edited']],
    [`${OLD}# mine\n`, NEW, { force: true, remove: true }, ['changed']],
    ['kind: Mine\n', NEW, { force: true, remove: true }, ['foreign']],
    [null, NEW, { force: true, remove: true }, ['foreign']],
    [OLD, undefined, PLAIN, ['removed']],
    [OLD, undefined, { force: true, remove: false }, ['unsure']],
    [`${OLD}# mine\n`, undefined, { force: true, remove: true }, ['edited-stale']],
    ['kind: Mine\n', undefined, { force: true, remove: true }, []],
    [null, undefined, PLAIN, []],
  ] as const)('%j → %j with %j: %j', (before, after, policy, expected) => {
    expect(changes(before, after, policy)).toEqual(expected);
  });

  it('writes nothing through a folder that is a link', () => {
    const wanted = new Map([['routes/shop/a.yaml', NEW]]);
    for (const link of ['routes', 'routes/shop'])
      expect(changesTo(new Map([[link, null]]), wanted, PLAIN)).toEqual([{ kind: 'kept', path: 'routes/shop/a.yaml', because: 'foreign' }]);
    expect(changesTo(new Map([['routes/sho', null]]), wanted, PLAIN)).toMatchObject([{ kind: 'added' }]);
  });
});

describe('unifiedDiff', () => {
  it('shows added, changed and removed files as git does', () => {
    const all: readonly Change[] = [
      { kind: 'added', path: 'a', before: '', after: '1\n' },
      { kind: 'changed', path: 'b', before: '1\n2\n', after: '1\n3\n' },
      { kind: 'removed', path: 'c', before: '1\n', after: '' },
      { kind: 'kept', path: 'd', because: 'foreign' },
    ];
    expect(unifiedDiff(all)).toBe(
      '--- /dev/null\n+++ b/a\n@@ -0,0 +1,1 @@\n+1\n--- a/b\n+++ b/b\n@@ -1,2 +1,2 @@\n 1\n-2\n+3\n--- a/c\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-1\n',
    );
  });
});
