import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { blocksOf, PAGES, ROOT, readPage } from './page.ts';

const ALL = [...PAGES, 'docs/annotations.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];

/** As GitHub names the anchor of a heading. */
function anchorOf(heading: string): string {
  return heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\- _]/gu, '')
    .replaceAll(' ', '-');
}

function anchorsOf(page: string): ReadonlySet<string> {
  const text = readFileSync(join(ROOT, page), 'utf8').replaceAll(/^```[\s\S]*?^```/gm, '');
  return new Set([...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading.replaceAll('`', ''))));
}

describe('links', () => {
  it.each(ALL)('of %s lead somewhere', (page) => {
    const text = readFileSync(join(ROOT, page), 'utf8').replaceAll(/^```[\s\S]*?^```/gm, '');
    const dead = [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = '']) => {
      if (/^https?:/.test(link)) return [];
      const [path = '', anchor] = link.split('#', 2);
      const file = path === '' ? page : relative(ROOT, join(ROOT, dirname(page), path));
      if (!existsSync(join(ROOT, file))) return [link];
      return anchor === undefined || statSync(join(ROOT, file)).isDirectory() || anchorsOf(file).has(anchor) ? [] : [link];
    });
    expect(dead).toEqual([]);
  });

  it('lead to every page from the README', () => {
    const linked = new Set(['README.md']);
    for (const page of linked) {
      for (const [, link = ''] of readPage(page).matchAll(/\]\(([^)\s#]+)[^)]*\)/g)) {
        const target = relative(ROOT, join(ROOT, dirname(page), link));
        if (PAGES.includes(target)) linked.add(target);
      }
    }
    expect(PAGES.filter((page) => !linked.has(page))).toEqual([]);
  });

  it('stand beside fences that are closed', () => {
    for (const page of ALL)
      expect([page, readFileSync(join(ROOT, page), 'utf8').match(/^```/gm)?.length ?? 0]).toEqual([
        page,
        blocksOf(readFileSync(join(ROOT, page), 'utf8')).length * 2,
      ]);
  });
});
