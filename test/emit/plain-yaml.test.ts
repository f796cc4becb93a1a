import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plainYaml } from '../../src/emit/plain-yaml.ts';
import { fullYaml } from '../../src/emit/yaml.ts';
import { hostileText } from '../hostile-text.ts';

const WORDS = [
  'yes',
  'No',
  'NULL',
  'y',
  'on',
  'true',
  '~',
  '1e3',
  '0x1F',
  '0123',
  '1_000',
  '12:30',
  '2024-01-01',
  '.5',
  '-',
  '=',
  '<<',
  '',
];
const text = fc.oneof(
  fc.constantFrom('web', '/', '/app-1', '*.example.com', '443', 'a.b/c', '10.0.0.0/8', 'https', 'a-', 'a.', '/x.', ...WORDS),
  fc.stringMatching(/^[\w./*-]{0,12}$/),
  hostileText,
);
const scalar = fc.oneof(text, fc.boolean(), fc.integer(), fc.double(), fc.constant(null), fc.constant(undefined));
const { value } = fc.letrec<{ value: unknown; map: object }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, scalar, fc.array(tie('value'), { maxLength: 3 }), tie('map')),
  map: fc.dictionary(fc.oneof({ weight: 9, arbitrary: fc.stringMatching(/^[a-z]{1,6}$/) }, { weight: 1, arbitrary: text }), tie('value'), {
    maxKeys: 4,
  }),
}));

it('writes what the library writes, or nothing', () => {
  let written = 0;
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-zA-Z]{1,6}$/), value, { maxKeys: 4 }), (map) => {
      const plain = plainYaml(map);
      if (plain === null) return;
      written += 1;
      expect(plain).toBe(fullYaml(map));
    }),
    { numRuns: 5000, seed: 7 },
  );
  expect(written).toBeGreaterThan(500);
});

it('writes a route', () => {
  const route = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    spec: {
      hostnames: ['*.example.com'],
      rules: [{ matches: [{ path: { type: 'Exact', value: '/a' } }], backendRefs: [{ name: 'a', port: 80 }] }],
    },
  };
  expect(plainYaml(route)).toBe(fullYaml(route));
});
