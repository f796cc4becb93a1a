import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';

/** Holds text against a file. `UPDATE_FIXTURES=1` writes the file instead; without it a missing file fails. */
export function expectFile(file: string, actual: string): void {
  if (process.env.UPDATE_FIXTURES === '1') writeFileSync(file, actual);
  expect(existsSync(file) ? readFileSync(file, 'utf8') : 'MISSING: run with UPDATE_FIXTURES=1 and read what it wrote').toBe(actual);
}
