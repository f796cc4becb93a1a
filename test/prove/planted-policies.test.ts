import { describe, expect, it } from 'vitest';
import type { OutputObject } from '../../src/gateway/types.ts';
import { convertManifests } from '../../src/index.ts';
import { isObject, type Json } from '../../src/model/json.ts';
import { verify } from '../../src/prove/verify.ts';
import { RICH_ESTATE } from './rich-estate.ts';

const TARGETS = [
  'envoy-gateway',
  'traefik',
  'kgateway',
  'istio',
  'nginx-gateway-fabric',
  'aws-alb',
  'gke',
  'vpc-lattice',
  'cilium',
] as const;

/** Objects of which a change says nothing about requests: classes are anybody's to name, and copies of Services are the Services. */
const ASIDE = ['GatewayClass', 'Namespace', 'Service', 'Gateway', 'HTTPRoute', 'ReferenceGrant'];

type Path = readonly (string | number)[];

/** Where single values stand, lists of them item by item; not what an object is for or what kind of thing it names. */
function leaves(value: Json, at: Path = []): readonly Path[] {
  if (Array.isArray(value)) return value.flatMap((item: Json, index) => leaves(item, [...at, index]));
  if (isObject(value)) {
    return Object.entries(value)
      .filter(([key]) => !/^(?:type|kind|group|mode|action)$/.test(key))
      .flatMap(([key, held]) => leaves(held, [...at, key]));
  }
  return [at];
}

/** Without the value at the path, or with another. */
function changed(value: Json, [head, ...rest]: Path, how: 'removed' | 'changed'): Json {
  if (head === undefined) return typeof value === 'number' ? value + 7 : typeof value === 'boolean' ? !value : `${String(value)}x`;
  const isGone = how === 'removed' && rest.length === 0;
  if (Array.isArray(value)) {
    return value.flatMap((item: Json, index) => (index !== head ? [item] : isGone ? [] : [changed(item, rest, how)]));
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, held]) => (key !== head ? [[key, held]] : isGone ? [] : [[key, changed(held, rest, how)]])),
  );
}

function specOf(object: OutputObject): Json {
  return (JSON.parse(JSON.stringify(object)) as { spec?: Json }).spec ?? {};
}

const withSpec = (object: OutputObject, spec: Json) => ({ ...object, spec }) as unknown as OutputObject;

describe.each(TARGETS)('%s', (target) => {
  const conversion = convertManifests([{ file: 'in.yaml', text: RICH_ESTATE }], { target });
  const objects = conversion.plan.objects.map(({ object }) => object);
  const policies = objects.filter(({ kind }) => !ASIDE.includes(kind));
  const classes = (edited: readonly OutputObject[]) =>
    new Set(verify(conversion, edited).discrepancies.flatMap(({ explained, differences }) => (explained === null ? differences : [])));
  const instead = (object: OutputObject, other: OutputObject | null) =>
    objects.flatMap((each) => (each === object ? (other === null ? [] : [other]) : [each]));

  it('read back as it was written nothing is amiss', () => {
    expect(classes(structuredClone(objects))).toEqual(new Set());
  });

  it('misses no object of its own API that is gone', () => {
    expect(policies.length).toBeGreaterThan(0);
    const missed = policies.filter((object) => classes(instead(object, null)).size === 0);
    expect(missed.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([]);
  });

  it('and no value of one: each is removed or changed in turn', () => {
    // One for each place in a kind of object.
    const values = new Map(
      policies.flatMap((object) =>
        leaves(specOf(object)).map((path) => [
          `${object.kind} ${path.map((step) => (typeof step === 'number' ? 'N' : step)).join('.')}`,
          { object, path },
        ]),
      ),
    );
    const missed = [...values].flatMap(([name, { object, path }], index) => {
      const edited = changed(specOf(object), path, index % 2 === 0 ? 'removed' : 'changed');
      return classes(instead(object, withSpec(object, edited))).size === 0 ? [name] : [];
    });
    expect(missed).toEqual([]);
  });
});

describe('a change of a list of addresses has the class of what it does', () => {
  const conversion = convertManifests([{ file: 'in.yaml', text: RICH_ESTATE }], { target: 'traefik' });
  const objects = conversion.plan.objects.map(({ object }) => object);
  const withRanges = (edit: (ranges: readonly string[]) => readonly string[]) =>
    objects.map((object) => {
      const spec = specOf(object) as { ipAllowList?: { sourceRange: readonly string[] } };
      if (spec.ipAllowList === undefined || !spec.ipAllowList.sourceRange.includes('10.0.0.0/8')) return object;
      return withSpec(object, { ...spec, ipAllowList: { ...spec.ipAllowList, sourceRange: edit(spec.ipAllowList.sourceRange) } } as Json);
    });
  const found = (edited: readonly OutputObject[]) => [
    ...new Set(verify(conversion, edited).discrepancies.flatMap(({ explained, differences }) => (explained === null ? differences : []))),
  ];

  it('fewer are let in: narrower; others: the protection is another', () => {
    expect(found(withRanges((ranges) => ranges.slice(1)))).toEqual(['narrower']);
    expect(found(withRanges((ranges) => [...ranges, '172.16.0.0/12']))).toEqual(['protection']);
    expect(found(withRanges(() => []))).toEqual(['protection']);
  });

  it('what people add by hand is no loss', () => {
    const added = objects.map((object) =>
      object.kind === 'HTTPRoute'
        ? withSpec(object, {
            ...(specOf(object) as object),
            rules: (specOf(object) as { rules: readonly object[] }).rules.map((rule) => ({ ...rule, timeouts: { request: '30s' } })),
          } as Json)
        : object,
    );
    expect(found(added)).toEqual([]);
  });
});
