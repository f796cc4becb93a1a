import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import type { ReportInput } from '../../src/report/input.ts';
import { report } from '../../src/report/sarif.ts';
import { at, entry, finding, ingressRef, input } from './report-input.ts';

/** What SARIF 2.1.0 (§3) and GitHub's code scanning ask of the properties we write; everything we write is named. */
const text = { type: 'object', required: ['text'], properties: { text: { type: 'string', minLength: 1 }, markdown: { type: 'string' } } };
const level = { enum: ['none', 'note', 'warning', 'error'] };
const closed = (required: readonly string[], properties: object) => ({ type: 'object', required, properties, additionalProperties: false });
const SCHEMA = closed(['$schema', 'version', 'runs'], {
  $schema: { const: 'https://json.schemastore.org/sarif-2.1.0.json' },
  version: { const: '2.1.0' },
  runs: {
    type: 'array',
    minItems: 1,
    items: closed(['tool', 'results'], {
      automationDetails: closed(['id'], { id: { type: 'string' } }),
      columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
      tool: closed(['driver'], {
        driver: closed(['name', 'version', 'semanticVersion', 'rules'], {
          name: { const: 'gateshift' },
          version: { type: 'string' },
          semanticVersion: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+' },
          rules: {
            type: 'array',
            uniqueItems: true,
            items: closed(['id', 'name', 'shortDescription', 'fullDescription', 'help', 'defaultConfiguration', 'properties'], {
              id: { type: 'string' },
              name: { type: 'string', pattern: '^[A-Za-z0-9]+$' },
              shortDescription: text,
              fullDescription: text,
              help: text,
              helpUri: { type: 'string', pattern: '^https://' },
              defaultConfiguration: closed(['level'], { level }),
              properties: {
                type: 'object',
                required: ['tags', 'precision'],
                properties: {
                  tags: { type: 'array', uniqueItems: true, items: { type: 'string' } },
                  'security-severity': { type: 'string' },
                },
              },
            }),
          },
        }),
      }),
      invocations: {
        type: 'array',
        items: closed(['executionSuccessful', 'toolExecutionNotifications'], {
          executionSuccessful: { type: 'boolean' },
          toolExecutionNotifications: {
            type: 'array',
            items: closed(['descriptor', 'level', 'message'], {
              descriptor: closed(['id'], { id: { type: 'string' } }),
              level,
              message: text,
            }),
          },
        }),
      },
      results: {
        type: 'array',
        items: closed(['ruleId', 'ruleIndex', 'level', 'message', 'locations', 'partialFingerprints'], {
          ruleId: { type: 'string' },
          ruleIndex: { type: 'integer', minimum: 0 },
          level,
          message: text,
          locations: {
            type: 'array',
            minItems: 1,
            items: closed(['physicalLocation'], {
              physicalLocation: closed(['artifactLocation', 'region'], {
                artifactLocation: closed(['uri'], {
                  uri: { type: 'string', pattern: "^[A-Za-z0-9%._~:/@!$&'()*+,;=-]+$" },
                  uriBaseId: { type: 'string' },
                }),
                region: closed(['startLine', 'startColumn'], {
                  startLine: { type: 'integer', minimum: 1 },
                  startColumn: { type: 'integer', minimum: 1 },
                  snippet: { type: 'object', required: ['text'] },
                }),
              }),
              logicalLocations: { type: 'array', items: { type: 'object', required: ['name', 'fullyQualifiedName'] } },
            }),
          },
          partialFingerprints: { type: 'object', minProperties: 1, additionalProperties: { type: 'string' } },
          baselineState: { enum: ['new', 'unchanged'] },
          suppressions: {
            type: 'array',
            items: closed(['kind', 'status', 'justification'], {
              kind: { enum: ['inSource', 'external'] },
              status: { enum: ['accepted', 'underReview', 'rejected'] },
              justification: { type: 'string' },
            }),
          },
          properties: { type: 'object' },
        }),
      },
    }),
  },
});
const isSarif = new Ajv({ strict: false }).compile(SCHEMA);

const web = ingressRef('web');
const lost = finding('standard/body-size/no-field', { at: at('web.yaml', 5, 5), ingress: web, help: 'Do <it>.', message: 'is lost' });
const open = finding('plan/protection-lost', { level: 'error', security: true, at: at('k8s/a b#c.yaml', 2, 3), ingress: web });
const note = finding('plan/path-encoding', { level: 'note' });
const sample = input({
  ingresses: [web],
  entries: [entry(web, 'proxy-body-size', 'unmapped', { finding: lost })],
  findings: [note, lost, open],
  lines: { 5: '    proxy-body-size: 8m' },
});

