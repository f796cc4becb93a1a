import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { estateText } from './estate.mjs';
import { gateshift, interleaved } from './runs.mjs';

const INGRESSES = 500;

/** Builds another revision beside this checkout and compares the two, command by command. */
export function compareRevisions(root, revision, folder, say) {
  const before = checkedOut(root, revision, folder);
  for (const checkout of [before, root]) execFileSync(process.execPath, ['test/tools/build.mjs'], { cwd: checkout, stdio: 'ignore' });
  const input = join(folder, 'in.yaml');
  writeFileSync(input, estateText(INGRESSES));
  for (const [title, args] of [
    ['--version', ['--version']],
    [`convert, ${INGRESSES} Ingresses`, ['convert', input, '-q']],
    [`verify, ${INGRESSES} Ingresses`, ['verify', input, '-q']],
  ]) {
    const [was, is] = interleaved(9, [gateshift(before, args), gateshift(root, args)]);
    say(`${title}: ${(is.ms / was.ms).toFixed(2)} × ${revision} (${was.ms.toFixed(0)} ms, now ${is.ms.toFixed(0)} ms)`);
  }
}

/** The revision's files, beside this checkout's node_modules. */
function checkedOut(root, name, folder) {
  const target = join(folder, 'before');
  mkdirSync(target);
  const archive = execFileSync('git', ['archive', name], { cwd: root, maxBuffer: 1 << 30 });
  execFileSync('tar', ['-x', '-C', target], { input: archive });
  symlinkSync(resolve(root, 'node_modules'), join(target, 'node_modules'));
  return target;
}
