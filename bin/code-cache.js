// Node 20 has no compile cache of its own. This does by hand what later versions do with `module.enableCompileCache()`.
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Script } from 'node:vm';

/**
 * Runs the command line in one file, with the machine code that V8 made of it in an earlier run. That is kept beside the file,
 * where only those can write who can write the program itself, and one for each Node and each build. V8 takes it only if
 * it was made by the same V8 under the same flags. Without it, or where nothing can be written, all is compiled as usual.
 *
 * @param {string} file CommonJS in ASCII, that exports `main`
 * @param {boolean} isTypical this run uses what most runs use: what was compiled by its end is worth keeping
 */
export async function runCached(file, isTypical) {
  // A string of one byte per character is neither decoded nor copied.
  const source = readFileSync(file, 'latin1');
  const cache = `${file}.${process.version}-${process.arch}-${statSync(file).mtimeMs.toString(36)}.cache`;
  const cachedData = contentOf(cache);
  const script = new Script(`(function(require,module,exports){${source}\n})`, { filename: file, cachedData });
  const module = { exports: {} };
  script.runInThisContext()(createRequire(file), module, module.exports);
  await module.exports.main();
  if (isTypical && (cachedData === undefined || script.cachedDataRejected === true)) keep(cache, script.createCachedData());
}

function contentOf(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** Whole or not at all: another run may be reading. */
function keep(path, content) {
  const staged = `${path}.${process.pid}`;
  try {
    writeFileSync(staged, content, { flag: 'wx' });
    renameSync(staged, path);
  } catch {
    rmSync(staged, { force: true });
  }
}
