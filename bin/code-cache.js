// Node 20 has no compile cache of its own. This does by hand what later versions do with `module.enableCompileCache()`.
const { readFileSync, renameSync, rmSync, statSync, writeFileSync } = require('node:fs');
const { Script } = require('node:vm');

/**
 * Runs the command line in one file, with what V8 made of it in an earlier run. That is kept beside the file, where only those can
 * write who can write the program itself: one for each build and each V8 with the flags it was started with. V8 refuses any other.
 * Without it, or where nothing can be written, all is compiled as usual.
 *
 * @param {string} file CommonJS in ASCII, that exports `main`
 * @param {boolean} isTypical this run uses what most runs use: what was compiled by its end is worth keeping
 */
async function runCached(file, isTypical) {
  // A string of one byte per character is neither decoded nor copied.
  const source = readFileSync(file, 'latin1');
  const flags = Buffer.from(`${process.env.NODE_OPTIONS ?? ''} ${process.execArgv.join(' ')}`.trim()).toString('base64url');
  const cache = `${file}.${statSync(file).mtimeMs.toString(36)}-${process.versions.v8}-${flags.slice(0, 100)}.cache`;
  const cachedData = contentOf(cache);
  const script = new Script(`(function(require,module,exports){${source}\n})`, { filename: file, cachedData });
  const isKept = isTypical && (cachedData === undefined || script.cachedDataRejected === true);
  // Loaded where it is needed: it takes more than a millisecond.
  const tagNow = () => require('node:v8').cachedDataVersionTag();
  const tag = isKept ? tagNow() : 0;
  const bundle = { exports: {} };
  script.runInThisContext()(require, bundle, bundle.exports);
  await bundle.exports.main();
  // A large estate changes the flags, and what is made under those could not be read again.
  if (isKept && tagNow() === tag) keep(cache, script.createCachedData());
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

module.exports = { runCached };
