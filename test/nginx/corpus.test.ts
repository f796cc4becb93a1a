import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { entriesIn } from '../../rules/nginx/route/leftovers.ts';
import { corpusFiles } from './corpus-files.ts';
import { routed, unsettled } from './routed.ts';

const CORPUS = '../shared/corpus/nginx';
const here = existsSync(CORPUS);
if (!here) console.warn(`${CORPUS} is absent: real manifests are not tried`);

describe.skipIf(!here)('real manifests', () => {
  test.each(corpusFiles(CORPUS))('%s: nothing is lost, and rules have names of their own', (_, files) => {
    const result = routed(files);
    const inTables = entriesIn(result.tables.flatMap((table) => table.hosts));
    expect(unsettled(result, inTables)).toEqual([]);
    for (const table of result.tables) {
      const ids = table.hosts.flatMap((host) => host.rules.map((rule) => rule.id));
      expect(new Set(ids).size).toBe(ids.length);
      expect(new Set(table.hosts.map(({ host }) => host)).size).toBe(table.hosts.length);
    }
  });
});
