import { compareText } from '../model/position.ts';
import type { PlannedObject } from '../plan/plan.ts';
import { fileName, shortSum } from './file-name.ts';
import { foldersOf } from './folders.ts';
import { markedYaml } from './marker.ts';
import { toYaml } from './yaml.ts';

/** Files of the output folder by relative path: one object each, in the folders of their owners. `all`: what else is written elsewhere. */
export function layout(objects: readonly PlannedObject[], all: readonly PlannedObject[] = objects): ReadonlyMap<string, string> {
  const folderOf = foldersOf(all);
  const files = new Map<string, string>();
  for (const planned of objects) {
    const path = pathOf(planned, folderOf(planned));
    files.set(files.has(path) ? path.replace(/\.yaml$/, `-${shortSum(identity(planned))}.yaml`) : path, markedYaml(toYaml(planned)));
  }
  return new Map([...files].sort(([a], [b]) => compareText(a, b)));
}

/** The whole output as one stream of documents. */
export function stream(objects: readonly PlannedObject[]): string {
  return objects.map(toYaml).join('---\n');
}

function pathOf({ object }: PlannedObject, folder: string): string {
  return `${folder}/${fileName(`${object.kind}-${object.metadata.name}`)}.yaml`;
}

/** Kinds of two API groups may share kind and name. */
function identity({ object }: PlannedObject): string {
  return [object.apiVersion, object.kind, object.metadata.namespace ?? '', object.metadata.name].join(' ');
}
