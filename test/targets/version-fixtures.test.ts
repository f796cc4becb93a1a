import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Conversion, convert } from '../../src/convert.ts';
import { checkConstraints } from '../../src/gateway/constraints/check-constraints.ts';
import type { Release } from '../../src/gateway/release.ts';
import type { OutputObject } from '../../src/gateway/types.ts';
import { DEFAULT_OPTIONS } from '../../src/options.ts';
import { verify } from '../../src/prove/verify.ts';
import { readEstate } from '../../src/read/estate.ts';
import { targets } from '../../src/targets/index.ts';
import { missingInObject } from '../../src/targets/missing.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures');
const cases = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('in.yaml'))
  .sort();
const oldest = targets.flatMap(({ name, versions }) => {
  const version = versions?.known.at(-1)?.version;
  return versions === undefined || version === undefined ? [] : [{ target: `${name}@${version}`, newest: name, versions, version }];
});

describe.each(oldest)('every fixture for $target', ({ target, newest, versions, version }) => {
  it.each(cases)('%s: nothing that came later, nothing lost without a word', (file) => {
    const old = converted(file, target);
    expect(objectsOf(old).flatMap((object) => missingInObject(object, versions, version) ?? [])).toEqual([]);
    expect(objectsOf(old).flatMap((object) => checkConstraints(object, old.options.release))).toEqual([]);
    const current = converted(file, newest);
    if (JSON.stringify(objectsOf(old)) === JSON.stringify(objectsOf(current))) return;
    const silent = silentDifferences(old);
    const known = silent.length === 0 ? [] : silentDifferences(current);
    expect(silent.filter((each) => !known.includes(each))).toEqual([]);
  });
});

describe('every fixture for Gateway API 1.4 in the standard channel', () => {
  it.each(targets.map(({ name }) => name))('%s: no field that came later', (name) => {
    for (const file of cases) {
      const { plan, options } = converted(file, name, { version: '1.4', channel: 'standard' });
      const violations = plan.objects.flatMap(({ object }) => checkConstraints(object, options.release));
      expect(violations, file).toEqual([]);
    }
  });
});

function converted(file: string, target: string, release: Release = { version: '1.6', channel: 'experimental' }): Conversion {
  const text = readFileSync(join(FIXTURES, file), 'utf8');
  const estate = readEstate([{ file: 'in.yaml', text }], { defaultNamespace: 'default' });
  return convert(estate, { ...DEFAULT_OPTIONS, target, release });
}

function objectsOf({ plan }: Conversion): readonly OutputObject[] {
  return plan.objects.map(({ object }) => object);
}

/** What nothing announces: a version may have no more of it than the newest. */
function silentDifferences(conversion: Conversion): readonly string[] {
  const { discrepancies } = verify(conversion, objectsOf(conversion));
  return discrepancies.flatMap(({ explained, differences, request }) =>
    explained === null ? [JSON.stringify([differences, request])] : [],
  );
}
