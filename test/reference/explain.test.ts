import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { packs } from '../../rules/index.ts';
import { loadFindings } from '../../src/cli/commands/explain.ts';
import { definedFindings } from '../../src/ledger/finding.ts';
import { findingText } from '../../src/reference/finding-text.ts';
import { gateshift } from '../cli/session.ts';

const ROOT = join(import.meta.dirname, '../..');

describe('gateshift explain', () => {
  test.each([
    [
      'nginx.org/hsts',
      [
        'nginx.org/hsts\n  Strict-Transport-Security (rule nginx-inc/hsts)',
        'becomes  hsts',
        'on standard: converted',
        'nginx-inc/hsts/no-tls',
      ],
    ],
    ['hsts', ['nginx.org/hsts\n', 'rule nginx-inc/hsts']],
    ['rewrite-target', ['nginx.ingress.kubernetes.io/rewrite-target\n', 'nginx.org/rewrite-target\n', 'vendor   nginx-inc']],
    ['alb.ingress.kubernetes.io/actions.shop', ['alb.ingress.kubernetes.io/actions.*', 'rule alb/actions']],
    ['cert-manager.io/cluster-issuer', ['rule tool/cert-manager-issuer', 'any: read by a tool', 'becomes  an annotation of the Gateway']],
    ['argocd.argoproj.io/sync-wave', ['argocd.argoproj.io/*\n', 'rule tool/argo-cd']],
    ['plan/withheld', ['error[plan/withheld]', '<host><path> was not written', 'Ignoring it can open something', 'Traffic may differ: ']],
    ['nginx-inc/conflict', ['[nginx-inc/conflict/host]', '[nginx-inc/conflict/virtual-server]']],
  ])('%s', async (key, parts) => {
    const { stdout, code } = await gateshift(['explain', key]);
    expect(code).toBe(0);
    for (const part of parts) expect(stdout).toContain(part);
  });

  test.each([
    ['nginx.org/server-snippet', 'nginx.org/server-snippets'],
    ['nginx.ingress.kubernetes.io/rewrite-targt', 'nginx.ingress.kubernetes.io/rewrite-target'],
    ['rewrite-targt', 'rewrite-target'],
    ['plan/witheld', 'plan/withheld'],
  ])('%s is not known, but %s is', async (key, meant) => {
    const { stdout, stderr, code } = await gateshift(['explain', key]);
    expect([stdout, code]).toEqual(['', 2]);
    expect(stderr).toBe(
      `gateshift: "${key}" is no annotation and no finding known here; did you mean ${meant}? (gateshift annotations lists them)\n`,
    );
  });
});

describe('findings', () => {
  it('are all known once the pipeline is loaded', async () => {
    await loadFindings();
    const codes = definedFindings().map(({ code }) => code);
    const scopes = sources().flatMap((text) =>
      [...text.matchAll(/defineFindings\(\s*'([^']+)',\s*\{(?!\s*\})/g)].flatMap(([, scope]) => scope ?? []),
    );
    expect(scopes.length).toBeGreaterThan(100);
    expect([...new Set(scopes)].filter((scope) => !codes.some((code) => code.startsWith(`${scope}/`)))).toEqual([]);
  });

  it('say something without their arguments', async () => {
    await loadFindings();
    const ofRules = new Set(packs.flatMap((pack) => pack.rules.flatMap(({ findings }) => Object.values(findings).map(({ code }) => code))));
    const texts = definedFindings().map(findingText);
    expect(texts.length).toBeGreaterThan(400);
    expect(texts.filter(({ code, message }) => message === '' && ofRules.has(code)).map(({ code }) => code)).toEqual([]);
  });
});

function sources(): readonly string[] {
  return ['src', 'rules'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => readFileSync(join(ROOT, folder, path), 'utf8')),
  );
}
