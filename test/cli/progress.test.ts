import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { terminalProgress } from '../../src/cli/progress.ts';
import { temporaryFolder } from './session.ts';

/** What is on the "terminal" after this thread was kept busy for a while. */
async function shownAfter(busyMs: number): Promise<string> {
  const file = join(temporaryFolder(), 'terminal');
  const fd = openSync(file, 'w');
  const progress = terminalProgress(fd);
  progress.step('converting 5000 Ingresses');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, busyMs);
  await progress.stop();
  closeSync(fd);
  return readFileSync(file, 'utf8');
}

describe('progress', () => {
  it('is shown from half a second on, even while this thread is busy, and taken away again', async () => {
    const shown = await shownAfter(1200);
    expect(shown.startsWith('\r\u001b[Kconverting 5000 Ingresses … 1 s')).toBe(true);
    expect(shown.endsWith('\r\u001b[K')).toBe(true);
  });

  it('is silent when it is quick', async () => {
    expect(await shownAfter(50)).toBe('');
  });
});
