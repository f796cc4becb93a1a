import { resolve, sep } from 'node:path';
import { ownership } from '../emit/marker.ts';
import type { SourceFile } from '../model/source.ts';

/**
 * True for files that an earlier run wrote: they say what the conversion makes of the input and are no part of it, so that
 * `gateshift convert . --out-dir out` finds the same the second time. One that somebody edited since may hold anything, and
 * is passed over in the output folder only.
 */
export function isOwnFile({ file, text }: SourceFile, outDir: string | null): boolean {
  const owner = ownership(text);
  if (owner === 'foreign') return false;
  return owner === 'own' || (outDir !== null && resolve(file).startsWith(resolve(outDir) + sep));
}
