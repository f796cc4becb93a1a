import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/**
 * Writes the declarations of the public API to `out` and removes those that it does not lead to.
 *
 * @param {string} out folder of the declarations, as tsconfig.build.json says
 * @param {string} entry the declaration that the package's `types` names
 * @param {string[]} peers packages that a user may be expected to have
 * @throws when the compiler fails, or when a declaration needs a package that is neither bundled into it nor a peer
 */
export function emitTypes(out, entry, peers) {
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
  const reached = [entry];
  // The array grows while it is walked.
  for (const file of reached) {
    for (const name of importsOf(file)) {
      if (name.startsWith('.')) {
        const target = join(dirname(file), name.replace(/\.ts$/, '.d.ts'));
        if (!existsSync(target)) throw new Error(`${file} refers to ${name}, which was not written`);
        if (!reached.includes(target)) reached.push(target);
      } else if (!peers.includes(name)) {
        throw new Error(`${file} shows a type of ${name} to users of the library, who do not have that package`);
      }
    }
  }
  for (const file of readdirSync(out, { recursive: true, withFileTypes: true })) {
    const path = relative('.', join(file.parentPath, file.name));
    if (file.isFile() && !reached.includes(path)) rmSync(path);
  }
}

function importsOf(file) {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/\b(?:from |import\(|import )['"]([^'"]+)['"]/g)].map((match) => match[1]);
}
