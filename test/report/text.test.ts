import { describe, expect, it } from 'vitest';
import { report } from '../../src/report/text.ts';
import { at, entry, FULL, finding, ingressRef, input, SHORT } from './report-input.ts';

const lines = (text: string) => text.split('\n');

describe('the terminal report', () => {
  it('shows the offending line with a caret under the place', () => {
    const text = report(
      input({
        findings: [finding('a/b/c', { at: at('web.yaml', 7, 5), ingress: ingressRef('web'), help: 'Do it.' })],
        lines: { 7: '    key: value' },
      }),
      SHORT,
    );
    expect(lines(text).slice(0, 5)).toEqual([
      'warning[a/b/c] says a/b/c',
      '  --> web.yaml:7:5  Ingress shop/web',
      '  7 |     key: value',
      '    |     ^',
      '  = Do it.',
    ]);
  });

  it('keeps the caret in place behind tabs and escapes, and cuts long lines around it', () => {
    const frame = (line: string, column: number) =>
      lines(report(input({ findings: [finding('a/b/c', { at: at('f', 1, column) })], lines: { 1: line } }), SHORT)).slice(2, 4);
    const pointedAt = ([source = '', caret = '']: readonly string[]) => source.slice(caret.indexOf('^')).slice(0, 3);
    expect(pointedAt(frame('\t\tkey', 3))).toBe('key');
    expect(pointedAt(frame('a\u001b[2Jkey', 6))).toBe('key');
    const long = frame(`${'-'.repeat(500)}key${'-'.repeat(500)}`, 501);
    expect(pointedAt(long)).toBe('key');
    expect(long[0]?.length).toBeLessThan(140);
  });

  it('groups one advice for several names, and tells apart what else it says', () => {
    const advice = (service: string, verb: string) =>
      finding('a/b/c', { message: `of ${service}`, args: { service }, help: `kubectl ${verb} service ${service.split('/')[1]} -n shop` });
    const found = [advice('shop/web', 'get'), advice('shop/blog', 'get'), advice('shop/api', 'patch')];
    const short = report(input({ findings: found }), SHORT);
    expect(short.match(/warning\[a\/b\/c\]/g)).toHaveLength(2);
    expect(short).toContain('+ 1 more like this');
    expect(report(input({ findings: found }), FULL).match(/warning\[a\/b\/c\]/g)).toHaveLength(3);
  });

  it('groups what says the same, with a count', () => {
    const same = Array.from({ length: 40 }, (_, index) => finding('a/b/c', { at: at('web.yaml', index + 1), args: { index } }));
    const text = report(input({ findings: same }), SHORT);
    expect(text.match(/warning\[a\/b\/c\]/g)).toHaveLength(1);
    expect(text).toContain('+ 39 more like this: web.yaml:2, web.yaml:3, web.yaml:4, …');
  });

  it('loses no sentence in full', () => {
    const findings = [1, 2, 3].map((line) => finding('a/b/c', { at: at('web.yaml', line), message: `sentence ${line}` }));
    const text = report(input({ findings }), FULL);
    for (const { message } of findings) expect(text).toContain(message);
    expect(report(input({ findings }), SHORT)).toContain('+ 2 more like this: web.yaml:2, web.yaml:3');
  });

  it('never folds errors that say different things', () => {
    const findings = ['one', 'two'].map((message) => finding('a/b/c', { level: 'error', message }));
    expect(report(input({ findings }), SHORT).match(/error\[a\/b\/c\]/g)).toHaveLength(2);
  });

  it('puts security errors first, then errors, warnings and notes, by position', () => {
    const findings = [
      finding('note/x/y', { level: 'note' }),
      finding('warning/x/y', { at: at('a.yaml', 9) }),
      finding('error/late/y', { level: 'error', at: at('b.yaml', 1) }),
      finding('error/early/y', { level: 'error', at: at('a.yaml', 2) }),
      finding('secure/x/y', { level: 'error', security: true, at: at('z.yaml', 99) }),
    ];
    const order = [...report(input({ findings }), FULL).matchAll(/^\w+\[(.+?)\]/gm)].map(([, code]) => code);
    expect(order).toEqual(['secure/x/y', 'error/early/y', 'error/late/y', 'warning/x/y', 'note/x/y']);
  });

  it('is short by default and says what it left out', () => {
    const ingresses = Array.from({ length: 40 }, (_, index) => ingressRef(`web-${index}`, index + 1));
    const findings = Array.from({ length: 30 }, (_, index) => finding(`a/b/${index}`));
    const short = report(input({ ingresses, findings: [...findings, finding('a/b/note', { level: 'note' })] }), SHORT);
    expect(short).toContain('… and 25 more Ingresses (-v shows all)');
    expect(short).toContain('… and 18 more findings of other kinds and 1 note (-v shows all)');
    const full = report(input({ ingresses, findings }), FULL);
    expect(full).not.toContain('more');
    expect(full.match(/✓ converted/g)).toHaveLength(40);
  });

  it('shows every setting in full: line, outcome, where it went or why not', () => {
    const web = ingressRef('web');
    const route = { kind: 'HTTPRoute', namespace: 'shop', name: 'web', field: 'spec.rules[0]' };
    const entries = [
      entry(web, 'host', 'converted', { wrote: [route, { ...route, field: 'spec.rules[1]' }] }),
      entry(web, 'limit', 'unmapped', { finding: finding('standard/limit/no-field') }),
    ];
    const text = report(input({ ingresses: [web], entries }), FULL);
    expect(lines(text).slice(1, 3)).toEqual([
      '    5  converted     host: x  → HTTPRoute shop/web',
      '    5  unmapped      limit: x  standard/limit/no-field',
    ]);
    expect(report(input({ ingresses: [web], entries }), SHORT)).toContain('web.yaml:1  1 unmapped\n');
  });

  it('has a summary that adds up', () => {
    const web = ingressRef('web');
    const entries = [
      entry(web, 'a', 'converted'),
      entry(web, 'b', 'converted'),
      entry(web, 'c', 'approximated'),
      entry(web, 'd', 'unmapped'),
      entry(web, 'e', 'inert'),
    ];
    const text = report(input({ ingresses: [web], entries }), SHORT);
    expect(lines(text).slice(-4, -1)).toEqual([
      '1 Ingress in 1 file: 1 converted',
      '2 BackendTLSPolicies, 1 Gateway, 3 HTTPRoutes for Gateway API 1.6 (standard), target standard',
      '2 of 5 settings carried over; 1 approximated; 0 manual; 1 unmapped; 1 without effect before; 0 lost',
    ]);
    expect(report({ ...input({ ingresses: [web], entries }), lost: 1 }, SHORT)).toContain('0 unmapped; 1 without effect before; 1 lost');
  });

  it('says errors only when that is asked for', () => {
    const findings = [finding('bad/x/y', { level: 'error' }), finding('odd/x/y')];
    expect(report(input({ ingresses: [ingressRef('web')], findings }), { ...SHORT, detail: 'errors' })).toBe(
      'error[bad/x/y] says bad/x/y\n',
    );
    expect(report(input({ findings: [finding('odd/x/y')] }), { ...SHORT, detail: 'errors' })).toBe('');
  });

  it('breaks sentences at the width of the terminal, and never a word', () => {
    const message = Array.from({ length: 60 }, (_, index) => `word${index}`).join(' ');
    const text = report(input({ findings: [finding('a/b/c', { message, help: message })] }), { ...SHORT, width: 60 });
    const own = lines(text).slice(0, lines(text).indexOf(''));
    expect(Math.max(...own.map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(
      own
        .join(' ')
        .split(/\s+/)
        .filter((word) => /^word\d+$/.test(word)),
    ).toHaveLength(120);
  });
});

describe('on a terminal of 80 columns', () => {
  it('no line is longer, whatever a report has to say of an Ingress', () => {
    const ref = ingressRef('web');
    const withheld = input({ ingresses: [ref], findings: [finding('a/b/c', { message: 'word '.repeat(40) })] });
    const report80 = report(
      {
        ...withheld,
        preface: 'word '.repeat(40).trim(),
        ledger: { ...withheld.ledger, ingresses: [{ ref, vendor: 'nginx', status: 'withheld', reason: 'reason '.repeat(30) }] },
      },
      { ...SHORT, width: 80 },
    );
    expect(lines(report80).filter((line) => line.length > 80)).toEqual([]);
    expect(report80).toContain('✗ withheld  shop/web  nginx, web.yaml:1  reason reason reason');
    expect(report80.match(/word/g)).toHaveLength(80);
  });
});
