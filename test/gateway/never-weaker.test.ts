import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkObject } from '../../src/check/crds.ts';
import { checkConstraints } from '../../src/gateway/constraints/check-constraints.ts';
import type { Release } from '../../src/gateway/release.ts';
import type { ExtensionObject, GatewayApiObject } from '../../src/gateway/types.ts';
import { CRDS_PRESENT, publishedCrds } from '../check/published-crds.ts';
import { examples, RELEASES, releaseName } from './examples.ts';
import { INVALID_EXAMPLES, minimal } from './invalid-examples.ts';
import { type Leaf, leaf, leafAt, leaves, type Mutation, mutate, mutation } from './mutations.ts';

/** Texts and numbers at the edge of what the schemas allow, and those of the examples themselves. */
const VALUES = [...new Set([...RELEASES.flatMap(examples), ...INVALID_EXAMPLES.map(({ object }) => object)].flatMap(leaves))];

/** Full objects, small ones, and ones that are a step away from being taken. */
function basesOf(release: Release): ExtensionObject[] {
  const written = [...Object.values(minimal).map((make) => make()), ...INVALID_EXAMPLES.map(({ object }) => object)];
  return [...examples(release).map(asExtension), ...written];
}

/** The same object in the wide type, in which it can be spoilt. */
function asExtension({ apiVersion, kind, metadata, spec }: GatewayApiObject): ExtensionObject {
  return { apiVersion, kind, metadata, spec: { ...spec } };
}

const RUNS = 1000;

describe.skipIf(!CRDS_PRESENT)('the constraints are never weaker than the published CRDs (skipped without ../shared/crds)', () => {
  test.each(RELEASES.map((release) => [releaseName(release), release] as const))('Gateway API %s', (_, release) => {
    const crds = publishedCrds(release);
    const bases = basesOf(release);
    let taken = 0;
    const check = (base: number, mutations: readonly Mutation[]): void => {
      const start = bases[base];
      if (start === undefined) return;
      const object = mutations.reduce(mutate, start);
      if (checkConstraints(object, release).length > 0) return;
      taken += 1;
      const result = checkObject(crds, object);
      expect(result.kind === 'checked' ? result.violations : result).toEqual([]);
    };

    void fc.assert(fc.property(fc.nat(bases.length - 1), fc.array(mutation(VALUES), { minLength: 1, maxLength: 3 }), check), {
      numRuns: RUNS,
      seed: 5,
    });
    // A run in which everything is refused would prove nothing.
    expect(taken).toBeGreaterThan(RUNS / 40);
  });

  test('other values in the places that the examples are about', () => {
    const spots = INVALID_EXAMPLES.flatMap(({ object, path, release }) =>
      leafAt(object, path).map((place) => ({ object, place, release })),
    );
    let taken = 0;
    const check = ({ object, place, release }: (typeof spots)[number], value: Leaf): void => {
      const changed = mutate(object, { place, change: 'replace', value, count: 0 });
      if (checkConstraints(changed, release).length > 0) return;
      taken += 1;
      const result = checkObject(publishedCrds(release), changed);
      expect(result.kind === 'checked' ? result.violations : result).toEqual([]);
    };
    void fc.assert(fc.property(fc.constantFrom(...spots), leaf(VALUES), check), { numRuns: 1000, seed: 5 });
    expect(taken).toBeGreaterThan(100);
  });
});
