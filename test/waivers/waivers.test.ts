import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '../../src/ledger/ledger.ts';
import { problemsOf } from '../../src/ledger/problem.ts';
import { applyWaivers } from '../../src/waivers/apply.ts';
import { isCode, isDay, type Waiver, waiversOf } from '../../src/waivers/waiver.ts';
import { at, entry, finding, ingressRef, input } from '../report/report-input.ts';

const web = ingressRef('web');
const lost = finding('standard/body-size/no-field', { ingress: web, at: at('web.yaml', 5) });
const setting = entry(web, 'proxy-body-size', 'unmapped', { finding: lost });
const TODAY = '2026-01-15';

const waiver = (more: Partial<Waiver> = {}): Waiver => ({
  code: 'standard/body-size/no-field',
  ingress: null,
  setting: null,
  reason: 'why not',
  until: null,
  by: { kind: 'config', at: at('gateshift.yaml', 3) },
  ...more,
});

const ledgerOf = (entries: readonly LedgerEntry[]) =>
  input({ ingresses: [web], entries, findings: entries.flatMap(({ finding: each }) => each ?? []) }).ledger;

const first = (entries: readonly LedgerEntry[]) =>
  new Map(
    entries.flatMap((line) => (line.outcome === 'unmapped' && line.entry.ingress !== null ? [[line.entry.ingress, line] as const] : [])),
  );

const apply = (waivers: readonly Waiver[], entries: readonly LedgerEntry[] = [setting]) => {
  const { ledger, accepted } = applyWaivers(ledgerOf(entries), [], { fromConfig: waivers, today: TODAY, attention: first });
  return { outcomes: ledger.entries.map(({ outcome }) => outcome), codes: ledger.findings.map(({ code }) => code), accepted, ledger };
};

describe('a waiver', () => {
  it('ends a setting as waived, with the reason, and takes its finding out', () => {
    const { outcomes, codes, accepted, ledger } = apply([waiver({ until: '2026-02-01' })]);
    expect([outcomes, codes]).toEqual([['waived'], []]);
    expect(accepted).toMatchObject([{ finding: lost, waiver: { reason: 'why not' } }]);
    expect(ledger.entries[0]?.finding?.args).toMatchObject({ code: lost.code, reason: 'why not', until: '2026-02-01' });
    expect(problemsOf(ledger, [], [])).toEqual([]);
  });

  it.each([
    ['code', { code: 'standard/body-size/*' }, true],
    ['code', { code: 'standard/*' }, true],
    ['code', { code: 'standard/body/*' }, false],
    ['code', { code: 'standard/body-size/no-fiel' }, false],
    ['Ingress', { ingress: 'shop/web' }, true],
    ['Ingress', { ingress: 'shop/*' }, true],
    ['Ingress', { ingress: '*/w*b' }, true],
    ['Ingress', { ingress: 'sh*/web' }, true],
    ['Ingress', { ingress: 'shop/we' }, false],
    ['Ingress', { ingress: 'shop/w*bb' }, false],
    ['Ingress', { ingress: 'blog/*' }, false],
    ['setting', { setting: 'proxy-body-size' }, true],
    ['setting', { setting: 'proxy-body' }, false],
  ] as const)('fits by %s: %j → %s', (_, more, isFitting) => {
    expect(apply([waiver(more)]).outcomes).toEqual([isFitting ? 'waived' : 'unmapped']);
  });

  it('holds through its last day and not after, and is told then', () => {
    expect(apply([waiver({ until: TODAY })]).outcomes).toEqual(['waived']);
    expect(apply([waiver({ until: '2026-01-14' })])).toMatchObject({ outcomes: ['unmapped'], codes: [lost.code, 'waiver/expired'] });
  });

  it('that fits nothing is told where it stands, with what was probably meant', () => {
    const { ledger } = apply([waiver({ code: 'standard/body-size/no-feild' })]);
    expect(ledger.findings.find(({ code }) => code === 'waiver/unused')).toMatchObject({
      at: { file: 'gateshift.yaml', line: 3 },
      args: { meant: 'standard/body-size/no-field' },
    });
  });

  it('says nothing of what it left as it was', () => {
    expect(apply([waiver()], [entry(web, 'a', 'converted'), setting]).outcomes).toEqual(['converted', 'waived']);
    const inert = entry(web, 'b', 'inert', { finding: finding('standard/body-size/no-field') });
    expect(apply([waiver()], [inert])).toMatchObject({ outcomes: ['inert'] });
  });

  it('never accepts a bug or what a cluster refuses', () => {
    const bug = entry(web, 'a', 'unmapped', { finding: finding('ledger/unsettled', { level: 'error' }) });
    expect(apply([waiver({ code: 'ledger/unsettled' })], [bug])).toMatchObject({
      outcomes: ['unmapped'],
      codes: ['ledger/unsettled', 'waiver/bug'],
    });
    expect(apply([waiver({ code: 'ledger/*' })], [bug]).outcomes).toEqual(['unmapped']);
  });

  it('accepts that a route is withheld, and opens nothing', () => {
    const reason = finding('plan/withheld', { level: 'error', ingress: web });
    const routes = [{ ingress: web, host: 'a.example.com', path: '/', reason }];
    const ledger = input({ ingresses: [web], findings: [reason] }).ledger;
    const closed = { ...ledger, ingresses: [{ ref: web, vendor: 'nginx', status: 'withheld', reason: 'closed' }] } as const;
    const waived = applyWaivers(closed, routes, { fromConfig: [waiver({ code: 'plan/withheld' })], today: TODAY, attention: first });
    expect([waived.withheld, waived.ledger.findings, waived.ledger.ingresses[0]?.status]).toEqual([[], [], 'withheld']);
  });

  it('makes an Ingress converted when its last loss is accepted', () => {
    const other = entry(web, 'limit-rps', 'unmapped', { finding: finding('standard/rate-limit/no-field', { message: 'no limit' }) });
    const status = (entries: readonly LedgerEntry[]) => {
      const ledger = ledgerOf(entries);
      const partial = { ...ledger, ingresses: [{ ref: web, vendor: 'nginx', status: 'partial', reason: 'x' }] } as const;
      return applyWaivers(partial, [], { fromConfig: [waiver()], today: TODAY, attention: first }).ledger.ingresses[0];
    };
    expect(status([setting])).toMatchObject({ status: 'converted', reason: '' });
    expect(status([setting, other])).toMatchObject({ status: 'partial', reason: 'no limit' });
  });
});

