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

function depth({ folder }: FolderOwner): number {
  return folder.split('/').length;
}
