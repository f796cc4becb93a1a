import { describe, expect, it } from 'vitest';
import { checkObject } from '../../../src/check/crds.ts';
import { convert } from '../../../src/convert.ts';
import { toYaml } from '../../../src/emit/yaml.ts';
import { checkConstraints } from '../../../src/gateway/constraints/check-constraints.ts';
import type { SourceFile } from '../../../src/model/source.ts';
import { DEFAULT_OPTIONS } from '../../../src/options.ts';
import { verify } from '../../../src/prove/verify.ts';
import { readEstate } from '../../../src/read/estate.ts';
import { CRDS_PRESENT, publishedCrds } from '../../check/published-crds.ts';
import { corpusFolders } from '../../corpus/estates.ts';
import { refusals } from './controller.ts';

const options = { ...DEFAULT_OPTIONS, target: 'aws-alb' };
const folders = corpusFolders();

describe.skipIf(folders.length === 0)('public manifests for aws-alb (skipped where ../shared/corpus is absent)', () => {
  it.each(folders)('%s: settles everything, applies, and serves the same or says what differs', (_, files) => {
    const conversion = convertFiles(files);
    const objects = conversion.plan.objects.map(({ object }) => object);
    expect(conversion.ledger.entries.filter((line) => line.finding?.code === 'ledger/unsettled').map(({ entry }) => entry.key)).toEqual([]);
    const crds = CRDS_PRESENT ? publishedCrds(options.release, options.target) : null;
    for (const object of objects) {
      expect(checkConstraints(object, options.release), `${object.kind} ${object.metadata.name}`).toEqual([]);
      const result = crds === null ? null : checkObject(crds, JSON.parse(JSON.stringify(object)));
      expect(result === null || result.kind === 'checked' || object.kind === 'Namespace', object.kind).toBe(true);
      if (result?.kind === 'checked') expect(result.violations).toEqual([]);
    }
    expect(refusals(objects)).toEqual([]);
    const { discrepancies } = verify(conversion, objects);
    expect(
      discrepancies.filter((item) => item.explained === null).map((item) => `${item.differences} ${JSON.stringify(item.request)}`),
    ).toEqual([]);
    const written = (all: ReturnType<typeof convertFiles>) => all.plan.objects.map(toYaml).join('---\n');
    expect(written(convertFiles([...files].reverse()))).toBe(written(conversion));
  });
});

function convertFiles(files: readonly SourceFile[]) {
  return convert(readEstate(files, { defaultNamespace: 'default' }), options);
}
