import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TARGET_NAMES, targets } from '../../src/targets/index.ts';
import { expectFile } from '../expect-file.ts';
import { intentPage } from './intent-page.ts';
import { ROOT, readPage } from './page.ts';

describe('docs/intents.md', () => {
  it('is what the targets answer', () => {
    expectFile(join(ROOT, 'docs/intents.md'), intentPage(targets));
  });
});

describe('docs/targets.md', () => {
  const sections = new Map(
    readPage('docs/targets.md')
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.split('\n', 1)[0] ?? '', section]),
  );

  it('has a section for each target and for nothing else', () => {
    expect([...sections.keys()].sort()).toEqual([...TARGET_NAMES].sort());
  });

  it.each(TARGET_NAMES)('has a section about %s, with every kind that is written for it', (name) => {
    const section = sections.get(name) ?? '';
    const folder = join(ROOT, 'src/targets', name);
    const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
    // Kinds of its own API: those of a policy, beside which the version stands.
    const kinds = sources.flatMap((text) => [...text.matchAll(/apiVersion[^{}]*?kind: '([A-Z]\w+)'/g)].map(([, kind = '']) => kind));
    expect([...new Set(kinds)].filter((kind) => !section.includes(kind))).toEqual([]);
    expect(section).not.toBe('');
  });

  it.each(targets.map((target) => [target.name, target] as const))('says the class and the controller of %s', (name, target) => {
    const section = sections.get(name) ?? '';
    for (const text of [target.gatewayClassName, target.controllerName]) if (text !== null) expect(section).toContain(`\`${text}\``);
  });
});
