import { describe, expect, test } from 'vitest';
import { checkObject } from '../../src/check/crds.ts';
import { checkConstraints } from '../../src/gateway/constraints/check-constraints.ts';
import { apiVersionOf, GATEWAY_API_KINDS } from '../../src/gateway/fields.ts';
import { CRDS_PRESENT, publishedCrds } from '../check/published-crds.ts';
import { examples, RELEASES, releaseName } from './examples.ts';

describe.each(RELEASES.map((release) => [releaseName(release), release] as const))('Gateway API %s', (_, release) => {
  const objects = examples(release);

  test('has an example of every kind of the release', () => {
    const kinds = GATEWAY_API_KINDS.filter((kind) => apiVersionOf(release, kind) !== null);
    expect([...new Set(objects.map((object) => object.kind))].sort()).toEqual(kinds.sort());
  });

  test.each(objects.map((object) => [`${object.kind} ${object.metadata.name}`, object] as const))('takes %s', (_name, object) => {
    expect(checkConstraints(object, release)).toEqual([]);
  });

  test.skipIf(!CRDS_PRESENT)('the published CRDs take the same examples (skipped without ../shared/crds)', () => {
    const crds = publishedCrds(release);
    const violations = objects.flatMap((object) => {
      const result = checkObject(crds, object);
      expect(result.kind).toBe('checked');
      return result.kind === 'checked' ? result.violations.map(({ object: ref, path, message }) => `${ref.kind} ${path}: ${message}`) : [];
    });
    expect(violations).toEqual([]);
  });
});
