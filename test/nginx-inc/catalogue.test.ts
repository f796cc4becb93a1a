import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { nginxInc } from '../../rules/nginx-inc/pack.ts';
import { ingress, routed, unsettled } from './routed.ts';

const CATALOGUE = join(import.meta.dirname, '../../../shared/catalogue/nginx.yaml');

const owners = new Map<string, number>();
for (const rule of nginxInc.rules)
  for (const { annotation } of Object.values(rule.reads)) owners.set(annotation, (owners.get(annotation) ?? 0) + 1);

describe("annotations of NGINX Inc.'s controller", () => {
  it('belong to one rule each, and rules have names of their own', () => {
    expect([...owners].filter(([, count]) => count > 1)).toEqual([]);
    expect(new Set(nginxInc.rules.map(({ id }) => id)).size).toBe(nginxInc.rules.length);
  });

  it.skipIf(!existsSync(CATALOGUE))('are those of the catalogue (skipped where ../shared/catalogue is absent)', () => {
    const { nginx_org: listed } = parse(readFileSync(CATALOGUE, 'utf8')) as { nginx_org: { annotations: { name: string }[] } };
    const names = listed.annotations.map(({ name }) => name);
    expect(names).toHaveLength(81);
    expect(names.filter((name) => !owners.has(name))).toEqual([]);
    expect([...owners.keys()].filter((name) => !names.includes(name))).toEqual([]);
  });

  it('and every field end in a statement, whatever the values and the role', () => {
    const value = fc.oneof(
      fc.constantFrom(
        'true',
        'false',
        '1',
        '30s',
        '1m',
        '8 4k',
        'web',
        'a/b',
        'web,api',
        '80',
        '10r/s',
        'X-A: b',
        '404',
        'off',
        '/x',
        '$host',
      ),
      fc.constantFrom(
        'serviceName=web rewrite=/',
        'serviceName=web id',
        'deny all;',
        'add_header A b;',
        'ip_hash',
        'exact',
        'merge',
        '',
        ' ',
      ),
      fc.string({ maxLength: 8 }),
    );
    const annotations = fc.dictionary(fc.constantFrom(...owners.keys()), value, { maxKeys: 8 });
    const role = fc.constantFrom('regular', 'master', 'minion');
    const shapes = fc.array(fc.tuple(role, annotations, fc.boolean(), fc.constantFrom('/', '/a', '/a/')), { minLength: 1, maxLength: 4 });
    const property = fc.property(shapes, (drawn) => {
      const documents = drawn.map(([kind, given, isTls, path], index) =>
        ingress(`i${index}`, {
          annotations: { ...given, ...(kind === 'regular' ? {} : { 'nginx.org/mergeable-ingress-type': kind }) },
          rules: { 'a.test': kind === 'master' ? null : [`${path} web`, '/b api'] },
          ...(isTls && kind !== 'minion' ? { tls: ['cert:a.test'] } : {}),
        }),
      );
      expect(unsettled(routed(...documents))).toEqual([]);
    });
    void fc.assert(property, { numRuns: 500, seed: 20 });
  });
});
