import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { report as github } from '../../src/report/github.ts';
import { REPORT_FORMATS, render } from '../../src/report/index.ts';
import { report as json, jsonReport, toJsonReport } from '../../src/report/json.ts';
import { report as markdown } from '../../src/report/markdown.ts';
import { hostileText } from '../hostile-text.ts';
import { at, entry, FULL, finding, ingressRef, input } from './report-input.ts';

describe('every format', () => {
  it.each(REPORT_FORMATS)('%s lets no control character of a name or value through', async (format) => {
    await fc.assert(
      fc.asyncProperty(hostileText, async (hostile) => {
        const web = { ...ingressRef(hostile), namespace: hostile, at: at(hostile, 1) };
        const bad = finding('a/b/c', { message: hostile, help: hostile, at: at(hostile, 1), ingress: web });
        const settings = [entry(web, hostile, 'unmapped', { finding: bad })];
        const all = input({ ingresses: [web], entries: settings, findings: [bad], lines: { 1: hostile } });
        const text = await render(
          format,
          { ...all, ledger: { ...all.ledger, ingresses: [{ ref: web, vendor: hostile, status: 'withheld', reason: hostile }] } },
          FULL,
        );
        expect(text).not.toMatch(/[^\n\P{Cc}]|[\u2028-\u202e\u2066-\u2069\ufeff]/u);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});

describe('github', () => {
  it('has one command for each finding, the gravest first', () => {
    const findings = [
      finding('n/o/te', { level: 'note' }),
      finding('w/a/rn', { at: at('a,b.yaml', 3, 4) }),
      finding('e/r/r', { level: 'error', help: 'Do it.' }),
    ];
    expect(github(input({ findings }))).toBe(
      '::error title=e/r/r::says e/r/r%0ADo it.\n::warning file=a%2Cb.yaml,line=3,col=4,title=w/a/rn::says w/a/rn\n::notice title=n/o/te::says n/o/te\n',
    );
  });

  it('stays one line, whatever it says', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (message, file) => {
        const text = github(input({ findings: [finding('a/b/c', { message: `::error::${message}`, at: at(file, 1) })] }));
        expect(text.split('\n')).toHaveLength(2);
        expect(text.match(/^::warning file=[^:,]*,line=1,col=1,title=a\/b\/c::/)).not.toBeNull();
      }),
      { seed: 8, numRuns: 300 },
    );
  });
});

describe('markdown', () => {
  it('takes nothing from a manifest for markup', () => {
    const hostile = '<script>alert(1)</script> [x](http://e) `code` | cell ![i](u) **b** # h ~~s~~ &lt;';
    const text = markdown(input({ ingresses: [ingressRef(hostile)], findings: [finding('a/b/c', { message: hostile, help: hostile })] }));
    expect(text).not.toContain('<script>');
    expect(text.replaceAll(/\\./g, '')).not.toMatch(/\]\(|~~|\*\*b|\[x/);
    const row = text.split('\n').find((line) => line.startsWith('| shop/'));
    expect(row?.replaceAll('\\|', '').split('|')).toHaveLength(7);
  });

  it('leaves a command as it can be copied', () => {
    const help = "kubectl get secret my_ca -n web -o jsonpath='{.data.x}{.status.addresses[0].value}' | base64 -d > ca.crt && rm a_b";
    expect(markdown(input({ findings: [finding('a/b/c', { help })] }))).toContain(help);
  });

  it.each(['- item', '+ item', '1. item', '12) item', '# head', '> quote', '=== x', '~~~'])('makes no block of %j', (message) => {
    const text = markdown(input({ findings: [finding('a/b/c', { message })] }));
    expect(text).not.toContain(`\n${message}`);
  });

  it('keeps one blank line between blocks and ends with one line end', () => {
    const text = markdown(
      input({ ingresses: [ingressRef('web')], findings: [finding('a/b/c'), finding('a/b/d', { level: 'note', at: at('f', 1) })] }),
    );
    expect(text).not.toMatch(/\n{3}/);
    expect(text).toMatch(/[^\n]\n$/);
  });
});

describe('json', () => {
  const web = ingressRef('web');
  const bad = finding('standard/x/no-field', { at: at('web.yaml', 5, 5), ingress: web, help: 'Do it.', security: true });
  const route = { kind: 'HTTPRoute', namespace: 'shop', name: 'web', field: 'spec.rules[0]' };
  const sample = input({
    ingresses: [web],
    entries: [entry(web, 'a', 'converted', { wrote: [route] }), entry(web, 'b', 'unmapped', { finding: bad })],
    findings: [bad, finding('x/y/z')],
  });

  it('keeps the contract', () => {
    expect(jsonReport.strict().parse(JSON.parse(json(sample)))).toEqual(toJsonReport(sample));
    expect(toJsonReport(sample).entries).toEqual([
      {
        ingress: 'shop/web',
        key: 'a',
        value: 'x',
        file: 'web.yaml',
        line: 5,
        column: 5,
        outcome: 'converted',
        code: 'converted',
        message: 'carried over',
        help: '',
        security: false,
        wrote: [route],
      },
      {
        ingress: 'shop/web',
        key: 'b',
        value: 'x',
        file: 'web.yaml',
        line: 5,
        column: 5,
        outcome: 'unmapped',
        code: 'standard/x/no-field',
        message: 'says standard/x/no-field',
        help: 'Do it.',
        security: true,
        wrote: [],
      },
    ]);
    expect(toJsonReport(sample).findings[0]).toEqual({
      code: 'standard/x/no-field',
      level: 'warning',
      message: 'says standard/x/no-field',
      file: 'web.yaml',
      line: 5,
      column: 5,
      help: 'Do it.',
      security: true,
      fingerprint: 'standardxnofield',
      baseline: null,
    });
  });

  it('brings every text back', () => {
    fc.assert(
      fc.property(hostileText, (value) => {
        const entries = [entry({ ...web, name: value }, value, 'converted')];
        expect(JSON.parse(json(input({ entries }))).entries[0]).toMatchObject({ key: value, ingress: `shop/${value}` });
      }),
      { seed: 9, numRuns: 200 },
    );
  });
});
