import { describe, expect, test } from 'vitest';
import { checkObject } from '../../src/check/crds.ts';
import { checkConstraints } from '../../src/gateway/constraints/check-constraints.ts';
import type { ExtensionObject } from '../../src/gateway/types.ts';
import { CRDS_PRESENT, publishedCrds } from '../check/published-crds.ts';
import { releaseName } from './examples.ts';
import { EXPERIMENTAL, INVALID_EXAMPLES, minimal, STANDARD } from './invalid-examples.ts';

const named = INVALID_EXAMPLES.map((example) => [`${example.rule} ${example.object.kind}: ${example.what}`, example] as const);

/** Without members that have no value, as it would be written. */
function written(object: ExtensionObject): ExtensionObject {
  return JSON.parse(JSON.stringify(object));
}

describe('what the API server rejects', () => {
  test.each(named)('%s: refused by the constraints, at the right place', (_, { object, release, path }) => {
    const paths = checkConstraints(written(object), release).map((violation) => violation.path);
    expect([...new Set(paths)]).toEqual([path]);
  });

  test.skipIf(!CRDS_PRESENT).each(named)(
    '%s: refused by the published CRDs (skipped without ../shared/crds)',
    (_, { object, release, stricter }) => {
      const result = checkObject(publishedCrds(release), object);
      expect({ release: releaseName(release), kind: result.kind }).toEqual({ release: releaseName(release), kind: 'checked' });
      if (result.kind === 'checked') expect(result.violations.length > 0).toBe(!stricter);
    },
  );

  test('the objects they were made from are taken', () => {
    for (const release of [STANDARD, EXPERIMENTAL]) {
      for (const make of Object.values(minimal)) expect(checkConstraints(make(), release)).toEqual([]);
    }
  });

  test('every rule of the checklist has an example', () => {
    const rules = [...new Set(INVALID_EXAMPLES.map((example) => example.rule))].sort();
    const ranges = [
      [1, 7],
      [10, 33],
      [40, 49],
      [60, 64],
    ] as const;
    const all = ranges.flatMap(([first, last]) =>
      Array.from({ length: last - first + 1 }, (_, i) => `A${String(first + i).padStart(2, '0')}`),
    );
    expect(rules).toEqual(all);
  });
});