describe('gateshift.dev/accept', () => {
  const annotation = (value: string) => {
    const line = entry(web, 'gateshift.dev/accept', 'inert');
    return { ...line, entry: { ...line.entry, value } };
  };
  const read = (value: string) => waiversOf(annotation(value).entry);

  it.each([
    ['a/b/c; because', { code: 'a/b/c', reason: 'because', until: null }],
    ['a/b/c; because; 2026-12-31', { code: 'a/b/c', reason: 'because', until: '2026-12-31' }],
    ['  a/b/* ;because ;until 2026-12-31 ', { code: 'a/b/*', reason: 'because', until: '2026-12-31' }],
    ['a/b/c; one; two; 2026-12-31', { reason: 'one; two', until: '2026-12-31' }],
    ['a/b/c; see #12', { reason: 'see #12', until: null }],
  ])('reads %j', (value, expected) => {
    expect(read(value)).toMatchObject([{ kind: 'waiver', waiver: { ...expected, ingress: 'shop/web' } }]);
  });

  it.each([
    ['a/b/c', /no reason/],
    ['a/b/c; ', /no reason/],
    ['a/b/c; 2026-12-31', /no reason/],
    ['a/b/c; x; 2026-02-30', /no day/],
    ['a/b/c; x; 2026', /no day/],
    ['everything; x', /no code/],
    ['*; x', /no code/],
  ])('refuses %j', (value, why) => {
    const [only] = read(value);
    expect(only?.kind === 'malformed' && only.why).toMatch(why);
  });

  it('takes one waiver a line', () => {
    expect(read('a/b/c; x\n\nd/e/f; y\n').map(({ kind }) => kind)).toEqual(['waiver', 'waiver']);
  });

  it('covers its own Ingress only', () => {
    const other = ingressRef('api');
    const same = entry(other, 'proxy-body-size', 'unmapped', { finding: { ...lost, ingress: other } });
    const { outcomes } = apply([], [annotation('standard/body-size/no-field; x'), setting, same]);
    expect(outcomes).toEqual(['inert', 'waived', 'unmapped']);
  });

  it('is told when it counts for nothing', () => {
    expect(apply([], [annotation('nonsense')]).codes).toEqual(['waiver/malformed']);
    expect(apply([], [annotation('a/b/c; x')]).codes).toEqual(['waiver/unused']);
  });
});

describe('words of waivers', () => {
  it('knows the days of the calendar', () => {
    const days = ['2026-02-28', '2024-02-29', '2000-02-29', '2026-12-31'];
    const none = ['2026-02-29', '1900-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '2026-1-1', 'soon', ''];
    expect([days.filter(isDay), none.filter(isDay)]).toEqual([days, []]);
  });

  it('knows codes and their beginnings', () => {
    expect(['a/b/c', 'a/b', 'a/*', 'plan/withheld', 'a-1/b'].every(isCode)).toBe(true);
    expect(['a', '*', 'a/b*', 'A/b', 'a//b', 'a/*/b', ''].some(isCode)).toBe(false);
  });
});
