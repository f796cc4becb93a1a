import type { ExtensionObject } from '../gateway/types.ts';
import type { DraftBackend, DraftRule } from './draft.ts';
import { byPosition } from './places.ts';
import type { PlannedObject } from './plan.ts';
import { copyKey } from './service-copies.ts';

/** What makes each Service known under the name by which routes import it. `copies`: names of Services that stand for one port. */
export function serviceExports(drafts: readonly DraftRule[], copies: ReadonlyMap<string, string>): readonly PlannedObject[] {
  const users = new Map<string, { readonly backend: DraftBackend; readonly rules: DraftRule[] }>();
  for (const rule of drafts) {
    for (const backend of rule.backends) {
      const name = copies.get(copyKey(backend)) ?? backend.name;
      const known = users.get(`${backend.namespace}/${name}`);
      if (known !== undefined) known.rules.push(rule);
      else users.set(`${backend.namespace}/${name}`, { backend: { ...backend, name }, rules: [rule] });
    }
  }
  return [...users.values()].flatMap(({ backend: { exportedBy, namespace, name }, rules }): readonly PlannedObject[] => {
    if (exportedBy === undefined) return [];
    const object: ExtensionObject = { ...exportedBy, metadata: { name, namespace } };
    return [
      { object, role: 'routes', origin: byPosition(rules.map(({ ingress }) => ingress)), notes: ['in each cluster that has its Pods'] },
    ];
  });
}
