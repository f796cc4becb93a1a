/** Modules of Node that take milliseconds to load and that most runs never use. */
const SELDOM = ['child_process', 'crypto', 'v8', 'worker_threads'];

/**
 * In a CommonJS bundle these modules are loaded when something of them is used for the first time.
 *
 * @type {import('esbuild').Plugin}
 */
export const lazyBuiltins = {
  name: 'lazy-builtins',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: new RegExp(`^node:(?:${SELDOM.join('|')})$`) }, ({ path, namespace }) =>
      namespace === 'lazy-builtin' ? { path, external: true } : { path, namespace: 'lazy-builtin' },
    );
    onLoad({ filter: /.*/, namespace: 'lazy-builtin' }, async ({ path }) => {
      const names = Object.keys(await import(path)).filter((name) => name !== 'default');
      return {
        contents: names
          .map((name) => `Object.defineProperty(exports, '${name}', { enumerable: true, get: () => require('${path}').${name} });`)
          .join('\n'),
      };
    });
  },
};
