import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differencesIn } from '../../src/compare/comparison.ts';
import { jsonComparison, toJsonComparison } from '../../src/compare/json.ts';
import { comparisonMarkdown } from '../../src/compare/markdown.ts';
import { comparisonText } from '../../src/compare/text.ts';
import { compareTargets } from '../../src/comparison.ts';
import { convertManifests, reportOf } from '../../src/index.ts';
import { DEFAULT_OPTIONS } from '../../src/options.ts';
import { readEstate } from '../../src/read/estate.ts';
import type { Waiver } from '../../src/waivers/waiver.ts';
import { ingress } from '../cli/session.ts';

const TARGETS = ['standard', 'aws-alb', 'vpc-lattice'] as const;

const ALLOW = { 'whitelist-source-range': '10.0.0.0/8' };
const SNIPPET = { 'configuration-snippet': 'add_header X-Name value;' };
const AUTH = { 'auth-type': 'basic', 'auth-secret': 'users', 'proxy-read-timeout': '30' };

function compared(texts: readonly string[], targets: readonly string[] = TARGETS, waivers: readonly Waiver[] = []) {
  const estate = readEstate([{ file: 'in.yaml', text: texts.join('---\n') }], { defaultNamespace: 'default' });
  return compareTargets(estate, DEFAULT_OPTIONS, targets, { waivers, today: '2026-01-15' });
}

const rowOf = (texts: readonly string[], target: string) => compared(texts).comparison.targets.find(({ name }) => name === target);

describe('where an Ingress stands', () => {
  it('counts each Ingress once, as the worst of its settings ends', () => {
    const texts = [
      ingress('plain'),
      ingress('guarded', ALLOW),
      ingress('noted', SNIPPET),
      ingress('big', { 'proxy-body-size': '8m' }),
      ingress('slip', { 'rewrite-targt': '/' }),
      ingress('other').replace('nginx', 'kong'),
    ];
    expect(rowOf(texts, 'standard')?.ingresses).toEqual({ fully: 1, approximated: 1, manual: 1, losing: 1, withheld: 1, skipped: 1 });
    expect(rowOf(texts, 'aws-alb')?.ingresses).toMatchObject({ withheld: 0, skipped: 1 });
  });

  it('is the worst of one setting among many, whatever else carries over', () => {
    const row = rowOf([ingress('web', { ...ALLOW, 'proxy-body-size': '8m', 'enable-cors': 'true' })], 'standard');
    expect(row?.ingresses).toMatchObject({ withheld: 1, losing: 0, fully: 0 });
    expect(row?.withheldRoutes).toBe(1);
  });

  it('takes a loss that a waiver accepts for none, and a withheld route for withheld all the same', () => {
    const accept = (code: string): Waiver => ({
      code,
      ingress: null,
      setting: null,
      reason: 'known',
      until: null,
      by: { kind: 'config', at: { file: 'gateshift.yaml', line: 1, column: 1 } },
    });
    const waivers = ['standard/*', 'plan/withheld'].map(accept);
    const { comparison } = compared([ingress('big', { 'proxy-body-size': '8m' }), ingress('guarded', ALLOW)], ['standard'], waivers);
    expect(comparison.targets[0]?.ingresses).toMatchObject({ fully: 1, losing: 0, withheld: 1 });
  });

  it('does not count the name of the GatewayClass, which is a matter of the whole run', () => {
    expect(rowOf([ingress('web')], 'standard')?.settings).toMatchObject({ manual: 0 });
  });
});

describe('the settings that make the difference', () => {
  it('are those that end differently on one target than on another, with the codes that say why', () => {
    const { comparison } = compared([ingress('web', { ...ALLOW, 'enable-cors': 'true' })]);
    const [row, ...others] = differencesIn(comparison);
    expect(row?.name).toBe('nginx.ingress.kubernetes.io/whitelist-source-range');
    expect(row?.fates.get('standard')).toEqual(new Map([['withheld', 1]]));
    expect(row?.fates.get('aws-alb')?.has('withheld')).toBe(false);
    expect(row?.codes.get('standard')).toEqual(['standard/allow-list/no-field']);
    // What only went along with the route that is withheld says nothing about itself.
    expect(others.map(({ name }) => name)).not.toContain('nginx.ingress.kubernetes.io/enable-cors');
    const cors = comparison.rows.find(({ name }) => name.endsWith('enable-cors'));
    expect([cors?.differing, cors?.fates.get('standard')]).toEqual([0, new Map([['along', 1]])]);
  });

  it('are counted by how often they differ', () => {
    const { comparison } = compared([ingress('a', SNIPPET), ingress('b', SNIPPET), ingress('c', AUTH)]);
    const row = differencesIn(comparison).find(({ name }) => name.endsWith(' add_header'));
    expect(row).toMatchObject({
      name: 'nginx.ingress.kubernetes.io/configuration-snippet add_header',
      times: 2,
      differing: 2,
      ingresses: 2,
    });
  });

  it('are none with one target', () => {
    expect(differencesIn(compared([ingress('web', ALLOW)], ['standard']).comparison)).toEqual([]);
  });
});

