import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Existing } from '../emit/changes.ts';
import { ownership } from '../emit/marker.ts';
import { siblingOf } from '../emit/siblings.ts';
import type { PlannedObject } from '../plan/plan.ts';
import { UsageError } from './io.ts';

/** @throws UsageError where an Ingress stands in no file that something could stand beside */
export function rejectLoose(objects: readonly PlannedObject[]): void {
  for (const { origin } of objects)
    for (const { at } of origin) {
      if (at.field !== undefined) throw new UsageError('--write sibling needs files: what --cluster reads stands in none');
      if (at.file === '<stdin>') throw new UsageError('--write sibling needs files: standard input is none');
    }
}

/** What stands beside the Ingresses' files already, and beside those whose routes are no longer written. */
export async function existingSiblings(ingressFiles: readonly string[], wanted: Iterable<string>): Promise<Existing> {
  const found = new Map<string, string | null>();
  for (const path of new Set([...ingressFiles.map(siblingOf), ...wanted])) {
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? undefined : null));
    if (text !== undefined) found.set(path, text);
  }
  return found;
}

/** Kustomizations beside new files that do not name them: their resources are theirs to list. */
export async function unlistedIn(paths: readonly string[]): Promise<readonly { readonly kustomization: string; readonly name: string }[]> {
  const unlisted = paths.map(async (path) => {
    for (const file of ['kustomization.yaml', 'kustomization.yml', 'Kustomization']) {
      const kustomization = join(dirname(path), file);
      const text = await readFile(kustomization, 'utf8').catch(() => null);
      if (text !== null && ownership(text) === 'foreign' && !text.includes(basename(path)))
        return [{ kustomization, name: basename(path) }];
    }
    return [];
  });
  return (await Promise.all(unlisted)).flat();
}
