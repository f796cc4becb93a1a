import { describe, expect, it } from 'vitest';
import { checkObject } from '../../src/check/crds.ts';
import { type Conversion, convert } from '../../src/convert.ts';
import { toYaml } from '../../src/emit/yaml.ts';
import { checkConstraints } from '../../src/gateway/constraints/check-constraints.ts';
import type { SourceFile } from '../../src/model/source.ts';
import { DEFAULT_OPTIONS } from '../../src/options.ts';
import { verify } from '../../src/prove/verify.ts';
import { readEstate } from '../../src/read/estate.ts';
import { CRDS_PRESENT, publishedCrds } from '../check/published-crds.ts';
import { corpusFolders } from './estates.ts';

const folders = corpusFolders();

describe.skipIf(folders.length === 0)('the corpus of public manifests (skipped where ../shared/corpus is absent)', () => {
  const conversions = new Map<string, Conversion>();
  const conversionOf = (name: string, files: readonly SourceFile[]): Conversion => {
    const kept = conversions.get(name) ?? convertFiles(files);
    conversions.set(name, kept);
    return kept;
  };

  it.each(folders)('%s: every setting ends in exactly one outcome', (name, files) => {
    const { estate, ledger } = conversionOf(name, files);
    const entries = estate.ingresses.flatMap((ingress) => [...ingress.annotations, ...ingress.spec]);
    const own = ledger.entries.filter(({ entry }) => entry.object.kind === 'Ingress');
    expect(new Set(own.map((line) => line.entry)).size).toBe(entries.length);
    expect(new Set(ledger.entries.map((line) => line.entry)).size).toBe(ledger.entries.length);
    expect(own.length).toBe(entries.length);
    expect(
      ledger.entries
        .filter((line) => line.finding?.code === 'ledger/unsettled')
        .map((line) => `${line.entry.at.file}:${line.entry.at.line} ${line.entry.key}`),
    ).toEqual([]);
  });

  it.each(folders)('%s: everything written keeps the constraints and the CRDs', (name, files) => {
    const { plan, options } = conversionOf(name, files);
    const crds = CRDS_PRESENT ? publishedCrds(options.release) : null;
    for (const { object } of plan.objects) {
      expect(checkConstraints(object, options.release), `${object.kind} ${object.metadata.name}`).toEqual([]);
      const result = crds === null ? null : checkObject(crds, JSON.parse(JSON.stringify(object)));
      if (result?.kind === 'checked') expect(result.violations).toEqual([]);
    }
    const names = plan.objects.map(({ object }) => `${object.kind} ${object.metadata.namespace}/${object.metadata.name}`);
    expect(names.filter((text, index) => names.indexOf(text) !== index)).toEqual([]);
  });

  it.each(folders)('%s: the same bytes whatever the order of files', (name, files) => {
    const written = (conversion: Conversion) => conversion.plan.objects.map(toYaml).join('---\n');
    expect(written(convertFiles([...files].reverse()))).toBe(written(conversionOf(name, files)));
  });

  it.each(folders)('%s: no difference that nothing announces, no protection lost', (name, files) => {
    const conversion = conversionOf(name, files);
    const { discrepancies } = verify(
      conversion,
      conversion.plan.objects.map(({ object }) => object),
    );
    expect(
      discrepancies.filter((item) => item.explained === null).map((item) => `${item.differences} ${JSON.stringify(item.request)}`),
    ).toEqual([]);
  });
});

function convertFiles(files: readonly SourceFile[]): Conversion {
  return convert(readEstate(files, { defaultNamespace: 'default' }), DEFAULT_OPTIONS);
}
