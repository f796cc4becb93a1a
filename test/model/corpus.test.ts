import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Estate } from '../../src/model/estate.ts';
import type { Ingress } from '../../src/model/ingress.ts';
import { strayEntries } from '../../src/model/stray.ts';
import { readEstate } from '../../src/read/estate.ts';
import { sourceLines } from '../../src/read/lines.ts';
import { readSources, type Sources } from '../../src/read/sources.ts';

const CORPUS = join(import.meta.dirname, '../../../shared/corpus');
const present = existsSync(CORPUS);

interface Row {
  readonly file: string;
  readonly vendor: string;
  readonly ingresses: number;
  readonly annotations: readonly string[];
}

function index(): readonly Row[] {
  const [header = '', ...lines] = readFileSync(join(CORPUS, 'INDEX.tsv'), 'utf8').trimEnd().split('\n');
  const columns = header.split('\t');
  return lines.map((line) => {
    const cell = (name: string): string => line.split('\t')[columns.indexOf(name)] ?? '';
    const annotations = cell('annotations')
      .split(',')
      .filter((name) => name !== '');
    return { file: cell('file'), vendor: cell('vendor'), ingresses: Number(cell('ingresses')), annotations };
  });
}

describe.skipIf(!present)(`the corpus of public manifests${present ? '' : ' (skipped: ../shared/corpus is not there)'}`, () => {
  let sources: Sources;
  let estate: Estate;
  const byFile = new Map<string, Ingress[]>();

  beforeAll(async () => {
    sources = await readSources([CORPUS], { stdin: async () => new Uint8Array() });
    estate = readEstate(sources.files, { defaultNamespace: 'default' });
    for (const ingress of estate.ingresses) byFile.set(ingress.ref.at.file, [...(byFile.get(ingress.ref.at.file) ?? []), ingress]);
  });

  it('is read whole', () => {
    expect(sources.problems).toEqual([]);
    expect(sources.files.length).toBe(index().length);
  });

  it('has the Ingresses of its index, file by file', () => {
    const foreign = new Set(estate.foreign.map(({ at }) => at.file));
    const wrong = index().filter(({ file, ingresses }) => {
      const path = join(CORPUS, file);
      return (byFile.get(path)?.length ?? 0) !== (foreign.has(path) ? 0 : ingresses);
    });
    expect(wrong).toEqual([]);
    expect(estate.ingresses.length + estate.foreign.length).toBe(index().reduce((total, row) => total + row.ingresses, 0));
  });

  it('has every annotation of its index as an entry', () => {
    const missing = index().flatMap(({ file, vendor, annotations }) => {
      const names = new Set((byFile.get(join(CORPUS, file)) ?? []).flatMap((ingress) => ingress.annotations.map(({ name }) => name)));
      return vendor === 'foreign' ? [] : annotations.filter((name) => !names.has(name)).map((name) => `${file} ${name}`);
    });
    expect(missing).toEqual([]);
  });

  it('points at the line on which each setting stands', () => {
    const lineOf = sourceLines(sources.files);
    const wrong = estate.ingresses.flatMap((ingress) =>
      [...ingress.annotations, ...ingress.spec].filter(({ name, value, at, kind }) => {
        const line = lineOf(at.file, at.line)?.slice(at.column - 1) ?? '';
        const key = kind === 'annotation' ? name : (/([\w-]+)$/.exec(name)?.[1] ?? value);
        return !line.replace(/^["']/, '').startsWith(name.endsWith(']') ? '' : key);
      }),
    );
    expect(wrong.map(({ name, at }) => `${name} ${at.file}:${at.line}`)).toEqual([]);
  });

  it('has few leaves that no part of the model names', () => {
    const names = estate.ingresses.flatMap(strayEntries).map(({ name }) => name.replaceAll(/\[\d+\]/g, ''));
    const property = 'spec.rules.http.paths.property["ingress.beta.kubernetes.io/url-match-mode"]';
    expect(new Set(names)).toEqual(new Set(['spec.secretName', 'spec.rules.http.paths.backend', property]));
  });
});
