import { crdSet } from '../../check/crd-set.ts';
import { checkObject } from '../../check/crds.ts';
import type { Finding } from '../../ledger/finding.ts';
import { apiGroup } from '../../model/source.ts';
import { objectName, placeOf } from '../../output.ts';
import type { PlannedObject } from '../../plan/plan.ts';
import { clusterFindings } from './findings.ts';
import type { InstalledCrd } from './installed.ts';
import { objectsIn } from './live-objects.ts';
import type { Cluster } from './read-cluster.ts';

/** Holds the output against the CRDs of the cluster, of which only those are read that it needs. Loaded on demand: it brings CEL along. */
export async function heldAgainst({ crds, kubectl }: Cluster, objects: readonly PlannedObject[]): Promise<readonly Finding[]> {
  const own = objects.filter(({ object }) => checkObject(NO_CRDS, object).kind !== 'built-in');
  const needed = crds?.filter((crd) => own.some(({ object }) => isOf(crd, object))) ?? [];
  if (crds === null) return [];
  const isInstalled = crds.some(({ group }) => group === GATEWAY_API);
  const missing = own.filter(
    ({ object }) => !crds.some((crd) => isOf(crd, object)) && (isInstalled || apiGroup(object.apiVersion) !== GATEWAY_API),
  );
  const absent = onePerKind(missing).map((planned) => clusterFindings['no-crd'](planned.object, placeOf(planned)));
  if (needed.length === 0) return absent;
  const said = await kubectl('get', ['customresourcedefinitions.apiextensions.k8s.io', ...needed.map(({ name }) => name), '-o', 'json']);
  const set = crdSet(objectsIn(said.text).map((value) => ({ source: 'cluster', value })));
  const violations = own.flatMap((planned) => {
    const result = checkObject(set, JSON.parse(JSON.stringify(planned.object)));
    if (result.kind !== 'checked') return [];
    const object = objectName(planned);
    return result.violations.map(({ path, message }) => clusterFindings.crd({ object, path, reason: message }, placeOf(planned)));
  });
  return [...violations, ...absent];
}

const NO_CRDS = crdSet([]);
const GATEWAY_API = 'gateway.networking.k8s.io';

function isOf({ group, kind }: InstalledCrd, object: PlannedObject['object']): boolean {
  return object.kind === kind && apiGroup(object.apiVersion) === group;
}

function onePerKind(objects: readonly PlannedObject[]): readonly PlannedObject[] {
  const first = new Map<string, PlannedObject>();
  for (const planned of objects) {
    const key = `${planned.object.apiVersion} ${planned.object.kind}`;
    if (!first.has(key)) first.set(key, planned);
  }
  return [...first.values()];
}
