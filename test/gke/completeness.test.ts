import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { backendConfigRules } from '../../rules/gke/backend-config/backend-config.ts';
import { FRONTEND_CONFIG_FIELDS } from '../../rules/gke/frontend-config.ts';
import { gke } from '../../rules/gke/pack.ts';

const FILE = join(import.meta.dirname, '../../../shared/catalogue/gke.yaml');

interface Named {
  readonly name: string;
}

interface Field {
  readonly field: string;
}

interface Catalogue {
  readonly annotations: readonly Named[];
  readonly l4_service_annotations: { readonly input: readonly string[] };
  readonly backend_config: { readonly fields: readonly Field[] };
  readonly frontend_config: { readonly fields: readonly Field[] };
  readonly multi_cluster: { readonly kinds: readonly { readonly annotations: readonly Named[] }[] };
}

const reads = gke.rules.flatMap((rule) => Object.values(rule.reads).map(({ annotation }) => annotation));
const fields = backendConfigRules.flatMap((rule) => rule.fields);

describe('the GKE pack', () => {
  it.skipIf(!existsSync(FILE))('knows every annotation and every field (skipped where ../shared/catalogue is absent)', () => {
    const catalogue = parse(readFileSync(FILE, 'utf8')) as Catalogue;
    const names = [
      ...catalogue.annotations.map(({ name }) => name),
      ...catalogue.l4_service_annotations.input,
      ...catalogue.multi_cluster.kinds.flatMap((kind) => kind.annotations.map(({ name }) => name)),
    ];
    expect([...new Set(names)].filter((name) => !reads.includes(name))).toEqual([]);
    expect(reads.filter((name) => !names.includes(name))).toEqual([]);
    expect(catalogue.backend_config.fields.map(({ field }) => field).sort()).toEqual([...fields].sort());
    expect(catalogue.frontend_config.fields.map(({ field }) => field).sort()).toEqual([...FRONTEND_CONFIG_FIELDS].sort());
  });

  it('reads each annotation and each field in one place', () => {
    expect(new Set(reads).size).toBe(reads.length);
    expect(new Set(fields).size).toBe(fields.length);
    const ids = [...gke.rules, ...backendConfigRules].map(({ id }) => id);
    expect(gke.rules.map(({ id }) => id).filter((id, index, all) => all.indexOf(id) !== index)).toEqual([]);
    expect(ids.every((id) => id.startsWith('gke/'))).toBe(true);
  });
});
