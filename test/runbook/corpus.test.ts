import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { gateshift } from '../cli/session.ts';
import { CORPUS, corpusFolders } from '../corpus/estates.ts';

vi.setConfig({ testTimeout: 300_000 });

/** Vendors of the corpus, each with the target that its cluster would have. */
const VENDORS: readonly (readonly [string, string])[] = [
  ['nginx', 'envoy-gateway'],
  ['alb', 'aws-alb'],
  ['gke', 'gke'],
  ['none', 'standard'],
];

const folders = corpusFolders().map(([name]) => name);

describe.skipIf(folders.length === 0)('runbooks of the corpus (skipped where ../shared/corpus is absent)', () => {
  it.each(VENDORS)('of %s are made of commands that a shell reads, and change nothing before a check', async (vendor, target) => {
    const own = folders.filter((name) => name.startsWith(`${vendor}/`)).slice(0, 16);
    expect(own.length).toBeGreaterThan(4);
    const scratch = mkdtempSync(join(tmpdir(), 'gateshift-runbook-'));
    let count = 0;
    for (const name of own) {
      const { stdout } = await gateshift(['runbook', join(CORPUS, name), '--target', target]);
      for (const [, block = ''] of stdout.matchAll(/```sh\n([\s\S]*?)\n```/g)) writeFileSync(join(scratch, `${count++}.sh`), `${block}\n`);
      for (const step of stdout.split(/^#{2,4} /m).filter((text) => text.includes('Then, and only then')))
        expect([
          step.split('\n', 1)[0],
          /- \[ \] Check: [\s\S]*?```sh[\s\S]*?- \[ \] Then, and only then[\s\S]*?^Back: ./m.test(step),
        ]).toEqual([step.split('\n', 1)[0], true]);
      expect(stdout.match(/undefined|\[object|NaN/)).toBeNull();
    }
    expect(count).toBeGreaterThan(own.length * 5);
    const bad = execFileSync('bash', ['-c', 'for f in *.sh; do bash -n "$f" 2>&1; done'], { cwd: scratch, encoding: 'utf8' });
    expect(bad).toBe('');
  });
});
