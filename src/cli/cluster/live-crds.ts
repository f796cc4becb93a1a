import { type CrdSet, crdSet } from '../../check/crd-set.ts';
import { apiGroup } from '../../model/source.ts';
import type { PlannedObject } from '../../plan/plan.ts';
import type { InstalledCrd } from './installed.ts';
import type { Kubectl } from './kubectl.ts';
import { objectsIn } from './live-objects.ts';

/** The CRDs of the cluster that these objects are of, whole. Loaded on demand: schemas bring their evaluators along. */
export async function liveCrds(crds: readonly InstalledCrd[], objects: readonly PlannedObject[], kubectl: Kubectl): Promise<CrdSet> {
  const needed = crds.filter((crd) => objects.some(({ object }) => isOf(crd, object))).map(({ name }) => name);
  if (needed.length === 0) return crdSet([]);
  const said = await kubectl('get', ['customresourcedefinitions.apiextensions.k8s.io', ...needed, '-o', 'json']);
  return crdSet(objectsIn(said.text).map((value) => ({ source: 'cluster', value })));
}

export function isOf({ group, kind }: InstalledCrd, object: PlannedObject['object']): boolean {
  return object.kind === kind && apiGroup(object.apiVersion) === group;
}
