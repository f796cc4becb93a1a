import { writeFile } from 'node:fs/promises';
import { UsageError } from './io.ts';

/** @throws UsageError when the file cannot be written */
export async function writeTextFile(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
