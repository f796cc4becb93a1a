import { writeFile } from 'node:fs/promises';
import { UsageError } from './io.ts';
import { discard, isReplaceable, putInPlace, stage } from './staged-file.ts';

/**
 * A regular file is replaced as a whole or not at all; a device, a pipe and what a link leads to are written to.
 *
 * @throws UsageError when the file cannot be written
 */
export async function writeTextFile(file: string, text: string): Promise<void> {
  try {
    if (!(await isReplaceable(file))) {
      await writeFile(file, text);
      return;
    }
    const staged = await stage(file, text);
    await putInPlace(staged).catch(async (error: unknown) => {
      await discard([staged]);
      throw error;
    });
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
