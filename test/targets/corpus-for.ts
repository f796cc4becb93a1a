import { describe, expect, it } from 'vitest';
import { checkObject } from '../../src/check/crds.ts';
import { type Conversion, convert } from '../../src/convert.ts';
import { checkConstraints } from '../../src/gateway/constraints/check-constraints.ts';
import type { SourceFile } from '../../src/model/source.ts';
import { DEFAULT_OPTIONS } from '../../src/options.ts';
import { verify } from '../../src/prove/verify.ts';
import { readEstate } from '../../src/read/estate.ts';
import { CRDS_PRESENT, publishedCrds } from '../check/published-crds.ts';
import { corpusFolders } from '../corpus/estates.ts';

/** What holds for every target over the public manifests; skipped where they are absent. */
export function corpusKeepsItsPromises(target: string): void {
  const folders = corpusFolders();
  describe.skipIf(folders.length === 0)(`the corpus of public manifests for ${target} (skipped where ../shared/corpus is absent)`, () => {
    it.each(folders)('%s: applies, is accounted for, and behaves as before', (name, files) => {
      const conversion = convertFiles(files, target);
      expect(conversion.ledger.entries.filter(({ finding }) => finding?.code === 'ledger/unsettled')).toEqual([]);
      const objects = conversion.plan.objects.map(({ object }) => object);
      const crds = CRDS_PRESENT ? publishedCrds(conversion.options.release, target) : null;
      for (const object of objects) {
        expect(checkConstraints(object, conversion.options.release), `${object.kind} ${object.metadata.name}`).toEqual([]);
        const result = crds === null ? null : checkObject(crds, JSON.parse(JSON.stringify(object)));
        if (result?.kind === 'checked') expect(result.violations, `${name} ${object.kind} ${object.metadata.name}`).toEqual([]);
      }
      const names = objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`);
      expect(names.filter((text, index) => names.indexOf(text) !== index)).toEqual([]);
      const unexplained = verify(conversion, objects).discrepancies.filter(({ explained }) => explained === null);
      expect(unexplained.map((item) => `${item.differences} ${JSON.stringify(item.request)}`)).toEqual([]);
    });

    it.each(folders.slice(0, 12))('%s: the same bytes whatever the order of files', (_, files) => {
      const written = (conversion: Conversion) => conversion.plan.objects.map(({ object }) => object);
      expect(written(convertFiles([...files].reverse(), target))).toEqual(written(convertFiles(files, target)));
    });
  });
}

function convertFiles(files: readonly SourceFile[], target: string): Conversion {
  return convert(readEstate(files, { defaultNamespace: 'default' }), { ...DEFAULT_OPTIONS, target });
}
