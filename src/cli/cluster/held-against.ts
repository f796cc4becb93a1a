import { crdSet } from '../../check/crd-set.ts';
import { checkObject } from '../../check/crds.ts';
import { GATEWAY_API_GROUP } from '../../gateway/fields.ts';
import type { Finding } from '../../ledger/finding.ts';
import { apiGroup } from '../../model/source.ts';
import { objectName, placeOf } from '../../output.ts';
import type { PlannedObject } from '../../plan/plan.ts';
import { clusterFindings } from './findings.ts';
import { isOf, liveCrds } from './live-crds.ts';
import type { Cluster } from './read-cluster.ts';

/** Holds the output against the CRDs of the cluster, of which only those are read that it needs. */
export async function heldAgainst({ crds, kubectl }: Cluster, objects: readonly PlannedObject[]): Promise<readonly Finding[]> {
  if (crds === null) return [];
  const own = objects.filter(({ object }) => checkObject(NO_CRDS, object).kind !== 'built-in');
  // That all of Gateway API is absent is said once.
  const isInstalled = crds.some(({ group }) => group === GATEWAY_API_GROUP);
  const missing = own.filter(
    ({ object }) => !crds.some((crd) => isOf(crd, object)) && (isInstalled || apiGroup(object.apiVersion) !== GATEWAY_API_GROUP),
  );
  const absent = onePerKind(missing).map((planned) => clusterFindings['no-crd'](planned.object, placeOf(planned)));
  const set = await liveCrds(crds, own, kubectl);
  const violations = own.flatMap((planned) => {
    const result = checkObject(set, JSON.parse(JSON.stringify(planned.object)));
    if (result.kind !== 'checked') return [];
    const object = objectName(planned);
    return result.violations.map(({ path, message }) => clusterFindings.crd({ object, path, reason: message }, placeOf(planned)));
  });
  return [...violations, ...absent];
}

const NO_CRDS = crdSet([]);

function onePerKind(objects: readonly PlannedObject[]): readonly PlannedObject[] {
  const first = new Map<string, PlannedObject>();
  for (const planned of objects) {
    const key = `${planned.object.apiVersion} ${planned.object.kind}`;
    if (!first.has(key)) first.set(key, planned);
  }
  return [...first.values()];
}
