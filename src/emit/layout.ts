import { compareText } from '../model/position.ts';
import type { PlannedObject } from '../plan/plan.ts';
import { fileName, shortSum } from './file-name.ts';
import { markedYaml } from './marker.ts';
import { toYaml } from './yaml.ts';

/** Files of the output folder by relative path: one object each, in folders by role and namespace. */
export function layout(objects: readonly PlannedObject[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const planned of objects) {
    const path = pathOf(planned);
    files.set(files.has(path) ? path.replace(/\.yaml$/, `-${shortSum(identity(planned))}.yaml`) : path, markedYaml(toYaml(planned)));
  }
  return new Map([...files].sort(([a], [b]) => compareText(a, b)));
}

/** The whole output as one stream of documents. */
export function stream(objects: readonly PlannedObject[]): string {
  return objects.map(toYaml).join('---\n');
}

function pathOf({ object, role }: PlannedObject): string {
  const { name, namespace } = object.metadata;
  const file = `${fileName(`${object.kind}-${name}`)}.yaml`;
  return namespace === undefined ? `${role}/${file}` : `${role}/${fileName(namespace)}/${file}`;
}

/** Kinds of two API groups may share kind and name. */
function identity({ object }: PlannedObject): string {
  return [object.apiVersion, object.kind, object.metadata.namespace ?? '', object.metadata.name].join(' ');
}
