import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file with that text. */
export function fileWith(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'gateshift-conformance-')), 'features.yaml');
  writeFileSync(file, text);
  return file;
}