describe('the order of the targets', () => {
  it('has first what leaves most Ingresses alone', () => {
    const { comparison } = compared([ingress('web', ALLOW), ingress('big', { 'proxy-body-size': '8m' })]);
    expect(comparison.targets.map(({ name }) => name)[0]).toBe('aws-alb');
  });
});

const SETTINGS = [ALLOW, SNIPPET, AUTH, { 'proxy-body-size': '8m' }, { affinity: 'cookie' }, { 'rewrite-target': '/' }, {}];

describe('the counts', () => {
  it('add up, agree with the report of each target, and do not depend on the order of the input', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...SETTINGS), { minLength: 1, maxLength: 5 }), (chosen) => {
        const texts = chosen.map((annotations, index) => ingress(`web-${index}`, annotations));
        const { comparison, bugs } = compared(texts);
        expect(bugs).toEqual([]);
        const sum = (counts: object) => Object.values(counts).reduce((total: number, count) => total + Number(count), 0);
        for (const { name, ingresses, settings, withheldRoutes } of comparison.targets) {
          expect([sum(ingresses), sum(settings)]).toEqual([comparison.ingresses.length, comparison.settings]);
          const report = reportOf(convertManifests([{ file: 'in.yaml', text: texts.join('---\n') }], { target: name }));
          expect(withheldRoutes).toBe(report.summary.withheld);
          expect(settings.lost + settings.withheld + settings.along).toBeGreaterThanOrEqual(report.summary.entries.unmapped);
          expect(ingresses.skipped).toBe(report.ingresses.filter(({ status }) => status === 'skipped').length);
        }
        const counts = (row: (typeof comparison.targets)[number]) => [row.name, row.ingresses, row.settings];
        expect(compared(texts.toReversed()).comparison.targets.map(counts)).toEqual(comparison.targets.map(counts));
      }),
      { seed: 7, numRuns: 12 },
    );
  });
});

describe('the formats', () => {
  const { comparison } = compared([ingress('guarded', ALLOW), ingress('other').replace('nginx', 'kong')]);
  const context = { tool: { name: 'gateshift', version: '0' }, gatewayApi: '1.6', channel: 'standard', paths: ['a b', "it's"] } as const;

  it('JSON keeps its contract', () => {
    const json = toJsonComparison(comparison, context);
    expect(jsonComparison.parse(json)).toEqual(json);
    expect(json.targets.map(({ name }) => name).toSorted()).toEqual(TARGETS.toSorted());
    expect(json.byIngress.map(({ name, on }) => [name, on['standard']])).toEqual([
      ['guarded', 'withheld'],
      ['other', 'skipped'],
    ]);
    const allow = json.bySetting.find(({ name }) => name.endsWith('whitelist-source-range'));
    expect(allow?.on['standard']).toMatchObject({ withheld: 1, kept: 0, codes: ['standard/allow-list/no-field'] });
  });

  it('the last line says how to go on, for a shell', () => {
    const text = comparisonText(comparison, { full: false, colorLevel: 0, width: null, paths: context.paths });
    expect(text.trimEnd().split('\n').at(-1)).toMatch(/^Next: gateshift check 'a b' 'it'\\''s' --target aws-alb /);
  });

  it('a table that is wider than the terminal stands in blocks, and no line is longer', () => {
    const text = comparisonText(comparison, { full: true, colorLevel: 0, width: 80, paths: ['in.yaml'] });
    const rows = text.split('\n').filter((line) => /^spec\./.test(line));
    const names = new Set(rows.map((line) => line.split(' ')[0]));
    expect(rows.length).toBeGreaterThan(names.size);
    for (const line of rows) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('every setting is listed when asked for, and only those that differ when not', () => {
    const lines = (full: boolean) => comparisonMarkdown(comparison, { full, paths: ['in.yaml'] });
    expect(lines(true)).toContain('`spec.rules.http.paths.path`');
    expect(lines(false)).not.toContain('`spec.rules.http.paths.path`');
    expect(lines(false)).toContain('`whitelist-source-range` | 1 |');
  });

  it('nothing of a name ends a cell or reaches a terminal raw', () => {
    const hostile = ingress('web').replace('  namespace', '  annotations: {"nginx.ingress.kubernetes.io/a|b`\\u001b[2J": x}\n  namespace');
    const estate = compared([hostile]).comparison;
    const text = comparisonText(estate, { full: true, colorLevel: 0, width: null, paths: ['in.yaml'] });
    expect(text).not.toContain('\u001b');
    const row = comparisonMarkdown(estate, { full: true, paths: ['in.yaml'] })
      .split('\n')
      .find((line) => line.includes('a\\|b'));
    expect(row?.replaceAll('\\|', '').split('|')).toHaveLength(TARGETS.length + 4);
  });
});
