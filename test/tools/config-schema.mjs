import { build } from 'esbuild';

/** The JSON Schema of gateshift.yaml, as the sources say it: they are bundled in memory and asked. */
export async function configSchemaText() {
  const { outputFiles } = await build({
    entryPoints: ['src/cli/config/schema.ts'],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    logLevel: 'warning',
    banner: { js: "import { createRequire } from 'node:module';\nconst require = createRequire('/');" },
  });
  const { configJsonSchema } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
  return `${JSON.stringify(configJsonSchema(), null, 2)}\n`;
}
