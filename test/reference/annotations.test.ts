import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { packs, toolRules } from '../../rules/index.ts';
import { annotationReference } from '../../src/reference/index.ts';
import { kindsIn } from '../../src/reference/outcomes.ts';
import { TARGET_NAMES, targets } from '../../src/targets/index.ts';
import { gateshift } from '../cli/session.ts';
import { expectFile } from '../expect-file.ts';

const references = annotationReference(targets);
const outcomesOf = (name: string, vendor: string | null) =>
  references.find((each) => each.name === name && each.vendor === vendor)?.outcomes['standard'];

describe('the annotation reference', () => {
  it('has every name that a rule reads, once for each vendor', () => {
    const read = packs.flatMap((pack) =>
      pack.rules.flatMap(({ reads }) => Object.values(reads).map(({ annotation }) => `${pack.vendor} ${annotation}`)),
    );
    const listed = references.filter(({ vendor }) => vendor !== null).map(({ name, vendor }) => `${vendor} ${name}`);
    expect(new Set(listed)).toEqual(new Set(read));
    expect(listed.length).toBe(new Set(listed).size);
  });

  it('has every name and prefix of tools', () => {
    const names = new Set(references.filter(({ vendor }) => vendor === null).map(({ name }) => name));
    const missing = toolRules.flatMap(({ annotations }) => annotations).filter((name) => !names.has(name) && !names.has(`${name}*`));
    expect(missing).toEqual([]);
  });

  it('says how each ends on every target', () => {
    const silent = references.filter(({ outcomes }) => TARGET_NAMES.some((target) => (outcomes[target] ?? []).length === 0));
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it('knows the intents that rules name: a word in their spelling that is none is a mistake', () => {
    const ROUTING = new Set(['httpsRedirect']);
    const words = packs.flatMap((pack) =>
      pack.rules.flatMap(({ id, becomes, reads }) =>
        [becomes, ...Object.values(reads).flatMap((read) => read.becomes ?? [])].flatMap((text) => {
          const named = new Set<string>(kindsIn(text).flatMap(({ kind, feature }) => [kind, feature ?? kind]));
          return (text.match(/\b[a-z]+[A-Z]\w*\b/g) ?? [])
            .filter((word) => !named.has(word) && !ROUTING.has(word))
            .map((word) => `${id} ${word}`);
        }),
      ),
    );
    expect(words).toEqual([]);
  });

  test.each([
    ['nginx.org/basic-auth-secret', 'nginx-inc', ['withheld']],
    ['nginx.org/hsts', 'nginx-inc', ['converted']],
    ['nginx.org/limit-req-zone-size', 'nginx-inc', ['inert']],
    ['nginx.org/rewrites', 'nginx-inc', ['routed']],
    ['nginx.org/keepalive', 'nginx-inc', ['unmapped']],
    ['nginx.ingress.kubernetes.io/auth-url', 'nginx', ['withheld']],
    ['nginx.ingress.kubernetes.io/enable-cors', 'nginx', ['converted', 'approximated']],
    ['cert-manager.io/cluster-issuer', null, ['manual']],
    ['external-dns.alpha.kubernetes.io/*', null, ['converted']],
    ['argocd.argoproj.io/tracking-id', null, ['inert']],
  ])('%s', (name, vendor, outcomes) => expect(outcomes).toEqual(expect.arrayContaining([...(outcomesOf(name, vendor) ?? ['missing'])])));
});

describe('gateshift annotations', () => {
  it('is what docs/annotations.md has', async () => {
    const { stdout, code } = await gateshift(['annotations', '--format', 'markdown']);
    expect(code).toBe(0);
    expectFile(join(import.meta.dirname, '../../docs/annotations.md'), stdout);
  });

  it('lists one vendor on one target', async () => {
    const { stdout } = await gateshift(['annotations', '--vendor', 'nginx-inc', '--target', 'standard']);
    const [head = '', ...lines] = stdout.trimEnd().split('\n');
    expect(head.split(/ {2,}/)).toEqual(['ANNOTATION', 'RULE', 'BECOMES', 'STANDARD']);
    expect(lines).toHaveLength(81);
    expect(lines.find((line) => line.startsWith('nginx.org/hsts '))?.split(/ {2,}/)).toEqual([
      'nginx.org/hsts',
      'nginx-inc/hsts',
      'hsts',
      'converted',
    ]);
  });

  it('hands the same to programs', async () => {
    const { stdout } = await gateshift(['annotations', '--format', 'json']);
    expect(JSON.parse(stdout)).toEqual({ annotations: references });
  });

  test.each([
    [['--vendor', 'nginx-in'], 'no vendor is called "nginx-in"; did you mean nginx-inc?'],
    [['--target', 'x'], 'no target is called "x" (known: '],
    [['--target', 'aws-alb@1'], 'no version "1" of aws-alb is known (known: '],
    [['--format', 'yaml'], "'yaml' is invalid"],
  ])('%j is refused', async (args, message) => {
    const { stderr, code } = await gateshift(['annotations', ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
