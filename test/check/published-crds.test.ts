import { describe, expect, test } from 'vitest';
import { checkObject } from '../../src/check/crds.ts';
import { CRDS_PRESENT, crdFolder, crdFolders } from './published-crds.ts';

/** Rules with optional field selection or format libraries, which no CEL library for this platform has. */
const BEYOND_US = /\.\?|format\./;

describe.skipIf(!CRDS_PRESENT)('published CRDs (skipped without ../shared/crds)', () => {
  test.each(crdFolders().map((folder) => [folder]))('%s compiles', (folder) => {
    const set = crdFolder(folder);
    expect(set.crds.length).toBeGreaterThan(0);
    expect(set.ignored).toEqual([]);
    for (const crd of set.crds) {
      for (const version of crd.versions.filter((candidate) => candidate.served)) {
        const object = { apiVersion: `${crd.group ?? 'example.com'}/${version.name}`, kind: crd.kind, metadata: { name: 'x' } };
        const result = checkObject(set, object);
        expect(result.kind).toBe('checked');
        const unevaluated = result.kind === 'checked' ? result.unevaluated : [];
        expect(unevaluated.filter(({ expression }) => !BEYOND_US.test(expression))).toEqual([]);
      }
    }
  });
});