const written = (more: Partial<ReportInput> = {}) => {
  const log = JSON.parse(report({ ...sample, ...more }));
  expect(isSarif(log), JSON.stringify(isSarif.errors)).toBe(true);
  const [{ tool, results, invocations }] = log.runs;
  for (const result of results) expect(tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
  return { rules: tool.driver.rules, results, invocation: invocations[0] };
};

describe('sarif', () => {
  it('has a rule for each code, and each result points at its own', () => {
    const { rules, results } = written();
    expect(rules.map(({ id }: { id: string }) => id)).toEqual([open.code, lost.code]);
    expect(results.map(({ ruleId, level: grave }: { ruleId: string; level: string }) => [ruleId, grave])).toEqual([
      [open.code, 'error'],
      [lost.code, 'warning'],
    ]);
    expect(rules[1]).toMatchObject({
      shortDescription: { text: 'Body size: no field' },
      help: { text: 'Do <it>.', markdown: '**What to do:** Do \\<it\\>.' },
    });
    expect(rules[0].properties).toMatchObject({ tags: expect.arrayContaining(['security']), 'security-severity': '8.0' });
    expect(rules[1].properties).not.toHaveProperty('security-severity');
  });

  it('takes title and manual page from the behaviour that owns the code', () => {
    const { rules } = written({
      behaviourOf: (code) => (code === lost.code ? { title: 'Body size', docs: 'https://example.com/x' } : null),
    });
    expect(rules[1]).toMatchObject({ shortDescription: { text: 'Body size: no field' }, helpUri: 'https://example.com/x' });
  });

  it('says what, where, and what to do', () => {
    const { results } = written();
    expect(results[1]).toMatchObject({
      message: { text: 'is lost\nDo <it>.' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'web.yaml', uriBaseId: '%SRCROOT%' },
            region: { startLine: 5, startColumn: 5, snippet: { text: '    proxy-body-size: 8m' } },
          },
          logicalLocations: [{ fullyQualifiedName: 'shop/web' }],
        },
      ],
      properties: { outcome: 'unmapped' },
    });
  });

  it('says of the whole run what stands nowhere, since a result without a place is refused', () => {
    const { invocation } = written();
    expect(invocation).toEqual({
      executionSuccessful: true,
      toolExecutionNotifications: [{ descriptor: { id: note.code }, level: 'note', message: { text: note.message } }],
    });
    const broken = { ...sample.ledger, findings: [finding('read/path-not-found', { level: 'error' })] };
    expect(written({ ledger: broken }).invocation.executionSuccessful).toBe(false);
  });

  it.each([
    ['k8s/a b#c.yaml', 'k8s/a%20b%23c.yaml'],
    ['./web.yaml', 'web.yaml'],
    ['<stdin>', '%3Cstdin%3E'],
    ['/srv/web.yaml', 'file:///srv/web.yaml'],
    ['C:/k8s/web.yaml', 'file:///C:/k8s/web.yaml'],
  ])('writes the file %j as the URI %s', (file, uri) => {
    const { results } = written({ ledger: { ...sample.ledger, findings: [finding('a/b/c', { at: at(file, 1) })] } });
    expect(results[0].locations[0].physicalLocation.artifactLocation.uri).toBe(uri);
  });

  it('numbers what has the same fingerprint, and keeps the numbers', () => {
    const twice = { ...sample.ledger, findings: [lost, { ...lost, at: at('web.yaml', 50, 5) }] };
    const prints = (ledger: ReportInput['ledger']) =>
      written({ ledger }).results.map(
        (result: { partialFingerprints: Record<string, string> }) => result.partialFingerprints['gateshift/v1'],
      );
    expect(new Set(prints(twice)).size).toBe(2);
    expect(prints({ ...twice, findings: twice.findings.toReversed() })).toEqual(prints(twice));
  });

  it('has what is accepted as suppressed, and what is known as unchanged', () => {
    const { results } = written({
      ledger: { ...sample.ledger, findings: [open, note] },
      waived: [{ finding: lost, reason: 'fine', until: '2026-12-31', by: 'annotation' }],
      baseline: {
        file: 'b.json',
        known: new Set([open]),
        counts: { known: 1, fresh: 0, gone: 1 },
        gone: [{ code: 'a/b/gone', ingress: 'shop/web', subject: 'x', fingerprint: '0123456789abcdef', count: 1 }],
      },
    });
    expect(results.map(({ ruleId, baselineState }: { ruleId: string; baselineState: string }) => [ruleId, baselineState])).toEqual([
      [open.code, 'unchanged'],
      [lost.code, 'new'],
    ]);
    expect(results[1].suppressions).toEqual([{ kind: 'inSource', status: 'accepted', justification: 'fine (until 2026-12-31)' }]);
    expect(results[0]).not.toHaveProperty('suppressions');
  });
});
