import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { PREFIX } from '../../rules/alb/annotation.ts';
import { alb } from '../../rules/alb/pack.ts';

const CATALOGUE = join(import.meta.dirname, '../../../shared/catalogue/alb.yaml');

interface Catalogue {
  readonly annotations: readonly { readonly name: string; readonly full_name?: boolean }[];
}

describe('annotations of the AWS Load Balancer Controller', () => {
  const reads = alb.rules.flatMap((rule) => Object.values(rule.reads).map(({ annotation }) => annotation));

  it('belong to one rule each', () => {
    expect(new Set(reads).size).toBe(reads.length);
    expect(new Set(alb.rules.map(({ id }) => id)).size).toBe(alb.rules.length);
    expect(reads.filter((name) => !name.startsWith(PREFIX))).toEqual([]);
  });

  it.skipIf(!existsSync(CATALOGUE))('are all known, and no others (skipped where ../shared/catalogue is absent)', () => {
    const { annotations } = parse(readFileSync(CATALOGUE, 'utf8')) as Catalogue;
    // `actions.${name}` is a family; the class annotation is read for all vendors alike.
    const names = annotations.filter(({ full_name }) => full_name !== true).map(({ name }) => `${PREFIX}${name.replace(/\$.*$/, '*')}`);
    expect(names.length).toBeGreaterThan(70);
    expect(names.filter((name) => !reads.includes(name))).toEqual([]);
    expect(reads.filter((name) => !names.includes(name))).toEqual([]);
  });
});
