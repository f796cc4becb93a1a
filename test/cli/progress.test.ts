import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { terminalProgress } from '../../src/cli/progress.ts';
import { temporaryFolder } from './session.ts';

/** What is on the "terminal" after this thread was kept busy, at most until something is there. */
async function shown(busyMs: number): Promise<{ readonly text: string; readonly afterMs: number }> {
  const file = join(temporaryFolder(), 'terminal');
  const fd = openSync(file, 'w');
  const start = performance.now();
  const progress = terminalProgress(fd);
  progress.step('converting 5000 Ingresses');
  while (performance.now() - start < busyMs && readFileSync(file, 'utf8') === '') {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  }
  const afterMs = performance.now() - start;
  await progress.stop();
  closeSync(fd);
  return { text: readFileSync(file, 'utf8'), afterMs };
}

describe('progress', () => {
  it('is shown from half a second on, even while this thread is busy, and taken away again', async () => {
    const { text, afterMs } = await shown(15_000);
    expect(afterMs).toBeGreaterThan(500);
    expect(text.replaceAll('\r\u001b[K', '|')).toMatch(/^(?:\|converting 5000 Ingresses … \d+ s)+\|$/);
  });

  it('is silent when it is quick', async () => {
    expect((await shown(50)).text).toBe('');
  });
});
