import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { nginx } from '../../rules/nginx/pack.ts';

const CATALOGUE = join(import.meta.dirname, '../../../shared/catalogue/nginx.yaml');

describe('annotations of ingress-nginx', () => {
  const owners = new Map<string, number>();
  for (const rule of nginx.rules)
    for (const { annotation } of Object.values(rule.reads)) owners.set(annotation, (owners.get(annotation) ?? 0) + 1);

  it('belong to one rule each', () => {
    expect([...owners].filter(([, count]) => count > 1)).toEqual([]);
  });

  it.skipIf(!existsSync(CATALOGUE))('are all known (skipped where ../shared/catalogue is absent)', () => {
    const { annotations, removed } = parse(readFileSync(CATALOGUE, 'utf8')) as Record<'annotations' | 'removed', { name: string }[]>;
    const names = [...annotations, ...removed].map(({ name }) => `nginx.ingress.kubernetes.io/${name}`);
    expect(names.length).toBeGreaterThan(150);
    expect(names.filter((name) => !owners.has(name))).toEqual([]);
  });
});
