import { describe, expect, it } from 'vitest';
import { convert } from '../../../src/convert.ts';
import { checkConstraints } from '../../../src/gateway/constraints/check-constraints.ts';
import { DEFAULT_OPTIONS } from '../../../src/options.ts';
import { verify } from '../../../src/prove/verify.ts';
import { readEstate } from '../../../src/read/estate.ts';
import { corpusFolders } from '../../corpus/estates.ts';
import { crdViolations, refusedByGke } from './emitted.ts';

const folders = corpusFolders();

describe.skipIf(folders.length === 0)('the corpus for GKE Gateway (skipped where ../shared/corpus is absent)', () => {
  it.each(folders)('%s', (_, files) => {
    const options = { ...DEFAULT_OPTIONS, target: 'gke' };
    const conversion = convert(readEstate(files, { defaultNamespace: 'default' }), options);
    const objects = conversion.plan.objects.map(({ object }) => object);
    expect(objects.flatMap((object) => checkConstraints(object, options.release))).toEqual([]);
    expect(refusedByGke(objects)).toEqual([]);
    expect(crdViolations(objects)).toEqual([]);
    const unsettled = conversion.ledger.entries.filter(({ finding }) => finding?.code === 'ledger/unsettled');
    expect(unsettled.map(({ entry }) => entry.key)).toEqual([]);
    const silent = verify(conversion, objects).discrepancies.filter(({ explained }) => explained === null);
    expect(silent.map(({ differences, request }) => `${differences} ${JSON.stringify(request)}`)).toEqual([]);
  });
});
