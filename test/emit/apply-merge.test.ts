import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applied, withoutServerFields } from '../../src/emit/apply-merge.ts';
import type { JsonObject } from '../../src/model/json.ts';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

function route(spec: JsonObject, metadata: JsonObject = {}): JsonObject {
  return { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: 'web', namespace: 'shop', ...metadata }, spec };
}

function live(spec: JsonObject, last: JsonObject | null, metadata: JsonObject = {}): JsonObject {
  const annotations = last === null ? {} : { annotations: { [LAST_APPLIED]: JSON.stringify(last) } };
  const served = { uid: 'u', resourceVersion: '7', generation: 3, creationTimestamp: '2026-01-01T00:00:00Z', ...annotations, ...metadata };
  return { ...route(spec, served), status: { parents: [] } };
}

describe('what kubectl apply would change', () => {
  it('is nothing where the live object has only what the server added', () => {
    const wanted = route({ hostnames: ['a'] });
    const { before, after } = applied(live({ hostnames: ['a'], serverDefault: 1 }, wanted), wanted, null);
    expect(after).toEqual(before);
    expect(before).toEqual(route({ hostnames: ['a'], serverDefault: 1 }));
  });

  it('removes what an earlier manifest said, and nothing that somebody else wrote', () => {
    const there = live({ old: true, theirs: true }, route({ old: true }, { labels: { ours: 'x' } }), {
      labels: { ours: 'x', theirs: 'y' },
    });
    expect(applied(there, route({}), null).after).toEqual(route({ theirs: true }, { labels: { theirs: 'y' } }));
  });

  it('replaces lists whole, once the defaults of their items are known', () => {
    const there = live(
      {
        rules: [
          { port: 80, weight: 1 },
          { port: 81, weight: 1 },
        ],
      },
      null,
    );
    const complete = (object: JsonObject): JsonObject =>
      JSON.parse(JSON.stringify(object).replaceAll('{"port":80}', '{"port":80,"weight":1}'));
    expect(applied(there, route({ rules: [{ port: 80 }] }), complete).after).toEqual(route({ rules: [{ port: 80, weight: 1 }] }));
    const same = applied(live({ rules: [{ port: 80, weight: 1 }] }, null), route({ rules: [{ port: 80 }] }), null);
    expect(same.after).toEqual(same.before);
  });

  it('says nothing of a default status', () => {
    const complete = (object: JsonObject): JsonObject => ({ ...object, status: { conditions: [] } });
    expect(applied(live({}, null), route({}), complete).after).not.toHaveProperty('status');
  });

  it('changes nothing when the same manifest is applied again', () => {
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean());
    const { tree } = fc.letrec<{ tree: JsonObject }>((tie) => ({
      tree: fc.dictionary(
        fc.stringMatching(/^[a-z]{1,3}$/),
        fc.oneof({ maxDepth: 3 }, leaf, fc.array(leaf), tie('tree')),
      ) as fc.Arbitrary<JsonObject>,
    }));
    fc.assert(
      fc.property(tree, tree, (spec, added) => {
        const wanted = route(spec);
        const there = live({ ...added, ...spec }, wanted);
        const { before, after } = applied(there, wanted, null);
        expect(after).toEqual(before);
        expect(applied({ ...after }, wanted, null).after).toEqual(after);
      }),
      { seed: 11 },
    );
  });

  it('keeps annotations of others when it drops what the server keeps', () => {
    const there = live({}, route({}), { annotations: { [LAST_APPLIED]: '{}', mine: 'x' } });
    expect(withoutServerFields(there)).toEqual(route({}, { annotations: { mine: 'x' } }));
  });
});
