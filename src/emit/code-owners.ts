import { compareText } from '../model/position.ts';
import { markedYaml } from './marker.ts';

/** Who owns a folder of the output: `infrastructure`, `gateways`, `gateways/shop`, `routes/shop`. */
export interface FolderOwner {
  readonly folder: string;
  readonly owner: string;
}

/**
 * Lines for a CODEOWNERS file: the broader folder first, since the last line that matches counts. @param root of the output,
 * seen from the root of the repository
 */
export function codeOwners(owners: readonly FolderOwner[], root: string): string {
  const base = root.replace(/^(?:\.\/)+/, '').replace(/^\/+|\/+$/g, '');
  const lines = owners
    .toSorted((a, b) => depth(a) - depth(b) || compareText(a.folder, b.folder) || compareText(a.owner, b.owner))
    .map(({ folder, owner }) => `/${base === '' || base === '.' ? '' : `${base}/`}${folder}/ ${owner}\n`);
  return markedYaml(lines.join(''));
}

/** Folders that were named and that nothing is written to; `folders`: those of the output. */
export function ownersOfNothing(owners: readonly FolderOwner[], folders: readonly string[]): readonly string[] {
  const named = owners.map(({ folder }) => folder).filter((folder) => !folders.some((each) => isWithin(each, folder)));
  return [...new Set(named)].sort(compareText);
}

/** Folders of the output whose lines nobody has. */
export function ownerless(owners: readonly FolderOwner[], folders: readonly string[]): readonly string[] {
  return [...new Set(folders)].filter((folder) => !owners.some((owner) => isWithin(folder, owner.folder))).sort(compareText);
}

function isWithin(folder: string, broader: string): boolean {
  return folder === broader || folder.startsWith(`${broader}/`);
}

function depth({ folder }: FolderOwner): number {
  return folder.split('/').length;
}
