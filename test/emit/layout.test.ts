import { posix } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layout, stream } from '../../src/emit/layout.ts';
import { hostileText } from '../hostile-text.ts';
import { planned, route } from './planned.ts';

describe('layout', () => {
  it('puts one object into a file, by role and namespace', () => {
    const objects = [
      planned({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'gateway-system' } }, { role: 'infrastructure' }),
      planned(route('web')),
      planned(route('web', {}, 'blog')),
    ];
    expect([...layout(objects).keys()]).toEqual([
      'infrastructure/namespace-gateway-system.yaml',
      'routes/blog/httproute-web.yaml',
      'routes/shop/httproute-web.yaml',
    ]);
  });

  it('never leaves the folder, needs no long name, and never writes two objects to one file', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(hostileText, fc.string({ unit: 'binary', maxLength: 300 })), { maxLength: 5 }), (names) => {
        const unique = new Map(names.map(([namespace, name]) => [JSON.stringify([namespace, name]), planned(route(name, {}, namespace))]));
        const files = layout([...unique.values()]);
        expect(files.size).toBe(unique.size);
        for (const path of files.keys()) {
          expect(posix.normalize(path)).toBe(path);
          expect(path).toMatch(/^routes\/[^/]+\/[^/]+\.yaml$/);
          for (const part of path.split('/')) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(255);
        }
      }),
      { seed: 6, numRuns: 300 },
    );
  });

  it('keeps names apart that only differ beyond the cut', () => {
    const long = 'a'.repeat(252);
    for (const path of layout([planned(route(`${long}1`))]).keys()) expect(path.length).toBeLessThan(255);
    expect(layout([planned(route(`${long}1`)), planned(route(`${long}2`))]).size).toBe(2);
  });
});

describe('stream', () => {
  it('separates documents', () => {
    const text = stream([planned(route('a')), planned(route('b'))]);
    expect(text.split(/^---$/m)).toHaveLength(2);
    expect(stream([])).toBe('');
  });
});
