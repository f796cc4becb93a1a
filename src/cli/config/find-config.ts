import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const NAMES = ['gateshift.yaml', 'gateshift.yml'];

/**
 * The nearest configuration file from a folder upward, as an absolute path; null when there is none. The search ends at the
 * root of a repository: what lies beside somebody's checkout says nothing about it.
 */
export function findConfig(from: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    for (const name of NAMES) if (existsSync(join(folder, name))) return join(folder, name);
    if (existsSync(join(folder, '.git')) || dirname(folder) === folder) return null;
  }
}
