import type { Conversion } from '../convert.ts';
import { type SecretFiles, secretFiles } from '../emit/secret-copies.ts';
import type { SourceFile } from '../model/source.ts';
import { secretValuesIn } from '../read/secret-values.ts';

/** What can be made of Secrets of the input. This is the only time that their values are read. */
export function writtenSecrets({ plan, options }: Conversion, files: readonly SourceFile[]): SecretFiles {
  const wanted = new Set(plan.secrets.map(({ copy: { from } }) => `${from.namespace}/${from.name}`));
  return secretFiles(plan.secrets, secretValuesIn(files, wanted, options));
}
