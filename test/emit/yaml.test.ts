import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { toYaml } from '../../src/emit/yaml.ts';
import { hostileText } from '../hostile-text.ts';
import { ingressRef, planned, route } from './planned.ts';

/** Words and numbers that YAML 1.1 or 1.2 reads as something else than text. */
const TRICKY = [
  'yes', 'No', 'on', 'OFF', 'y', 'N', 'true', 'False', 'null', '~', '', '1:30', '1:30:15.5', '190:20:30', '2024-01-01', '2001-12-14t21:59:43.10-05:00',
  '0x1F', '0o17', '017', '0b11', '1_000', '1e3', '.5', '5.', '+1', '-0', '.inf', '-.Inf', '.NaN', '=', '<<', '- a', '? b', 'a: b', 'a #b', '#c', '&x', '*x',
  '!tag', '%dir', '@at', '`tick', '|', '>', '{a}', '[b]', '"q"', "'s'", ' lead', 'trail ', 'two\nlines\n', '\ttab', '---', '...', '--- a', 'a\n---\nb', 'é', '😀',
]; // biome-ignore format: one table

const annotationsOf = (text: string, version: '1.1' | '1.2') =>
  parse(text, { version, schema: version === '1.1' ? 'yaml-1.1' : 'core' }).metadata.annotations;

describe('toYaml', () => {
  it.each(['1.1', '1.2'] as const)('is read as meant by YAML %s', (version) => {
    const annotations = Object.fromEntries(
      TRICKY.flatMap((text, index) => [
        [`value-${index}`, text],
        [`k${text}`, 'key'],
        [text, 'key'],
      ]),
    );
    expect(annotationsOf(toYaml(planned(route('web', annotations))), version)).toEqual(annotations);
  });

  it('brings every text back, in both versions, whatever it is', () => {
    fc.assert(
      fc.property(fc.dictionary(hostileText, hostileText), (annotations) => {
        const text = toYaml(planned(route('web', annotations)));
        for (const version of ['1.1', '1.2'] as const) expect({ ...annotationsOf(text, version) }).toEqual({ ...annotations });
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  it('holds no character that a terminal obeys, that kubectl refuses, or that turns the text around it', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (value, note) => {
        const text = toYaml(planned(route('web', { a: value }), { notes: [note], origin: [ingressRef(note, note)] }));
        expect(text).not.toMatch(/[^\n\t\P{Cc}]|[\u2028-\u202e\u2066-\u2069\ufeff]/u);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it.each(['1e_3', '0X1F', '0B1', '0b-0', '0O7', '1_0.5_0', '_1_', '-0_1'])('quotes %s, which only kubectl takes for a number', (text) => {
    expect(toYaml(planned(route('web', { a: text, [text]: 'a' }))).split(`"${text}"`)).toHaveLength(3);
  });

  it.each([' \n', '\na', 'a\n\n', 'a\n \nb', '\t\n#'])(
    'keeps %j out of block scalars, whose indentation readers disagree about',
    (text) => {
      expect(toYaml(planned(route('web', { a: text })))).toMatch(/^ {4}a: "/m);
    },
  );

  it('uses no anchors and folds nothing', () => {
    const shared = { name: 'web', port: 80 };
    const long = Array.from({ length: 60 }, () => 'word').join(' ');
    const object = {
      ...route('web', { long }),
      spec: { parentRefs: [{ name: 'nginx' }], rules: [{ backendRefs: [shared] }, { backendRefs: [shared] }] },
    };
    const text = toYaml(planned(object));
    expect(text).not.toMatch(/[&*]\w/);
    expect(text).toContain(`long: ${long}\n`);
  });

  it('orders keys of the outer levels, whoever built the object', () => {
    const { metadata, ...rest } = route('web', { b: '2', a: '1' });
    const shuffled = { ...rest, metadata: Object.fromEntries(Object.entries(metadata).reverse()) };
    expect(toYaml({ ...planned(route('web')), object: shuffled as never })).toBe(toYaml(planned(route('web', { a: '1', b: '2' }))));
  });

  it('says where it came from, and no name can end the comment', () => {
    const text = toYaml(planned(route('web'), { origin: [ingressRef('web\nkind: Secret', 'a\r\nb.yaml', 12)], notes: ['two\nlines'] }));
    expect(text.split('\n').slice(0, 3)).toEqual([
      '# from a\\u000d\\u000ab.yaml:12 Ingress shop/web\\u000akind: Secret',
      '# two\\u000alines',
      'apiVersion: gateway.networking.k8s.io/v1',
    ]);
  });
});
