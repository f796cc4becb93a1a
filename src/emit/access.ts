import { compareText } from '../model/position.ts';
import { apiGroup } from '../model/source.ts';
import type { PlannedObject } from '../plan/plan.ts';
import { fileName } from './file-name.ts';
import { markedYaml } from './marker.ts';
import { yamlText } from './yaml.ts';

const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];

/**
 * A Role for each folder of the output, with what its owner needs to apply that folder and nothing else; a ClusterRole for
 * objects without namespace. Whom it is bound to is for the cluster's administrators to say.
 */
export function accessFiles(objects: readonly PlannedObject[]): ReadonlyMap<string, string> {
  const folders = new Map<string, PlannedObject[]>();
  for (const planned of objects) {
    const key = `${planned.role} ${planned.object.metadata.namespace ?? ''}`;
    folders.set(key, [...(folders.get(key) ?? []), planned]);
  }
  const files = [...folders.values()].map((own): readonly [string, string] => {
    const [first] = own;
    const namespace = first?.object.metadata.namespace;
    const name = `gateshift-${first?.role ?? ''}`;
    const metadata = namespace === undefined ? { name } : { name, namespace };
    const role = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: namespace === undefined ? 'ClusterRole' : 'Role',
      metadata,
      rules: rulesOf(own),
    };
    const folder = namespace === undefined ? `${first?.role ?? ''}` : `${first?.role ?? ''}/${fileName(namespace)}`;
    return [
      `access/${folder.replace('/', '-')}.yaml`,
      markedYaml(`# What applying ${folder}/ needs. Bind it to its owner.\n${yamlText(role)}`),
    ];
  });
  return new Map(files.sort(([a], [b]) => compareText(a, b)));
}

function rulesOf(objects: readonly PlannedObject[]) {
  const byGroup = new Map<string, Set<string>>();
  for (const { object } of objects) {
    const group = apiGroup(object.apiVersion);
    byGroup.set(group, (byGroup.get(group) ?? new Set()).add(pluralOf(object.kind)));
  }
  return [...byGroup]
    .sort(([a], [b]) => compareText(a, b))
    .map(([group, resources]) => ({ apiGroups: [group], resources: [...resources].sort(compareText), verbs: VERBS }));
}

/** As CRDs name their resources: the plural of the kind in lower case. */
function pluralOf(kind: string): string {
  const lower = kind.toLowerCase();
  if (/[^aeiou]y$/.test(lower)) return `${lower.slice(0, -1)}ies`;
  return /(?:s|x|ch|sh)$/.test(lower) ? `${lower}es` : `${lower}s`;
}

/**
 * Folders whose owner has to write into a namespace that belongs to others: those that have routes there. What is in them is
 * told, so that its owner is asked, or applies it.
 */
export function foreignFolders(
  objects: readonly PlannedObject[],
): readonly { readonly folder: string; readonly names: readonly string[] }[] {
  const teams = new Set(objects.flatMap(({ role, object }) => (role === 'routes' ? (object.metadata.namespace ?? []) : [])));
  const gateways = new Set(objects.flatMap(({ object }) => (object.kind === 'Gateway' ? (object.metadata.namespace ?? []) : [])));
  const folders = new Map<string, string[]>();
  for (const { role, object } of objects) {
    const { namespace, name } = object.metadata;
    if (role !== 'gateways' || namespace === undefined || !teams.has(namespace) || gateways.has(namespace)) continue;
    folders.set(namespace, [...(folders.get(namespace) ?? []), `${object.kind} ${name}`]);
  }
  return [...folders]
    .sort(([a], [b]) => compareText(a, b))
    .map(([namespace, names]) => ({ folder: `gateways/${fileName(namespace)}`, names }));
}
