import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Json, member } from '../../src/model/json.ts';
import { TARGET_CHOICES, targets } from '../../src/targets/index.ts';
import { compareVersions, GATEWAY_API, MATCHES } from '../../src/targets/versions.ts';
import { CRDS_PRESENT, publishedCrds } from '../check/published-crds.ts';

const versioned = targets.flatMap(({ name, versions }) => (versions === undefined ? [] : [{ name, versions }]));

it('are those of the documentation', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/configuration.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z-]+)`\s*\| (\d[^|]*?)\s*\|$/gm)].map(([, name, known]) => [name, known]);
  const wanted = versioned.map(({ name, versions }) => [
    name,
    versions.known.map(({ version, gatewayApi }) => `${version} (${gatewayApi})`).join(', '),
  ]);
  expect(rows).toEqual(wanted);
});

/** Of the schemas beside the repository, where they are older than the newest version. */
const PUBLISHED: ReadonlyMap<string, string> = new Map([['kgateway', '2.3']]);

describe.each(versioned)('the versions of $name', ({ name, versions }) => {
  const known = versions.known.map(({ version }) => version);

  it('are the current one and two before it at least, newest first, and nothing is newer', () => {
    expect(known.length).toBeGreaterThanOrEqual(3);
    expect(known).toEqual(known.toSorted(compareVersions).toReversed());
    expect(TARGET_CHOICES).toContain(`${name}@${known[1]}`);
    for (const since of Object.keys(versions.since)) expect(known.slice(0, -1)).toContain(since);
  });

  it.skipIf(!CRDS_PRESENT)('name fields that there are (skipped without the CRDs)', () => {
    const crds = publishedCrds({ version: '1.6', channel: 'experimental' }, name);
    const published = PUBLISHED.get(name) ?? known[0] ?? '';
    const there = Object.entries(versions.since).filter(([since]) => compareVersions(since, published) <= 0);
    const wrong = there.flatMap(([, additions]) =>
      Object.entries(additions).flatMap(([kind, fields]) => {
        const found = kind === GATEWAY_API || kind === MATCHES ? null : crds.crds.filter((crd) => crd.kind === kind.toLowerCase());
        if (found === null) return [];
        const specs = found.flatMap(({ versions: served }) => served.map(({ schema }) => member(member(schema, 'properties'), 'spec')));
        return fields.filter((field) => field !== '*' && !specs.some((spec) => hasField(spec, field))).map((field) => `${kind} ${field}`);
      }),
    );
    expect(wrong).toEqual([]);
  });
});

/** Whether a schema has the field; `=value` has to be among its values. */
function hasField(schema: Json | undefined, field: string): boolean {
  const [path = '', value] = field.split('=');
  let at = schema;
  for (const part of path.split('.')) {
    at = member(member(at, 'properties'), part.replace('[]', ''));
    if (part.endsWith('[]')) at = member(at, 'items');
  }
  const values = member(at, 'enum');
  return at !== undefined && (value === undefined || (Array.isArray(values) && values.includes(value)));
}
