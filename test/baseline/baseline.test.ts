import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baselineOf, compareWith, knownFindings } from '../../src/baseline/baseline.ts';
import { baselineText, readBaseline } from '../../src/baseline/file.ts';
import { fingerprints, type Problem, problemsOf } from '../../src/ledger/problem.ts';
import { hostileText } from '../hostile-text.ts';
import { at, entry, finding, ingressRef, input } from '../report/report-input.ts';

const problem = (name: string, code = 'a/b/c'): Problem => {
  const web = ingressRef('web');
  const settings = [entry(web, name, 'unmapped', { finding: finding(code, { ingress: web }) })];
  const [only] = problemsOf(input({ ingresses: [web], entries: settings }).ledger, [], []);
  if (only === undefined) throw new Error('an unmapped setting is a problem');
  return only;
};

const names = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 8 });

describe('a baseline', () => {
  it('knows everything it was made of, and nothing else', () => {
    fc.assert(
      fc.property(names, names, (before, after) => {
        const { known, fresh, gone } = compareWith(
          baselineOf(before.map((name) => problem(name))),
          after.map((name) => problem(name)),
        );
        const count = (list: readonly string[], name: string) => list.filter((each) => each === name).length;
        for (const name of ['a', 'b', 'c', 'd']) {
          const [was, is] = [count(before, name), count(after, name)];
          expect(known.filter(({ subject }) => subject === name)).toHaveLength(Math.min(was, is));
          expect(fresh.filter(({ subject }) => subject === name)).toHaveLength(Math.max(0, is - was));
          expect(gone.find(({ subject }) => subject === name)?.count ?? 0).toBe(Math.max(0, was - is));
        }
      }),
      { seed: 3 },
    );
  });

  it('is the same text whatever the order', () => {
    fc.assert(
      fc.property(names, (list) => {
        const text = (each: readonly string[]) => baselineText(baselineOf(each.map((name) => problem(name))));
        expect(text(list.toReversed())).toBe(text(list));
      }),
      { seed: 4 },
    );
  });

  it('comes back from its file, whatever the names in it', () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        const baseline = baselineOf([problem(name)]);
        expect(readBaseline(baselineText(baseline))).toEqual({ kind: 'read', baseline });
      }),
      { seed: 5 },
    );
    expect(readBaseline(baselineText([]))).toEqual({ kind: 'read', baseline: [] });
  });

  it.each([
    ['no JSON', 'kind: Ingress', /JSON/],
    ['another JSON', '{"schemaVersion":1}', /gateshiftBaseline/],
    ['a version to come', '{"gateshiftBaseline":2,"findings":[]}', /gateshiftBaseline/],
    [
      'an entry without a fingerprint',
      '{"gateshiftBaseline":1,"findings":[{"ingress":"a/b","code":"c","subject":"","count":1}]}',
      /findings\.0/,
    ],
  ])('refuses %s', (_, text, reason) => {
    const read = readBaseline(text);
    expect(read.kind === 'malformed' && read.reason).toMatch(reason);
  });

  it('never knows a bug', () => {
    const bug = problem('a', 'ledger/unsettled');
    expect(baselineOf([bug])).toEqual([]);
    expect(compareWith([{ code: 'x', ingress: '', subject: '', fingerprint: bug.fingerprint, count: 9 }], [bug]).fresh).toEqual([bug]);
  });

  it('leaves a finding in the reports while one of its problems is new', () => {
    const shared = finding('a/b/c');
    const [one, other] = [
      { ...problem('a'), finding: shared },
      { ...problem('b'), finding: shared },
    ];
    expect(knownFindings(compareWith(baselineOf([one, other]), [one, other]))).toEqual(new Set([shared]));
    expect(knownFindings(compareWith(baselineOf([one]), [one, other]))).toEqual(new Set());
  });
});

describe('the fingerprint of a problem', () => {
  const web = ingressRef('web');
  const of = (name: string, more: { line?: number; value?: string; file?: string; code?: string } = {}) => {
    const line = entry({ ...web, at: at(more.file ?? 'web.yaml', more.line ?? 1) }, name, 'unmapped', {
      finding: finding(more.code ?? 'a/b/c'),
    });
    const moved = { ...line, entry: { ...line.entry, value: more.value ?? 'x' } };
    return problemsOf(input({ entries: [moved] }).ledger, [], [])[0]?.fingerprint;
  };

  it('is the same after a move to another line, file or place in a list', () => {
    expect(of('a', { line: 40, file: 'b.yaml' })).toBe(of('a'));
    expect(of('spec.rules[0].http.paths[1].path')).toBe(of('spec.rules[2].http.paths[0].path'));
  });

  it('is another for another setting, value or code', () => {
    expect(new Set([of('a'), of('b'), of('a', { value: 'y' }), of('a', { code: 'a/b/d' })]).size).toBe(4);
  });

  it('of a finding about no setting ignores places in its arguments', () => {
    const told = (where: string) => fingerprints(input({}).ledger)(finding('a/b/c', { args: { where } }));
    expect(told('web.yaml:12')).toBe(told('web.yaml:99:4'));
    expect(told('web.yaml:12')).not.toBe(told('api.yaml:12'));
  });
});
