import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IngressStatus } from '../../src/ledger/ledger.ts';
import { atOrAbove, problemsOf } from '../../src/ledger/problem.ts';
import { report as csv } from '../../src/report/csv.ts';
import { report as junit } from '../../src/report/junit.ts';
import { hostileText } from '../hostile-text.ts';
import { at, entry, finding, ingressRef, input } from './report-input.ts';

describe('junit', () => {
  const [web, api] = [ingressRef('web'), ingressRef('api')];
  const blog = { ...ingressRef('blog'), namespace: 'blog' };
  const lost = finding('standard/body-size/no-field', {
    at: at('web.yaml', 5, 5),
    ingress: web,
    message: 'is "lost" & gone',
    help: 'Do <it>.',
  });
  const entries = [
    entry(web, 'a', 'unmapped', { finding: lost }),
    entry(api, 'b', 'approximated', { finding: finding('x/y/z', { ingress: api }) }),
  ];
  const sample = input({ ingresses: [blog, api, web], entries, findings: [lost] });
  const fails = (level: 'unmapped' | 'approximated') => ({ ...sample, failing: atOrAbove(problemsOf(sample.ledger, [], []), level) });

  it('has a suite for each namespace, a case for each Ingress, and fails what makes the run fail', () => {
    expect(junit(fails('unmapped'))).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="gateshift" tests="3" failures="1">
  <testsuite name="blog" tests="1" failures="0" errors="0" skipped="0" time="0">
    <testcase classname="blog" name="blog" file="web.yaml" line="1" time="0"/>
  </testsuite>
  <testsuite name="shop" tests="2" failures="1" errors="0" skipped="0" time="0">
    <testcase classname="shop" name="api" file="web.yaml" line="1" time="0"/>
    <testcase classname="shop" name="web" file="web.yaml" line="1" time="0">
      <failure type="standard/body-size/no-field" message="is &quot;lost&quot; &amp; gone">web.yaml:5:5: warning[standard/body-size/no-field] is &quot;lost&quot; &amp; gone
  Do &lt;it&gt;.</failure>
    </testcase>
  </testsuite>
</testsuites>
`);
    expect(junit(fails('approximated'))).toContain('tests="3" failures="2"');
    expect(junit(sample)).toContain('failures="0"');
  });

  it('skips what was not converted, and has a case for broken input', () => {
    const skipped: IngressStatus = { ref: web, vendor: 'traefik', status: 'skipped', reason: 'nobody knows it' };
    const broken = finding('read/yaml', { level: 'error', at: at('b.yaml', 3) });
    const text = junit({ ...sample, ledger: { entries: [], ingresses: [skipped], findings: [broken] } });
    expect(text).toContain('<skipped message="nobody knows it"/>');
    expect(text).toContain('<testcase classname="input" name="b.yaml:3 read/yaml" time="0">');
  });

  it('is well-formed whatever the names', () => {
    fc.assert(
      fc.property(hostileText, (hostile) => {
        const bad = { ...ingressRef(hostile), namespace: hostile };
        const settings = [entry(bad, hostile, 'unmapped', { finding: finding('a/b/c', { message: hostile, ingress: bad }) })];
        const { ledger, ...rest } = input({ ingresses: [bad], entries: settings });
        expect(problemOf(junit({ ...rest, ledger, failing: problemsOf(ledger, [], []) }))).toBeNull();
      }),
      { seed: 21, numRuns: 200 },
    );
  });
});

/** Of a small part of XML: elements, attributes, character data; null when it is well-formed. */
function problemOf(text: string): string | null {
  const open: string[] = [];
  const rest = text
    .replace(/^<\?xml[^?]*\?>\n/, '')
    .replaceAll(
      /<(\/?)([a-z]+)((?: [a-z]+="(?:[^<&"]|&(?:amp|lt|gt|quot|#39);)*")*)(\/?)>/g,
      (_, close: string, name: string, __, empty: string) => {
        if (close === '/' && open.pop() !== name) open.push(`</${name}`);
        if (close === '' && empty === '') open.push(name);
        return '';
      },
    );
  if (open.length > 0) return `open: ${open.join()}`;
  return /<|&(?!(?:amp|lt|gt|quot|#39);)|[^\P{Cc}\n]|[\ufffe\uffff]/u.exec(rest)?.[0] ?? null;
}

describe('csv', () => {
  const web = ingressRef('web');

  it('has a row for each setting and each finding that stands alone', () => {
    const lost = finding('a/b/c', { message: 'says, "so"', ingress: web });
    const route = { kind: 'HTTPRoute', namespace: 'shop', name: 'web', field: 'spec.rules[0]' };
    const entries = [entry(web, 'a', 'converted', { wrote: [route] }), entry(web, 'b', 'unmapped', { finding: lost })];
    expect(csv(input({ ingresses: [web], entries, findings: [lost, finding('x/y/z', { level: 'note' })] }))).toBe(
      `namespace,ingress,file,line,column,setting,value,outcome,code,level,security,message,help,wrote
shop,web,web.yaml,5,5,a,x,converted,converted,,false,,,HTTPRoute shop/web spec.rules[0]
shop,web,web.yaml,5,5,b,x,unmapped,a/b/c,warning,false,"says, ""so""",,
,,,,,,,,x/y/z,note,false,says x/y/z,,
`,
    );
  });

  it.each(['=cmd()', '+1', '-1', '@x'])('makes no formula of %j', (value) => {
    const line = entry(web, 'a', 'converted');
    const text = csv(input({ entries: [{ ...line, entry: { ...line.entry, value } }] }));
    expect(text).toContain(`,'${value},`);
  });

  it('keeps its columns whatever the names', () => {
    fc.assert(
      fc.property(hostileText, (value) => {
        const line = entry(web, 'a', 'converted');
        const [, row = '', ...more] = csv(input({ entries: [{ ...line, entry: { ...line.entry, value } }] })).split('\n');
        expect(more).toEqual(['']);
        expect(
          row.match(/(?:"(?:[^"]|"")*"|[^",]*)(?:,|$)/g)?.filter((_, index, all) => index < all.length - 1 || all.length === 14),
        ).toHaveLength(14);
      }),
      { seed: 22, numRuns: 200 },
    );
  });
});
