import { compareText } from '../model/position.ts';
import { markedYaml } from './marker.ts';

/**
 * A kustomization for each folder of the output, naming what stands directly in it: a team can build its own folder, and the
 * whole is built from the top. @param files manifests by relative path
 */
export function kustomizations(files: readonly string[]): ReadonlyMap<string, string> {
  const members = new Map<string, Set<string>>();
  for (const file of files) {
    const parts = file.split('/');
    parts.forEach((part, depth) => {
      const folder = parts.slice(0, depth).join('/');
      const known = members.get(folder) ?? new Set();
      members.set(folder, known.add(part));
    });
  }
  return new Map(
    [...members]
      .sort(([a], [b]) => compareText(a, b))
      .map(([folder, names]) => [
        folder === '' ? KUSTOMIZATION : `${folder}/${KUSTOMIZATION}`,
        kustomization([...names].sort(compareText)),
      ]),
  );
}

const KUSTOMIZATION = 'kustomization.yaml';

/** Names of the output need no quotes: they are lower case, digits, dots, dashes and underscores. */
function kustomization(names: readonly string[]): string {
  const resources = names.map((name) => `  - ${JSON.stringify(name)}\n`).join('');
  return markedYaml(`apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n${resources}`);
}
