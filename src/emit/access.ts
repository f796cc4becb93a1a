import { groupBy } from '../model/group-by.ts';
import { compareText } from '../model/position.ts';
import type { SecretCopy } from '../model/secret-copy.ts';
import { apiGroup } from '../model/source.ts';
import type { PlannedObject } from '../plan/plan.ts';
import { fileName } from './file-name.ts';
import { foldersOf } from './folders.ts';
import { markedYaml } from './marker.ts';
import { SECRETS_FOLDER } from './secret-copies.ts';
import { yamlText } from './yaml.ts';

const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];

/**
 * A Role for each folder of the output, with what its owner needs to apply that folder and nothing else; a ClusterRole for
 * objects without namespace. Whom it is bound to is for the cluster's administrators to say. `all`: what else is written elsewhere.
 */
export function accessFiles(objects: readonly PlannedObject[], all: readonly PlannedObject[] = objects): ReadonlyMap<string, string> {
  const folders = groupBy(objects, foldersOf(all));
  const files = [...folders].flatMap(([folder, own]) => {
    const [role = ''] = folder.split('/');
    return [...groupBy(own, ({ object }) => object.metadata.namespace)].map(([namespace, some]): readonly [string, string] => {
      const name = `gateshift-${role}`;
      const text = {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: namespace === undefined ? 'ClusterRole' : 'Role',
        metadata: namespace === undefined ? { name } : { name, namespace },
        rules: rulesOf(some),
      };
      return [
        `access/${folder.replace('/', '-')}.yaml`,
        markedYaml(`# What applying ${folder}/ needs. Bind it to its owner.\n${yamlText(text)}`),
      ];
    });
  });
  return new Map(files.sort(([a], [b]) => compareText(a, b)));
}

/** Roles for the folders with values: each names its objects, since who may read one Secret of a namespace must not read all of them. */
export function secretAccess(copies: readonly SecretCopy[]): ReadonlyMap<string, string> {
  const files = [...groupBy(copies, ({ namespace }) => namespace)].map(([namespace, own]): readonly [string, string] => {
    const folder = `${SECRETS_FOLDER}/${fileName(namespace)}`;
    const rules = [...groupBy(own, ({ kind }) => kind)]
      .sort(([a], [b]) => compareText(a, b))
      .flatMap(([kind, some]) => [
        { apiGroups: [''], resources: [pluralOf(kind)], verbs: ['create'] },
        {
          apiGroups: [''],
          resources: [pluralOf(kind)],
          resourceNames: some.map(({ name }) => name).sort(compareText),
          verbs: ['get', 'update', 'patch', 'delete'],
        },
      ]);
    const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'gateshift-secrets', namespace }, rules };
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
