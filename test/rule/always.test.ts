import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packs } from '../../rules/index.ts';
import { DEFAULT_OPTIONS } from '../../src/options.ts';
import { readEstate } from '../../src/read/estate.ts';
import { readAll } from '../../src/rule/read-all.ts';

const names = readdirSync('fixtures', { recursive: true, encoding: 'utf8' }).filter((name) => /\bin[^/]*\.yaml$/.test(name));
const files = names.map((name) => join('fixtures', name)).map((file) => ({ file, text: readFileSync(file, 'utf8') }));
const ingresses = files.flatMap((file) => {
  const estate = readEstate([file], { defaultNamespace: 'default' });
  return estate.ingresses.map((ingress) => ({ ingress, estate }));
});

describe('a rule that is not asked always', () => {
  it.each(packs.flatMap(({ rules }) => rules).filter((rule) => rule.always !== true && Object.keys(rule.reads).length > 0))(
    '$id has nothing to say of an Ingress without its annotations',
    (rule) => {
      for (const { ingress, estate } of ingresses) {
        const said = rule.convert({ ingress, estate, options: DEFAULT_OPTIONS, read: readAll(rule, new Map()) });
        expect(said.refused ?? null).toBeNull();
        for (const part of [said.intents, said.hostIntents, said.settled, said.findings, said.routed, said.divided])
          expect(part ?? []).toEqual([]);
        // What packs whose rules hand on their values take the absence of a setting for.
        const nothing = rule.id.startsWith('nginx-inc/') ? readAll(rule, new Map()) : rule.id.startsWith('alb/') ? [] : null;
        expect([nothing, null]).toContainEqual(said.setting ?? null);
      }
    },
  );
});
